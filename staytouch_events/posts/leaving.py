"""When an account is deleted: its words and pictures go, what others answered stays (reliability.md, 26)."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from ..db import db
from ..jobs.models import Job
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..pictures import drop_when_committed
from .actions import show_anew
from .mailing import DIGEST
from .models import Post, PostEdit


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What goes of one's words."""
    if db.session.scalar(select(func.count()).where(Post.author_id == person.id)):
        yield _("What you wrote in crews' talks goes, with its pictures. Others' answers stay.")


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
        drop_when_committed(post.picture)
        show_anew(post)
        if post.id in answered:
            post.text, post.picture, post.picture_alt, post.author_id = "", None, "", None
            post.is_question, post.answer_id = False, None
    db.session.flush()
    db.session.execute(delete(Post).where(Post.author_id == person.id))
    db.session.execute(delete(Job).where(Job.kind == DIGEST, Job.key.endswith(f":{person.id}", autoescape=True)))
