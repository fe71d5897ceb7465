"""Times proposed, appointments, and what else somebody has on at those hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import CANCELLED, DRAFT, POSTPONED, Event
from ..people.models import Person
from ..rsvps.models import MAYBE, SEATED, Rsvp
from .meeting_models import Meeting, Proposal
from .models import Conversation

Span = tuple[datetime, datetime]
_PEOPLE = joinedload(Meeting.conversation).options(joinedload(Conversation.person), joinedload(Conversation.other))


def proposals_in(message_ids: Iterable[int]) -> dict[int, Proposal]:
    """What these messages propose, by message."""
    rows = db.session.scalars(
        select(Proposal).options(joinedload(Proposal.meeting)).where(Proposal.message_id.in_(list(message_ids)))
    )
    return {row.message_id: row for row in rows}


def open_proposals(meeting: Meeting) -> Sequence[Proposal]:
    """Proposals to move an appointment that wait for a word."""
    waiting = select(Proposal).where(Proposal.meeting_id == meeting.id, Proposal.closed_at.is_(None))
    return db.session.scalars(waiting).all()


def meetings_in(conversation: Conversation, now: datetime) -> Sequence[Meeting]:
    """The appointments of a conversation that are to come, soonest first."""
    return _soonest(select(Meeting).where(Meeting.conversation_id == conversation.id, *_standing(now)))


def meetings_to_come(person: Person, now: datetime) -> Sequence[Meeting]:
    """Somebody's appointments to come, soonest first."""
    return _soonest(_meetings_of(person).where(*_standing(now)))


def meetings_between(person: Person, since: datetime, until: datetime) -> Sequence[Meeting]:
    """Somebody's appointments in their calendar, called off ones too."""
    return _soonest(_meetings_of(person).where(Meeting.ends_at > since, Meeting.starts_at < until))


def meetings_state(person: Person) -> tuple:
    """What the appointments in a personal calendar depend on, in one cheap query."""
    mine = _meetings_of(person).subquery()
    return tuple(db.session.execute(select(func.count(), func.max(mine.c.changed_at)).select_from(mine)).one())


def busy(person: Person, spans: list[Span], besides: Meeting | None = None) -> list[tuple[Span, str]]:
    """What somebody has on around these hours: when, and what it is; an event they may come to counts, too."""
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    events = db.session.execute(
        select(Event.starts_at, Event.ends_at, Event.title)
        .join(Rsvp, Rsvp.event_id == Event.id)
        .where(
            Rsvp.person_id == person.id,
            or_(Rsvp.standing == SEATED, Rsvp.answer == MAYBE),
            Event.state.not_in((DRAFT, CANCELLED, POSTPONED)),
            Event.starts_at < last,
            Event.ends_at > first,
        )
        .order_by(Event.starts_at)
    )
    found = [((starts, ends), title) for starts, ends, title in events]
    others = _soonest(_meetings_of(person).where(Meeting.starts_at < last, Meeting.ends_at > first))
    standing = [row for row in others if row.cancelled_at is None and row is not besides]
    return found + [((row.starts_at, row.ends_at), row.what) for row in standing]


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches of time share an instant."""
    return one[0] < other[1] and other[0] < one[1]


def _meetings_of(person: Person) -> Select:
    return (
        select(Meeting)
        .join(Conversation, Conversation.id == Meeting.conversation_id)
        .where(or_(Conversation.person_id == person.id, Conversation.other_id == person.id))
    )


def _standing(now: datetime) -> tuple:
    return Meeting.ends_at > now, Meeting.cancelled_at.is_(None)


def _soonest(meetings: Select) -> Sequence[Meeting]:
    return db.session.scalars(meetings.options(_PEOPLE).order_by(Meeting.starts_at, Meeting.id)).all()
