"""Finding posts and what hangs on them; always so many queries, however many posts."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..access.posts import standing
from ..db import db
from ..events.models import POSTPONED, Event
from ..people.models import Person
from .models import Mention, Place, Post, PostEdit, Reaction

PAGE, LATEST = 20, 3
# Questions older than this are no longer brought up.
ASKED_LATELY = timedelta(days=90)
_WITH = (joinedload(Post.author), joinedload(Post.group), joinedload(Post.event))


def threads(place: Place) -> Select:
    """The posts that began something there."""
    return _whole(_in(place).where(Post.parent_id.is_(None), standing()))


def pinned(place: Place) -> Sequence[Post]:
    """What organizers put on top, the last first."""
    found = threads(place).where(Post.pinned_at.is_not(None)).order_by(Post.pinned_at.desc(), Post.id.desc())
    return db.session.scalars(found.limit(PAGE)).all()


def page_of(place: Place, before: int | None) -> tuple[Sequence[Post], int | None]:
    """The newest threads that are not on top, and the cursor of older ones."""
    found = threads(place).where(Post.pinned_at.is_(None))
    if before is not None:
        found = found.where(Post.id < before)
    rows = db.session.scalars(found.order_by(Post.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def latest(place: Place) -> Sequence[Post]:
    """What a crew's or an event's own page shows: what is on top, then the newest, open questions aside."""
    first = threads(place).where(or_(Post.is_question.is_(False), Post.answer_id.is_not(None)))
    return db.session.scalars(first.order_by(Post.pinned_at.is_(None), Post.id.desc()).limit(LATEST)).all()


def open_questions(place: Place, now: datetime, limit: int = LATEST) -> Sequence[Post]:
    """Questions there that wait for an answer, the oldest of late first."""
    return db.session.scalars(_open(threads(place), now).limit(limit)).all()


def open_questions_in(group_ids: Iterable[int], now: datetime, limit: int = 10) -> Sequence[Post]:
    """The same for whole crews, their events to come included."""
    asked = select(Post).where(Post.group_id.in_(list(group_ids)), Post.parent_id.is_(None), standing())
    over = select(Event.id).where(Event.ends_at <= now, Event.state != POSTPONED)
    still = or_(Post.event_id.is_(None), Post.event_id.not_in(over))
    return db.session.scalars(_open(_whole(asked), now).where(still).limit(limit)).all()


def answers_to(roots: Iterable[int]) -> dict[int, list[Post]]:
    """The answers that stand, by what they answer, in the order they came."""
    found: dict[int, list[Post]] = {}
    wanted = select(Post).where(Post.parent_id.in_(list(roots)), Post.deleted_at.is_(None))
    for post in db.session.scalars(_whole(wanted).order_by(Post.id)):
        found.setdefault(post.parent_id, []).append(post)
    return found


def answer_counts(roots: Iterable[int]) -> dict[int, int]:
    """How many there are."""
    counted = select(Post.parent_id, func.count()).where(Post.parent_id.in_(list(roots)), Post.deleted_at.is_(None))
    return dict(db.session.execute(counted.group_by(Post.parent_id)).all())


def chosen_answers(questions: Iterable[Post]) -> dict[int, Post]:
    """The chosen answers that stand, by their own number."""
    numbers = [post.answer_id for post in questions if post.answer_id]
    if not numbers:
        return {}
    wanted = select(Post).where(Post.id.in_(numbers), Post.deleted_at.is_(None))
    return {post.id: post for post in db.session.scalars(_whole(wanted))}


def reactions_to(posts: Iterable[int]) -> dict[int, dict[str, list[Person]]]:
    """Who pressed what under each post."""
    wanted = select(Reaction).options(joinedload(Reaction.person)).where(Reaction.post_id.in_(list(posts)))
    found: dict[int, dict[str, list[Person]]] = {}
    for row in db.session.scalars(wanted.order_by(Reaction.id)):
        found.setdefault(row.post_id, {}).setdefault(row.kind, []).append(row.person)
    return found


def named_in(posts: Iterable[int]) -> dict[int, list[Person]]:
    """Who is named in each post."""
    wanted = select(Mention).options(joinedload(Mention.person)).where(Mention.post_id.in_(list(posts)))
    found: dict[int, list[Person]] = {}
    for row in db.session.scalars(wanted.order_by(Mention.id)):
        found.setdefault(row.post_id, []).append(row.person)
    return found


def edits_of(posts: Iterable[int]) -> dict[int, list[PostEdit]]:
    """What each post said before, the latest first."""
    found: dict[int, list[PostEdit]] = {}
    wanted = select(PostEdit).where(PostEdit.post_id.in_(list(posts))).order_by(PostEdit.id.desc())
    for row in db.session.scalars(wanted):
        found.setdefault(row.post_id, []).append(row)
    return found


def _in(place: Place) -> Select:
    event_id = place.event and place.event.id
    return select(Post).where(Post.group_id == place.group.id, Post.event_id == event_id)


def _whole(found: Select) -> Select:
    return found.options(*_WITH)


def _open(found: Select, now: datetime) -> Select:
    lately = Post.created_at > now - ASKED_LATELY
    return found.where(Post.is_question, Post.answer_id.is_(None), lately).order_by(Post.id)
