"""What people do with posts: write, answer, change, take away, put back, pin, press, choose an answer."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from ..access.posts import is_public
from ..db import db, lock
from ..people.models import Person
from ..pictures import drop_when_committed
from ..refusals import Refused
from ..versions import raise_version
from .mailing import plan_spread, tell_named
from .mentions import name_people
from .models import Place, Post, PostEdit, Reaction

# For so long a post can be put back.
KEPT = timedelta(days=30)


def write(person: Person, place: Place, fields: dict[str, Any], now: datetime) -> Post:
    """Begin something in a crew or on an event."""
    return _write(person, place, None, fields, now)


def answer(person: Person, post: Post, fields: dict[str, Any], now: datetime) -> Post:
    """Answer a post; an answer to an answer stands beside it. Raises Refused when it was taken away meanwhile."""
    root = lock(post.parent or post)
    if root.deleted_at is not None:
        raise Refused(_("This post was taken away while you wrote."))
    return _write(person, root.place, root.id, {**fields, "is_question": False}, now)


def edit(post: Post, fields: dict[str, Any], now: datetime) -> None:
    """Change its words; what it said before is kept for its writer and the organizers."""
    post = lock(post)
    if post.deleted_at is not None:
        raise Refused(_("This post was taken away. Put it back first."))
    if fields["text"] != post.text:
        db.session.add(PostEdit(post_id=post.id, text=post.text, until_at=now))
        post.edited_at = now
    if fields.get("picture", post.picture) != post.picture:
        drop_when_committed(post.picture)
    for name, value in fields.items():
        setattr(post, name, value)
    if not post.is_question:
        post.answer_id = None
    db.session.flush()
    tell_named(post, name_people(post), now)
    show_anew(post)


def take_away(post: Post, by: Person, now: datetime) -> None:
    """Show it no more. Taking it away twice is taking it away once."""
    post = lock(post)
    if post.deleted_at is None:
        post.deleted_at, post.deleted_by_id = now, by.id
        db.session.execute(update(Post).where(Post.answer_id == post.id).values(answer_id=None))
    show_anew(post)


def restore(post: Post) -> None:
    """Put it back, as it was."""
    post = lock(post)
    post.deleted_at = post.deleted_by_id = None
    show_anew(post)


def pin(post: Post, on: bool, now: datetime) -> None:
    """Keep it on top, or no more."""
    post = lock(post)
    if post.parent_id is not None:
        raise Refused(_("Only a post that began something can stand on top."))
    post.pinned_at = (post.pinned_at or now) if on else None
    show_anew(post)


def react(post: Post, person: Person, kind: str) -> None:
    """Press one of the words under it; pressed again, it is taken back."""
    post = lock(post)
    mine = select(Reaction).where(Reaction.post_id == post.id, Reaction.person_id == person.id, Reaction.kind == kind)
    row = db.session.scalar(mine)
    if row is None:
        db.session.add(Reaction(post_id=post.id, person_id=person.id, kind=kind))
    else:
        db.session.delete(row)
    show_anew(post)


def choose_answer(question: Post, chosen: Post | None) -> None:
    """Say which answer is the one, or that it is open again. Raises Refused for what is no answer to it."""
    question = lock(question)
    if not question.is_question or (chosen is not None and chosen.parent_id != question.id):
        raise Refused(_("This is not an answer to that question."))
    question.answer_id = chosen and chosen.id
    show_anew(question)


def note_renamed(person: Person) -> None:
    """Open talks show the name of whoever wrote in them."""
    for post in db.session.scalars(select(Post).where(Post.author_id == person.id)):
        show_anew(post)


def purge_posts(now: datetime) -> int:
    """Delete for good what was taken away a while ago, with its pictures and answers; how many."""
    old = select(Post.id).where(Post.deleted_at < now - KEPT)
    whole = Post.id.in_(old) | Post.parent_id.in_(old)
    gone = db.session.execute(select(Post.id, Post.picture).where(whole)).all()
    for row in gone:
        drop_when_committed(row.picture)
    db.session.execute(delete(Post).where(Post.id.in_([row.id for row in gone])))
    return len(gone)


def show_anew(post: Post) -> None:
    """Pages that anybody reads show it: its event's or its crew's."""
    if is_public(post.place):
        raise_version(f"event:{post.event_id}" if post.event_id else f"group:{post.group_id}")


def _write(person: Person, place: Place, parent_id: int | None, fields: dict[str, Any], now: datetime) -> Post:
    post = Post(
        group_id=place.group.id,
        event_id=place.event and place.event.id,
        parent_id=parent_id,
        author_id=person.id,
        created_at=now,
        **fields,
    )
    db.session.add(post)
    db.session.flush()
    name_people(post)
    plan_spread(post, now)
    show_anew(post)
    return post
