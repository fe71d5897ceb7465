"""When an account is deleted: its words and pictures go, what others answered stays (reliability.md, 26)."""

from datetime import datetime

from sqlalchemy import delete, select

from ..db import db
from ..people.models import Person
from ..pictures import drop_picture
from .actions import show_anew
from .models import Post, PostEdit


def forget_writer(person: Person, *, now: datetime) -> None:
    """Delete what somebody wrote; where others answered, an empty post without a name keeps their place."""
    written = db.session.scalars(select(Post).where(Post.author_id == person.id)).all()
    answered = set(
        db.session.scalars(
            select(Post.parent_id).where(
                Post.parent_id.in_([post.id for post in written]), Post.author_id.is_distinct_from(person.id)
            )
        )
    )
    db.session.execute(delete(PostEdit).where(PostEdit.post_id.in_([post.id for post in written])))
    for post in written:
        drop_picture(post.picture)
        show_anew(post)
        if post.id in answered:
            post.text, post.picture, post.picture_alt, post.author_id = "", None, "", None
            post.is_question, post.answer_id = False, None
    db.session.flush()
    db.session.execute(delete(Post).where(Post.author_id == person.id))
