"""Times proposed, appointments, and what else somebody has on at those hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from ..access.busy import SHIFT, Plan, plans_between
from ..db import db
from ..people.models import Person
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


def appointments_with(person: Person, others: Iterable[int]) -> Sequence[tuple[int, datetime, str]]:
    """Somebody's appointments with these people, the called off ones apart: with whom, from when, and what for."""
    other_id = case((Conversation.person_id == person.id, Conversation.other_id), else_=Conversation.person_id)
    wanted = _meetings_of(person).where(Meeting.cancelled_at.is_(None), other_id.in_(list(others)))
    return db.session.execute(wanted.with_only_columns(other_id, Meeting.starts_at, Meeting.what)).all()


def at_once(person: Person, spans: list[Span], besides: Meeting | None = None) -> list[Plan]:
    """What somebody has on around these hours; an event they may come to counts, too."""
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    found = plans_between(person, first, last)
    return [plan for plan in found if plan.kind != SHIFT and not (besides and plan.uid == besides.uid)]


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
