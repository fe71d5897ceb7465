"""What this site holds of somebody's talking."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..groups.models import Group
from ..people.exports import Row, holds, pictures_of
from ..people.models import Person
from .greeting_models import Greeter
from .mail_models import TalkMail
from .models import Post, PostEdit, Reaction


@holds("posts")
def _posts(person: Person) -> list[Row]:
    return [
        {
            "in": post.place.name,
            "at": post.created_at,
            "text": post.text,
            "picture": post.picture_alt if post.picture else "",
            "asks": post.is_question,
            "taken away": post.deleted_at,
            "before": [{"until": edit.until_at, "text": edit.text} for edit in _edits(post)],
        }
        for post in _written(person)
    ]


@holds("reactions")
def _reactions(person: Person) -> list[Row]:
    pressed = (
        select(Reaction, Post)
        .join(Post, Post.id == Reaction.post_id)
        .options(joinedload(Post.group), joinedload(Post.event))
        .where(Reaction.person_id == person.id)
    )
    rows = db.session.execute(pressed.order_by(Reaction.id))
    return [{"in": post.place.name, "word": reaction.kind, "written": post.created_at} for reaction, post in rows]


@holds("mail_about_talks")
def _mail(person: Person) -> list[Row]:
    chosen = select(Group.name, TalkMail.how).join(TalkMail, TalkMail.group_id == Group.id)
    rows = db.session.execute(chosen.where(TalkMail.person_id == person.id).order_by(TalkMail.id))
    return [{"crew": name, "how": how} for name, how in rows]


@holds("greets_in")
def _greets(person: Person) -> list[Row]:
    offered = select(Group.name, Greeter.offered_at).join(Greeter, Greeter.group_id == Group.id)
    rows = db.session.execute(offered.where(Greeter.person_id == person.id).order_by(Greeter.id))
    return [{"crew": name, "since": since} for name, since in rows]


@pictures_of
def _pictures(person: Person) -> dict[str, str]:
    return {post.picture: f"posts/{post.created_at:%Y-%m-%d}-{post.id}" for post in _written(person) if post.picture}


def _written(person: Person) -> list[Post]:
    wanted = select(Post).options(joinedload(Post.group), joinedload(Post.event)).where(Post.author_id == person.id)
    return list(db.session.scalars(wanted.order_by(Post.id)))


def _edits(post: Post) -> list[PostEdit]:
    return list(db.session.scalars(select(PostEdit).where(PostEdit.post_id == post.id).order_by(PostEdit.id)))
