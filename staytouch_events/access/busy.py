"""What somebody has on and when they are busy, for themselves alone: here, and in calendars that they follow."""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from ..conversations.meeting_models import Meeting
from ..conversations.models import Conversation
from ..db import db
from ..events.models import PUBLISHED, Event
from ..feeds.models import BusyTime, OutsideCalendar
from ..people.models import Person
from ..rsvps.models import DECLINED, GOING, Rsvp
from ..volunteers.models import HELD, Shift, SignUp

EVENT, MAYBE, SHIFT, APPOINTMENT, ELSEWHERE = "event", "maybe", "shift", "appointment", "elsewhere"
# What one cannot do two of at once; a shift is part of its event, and a maybe is none yet.
KEEPS_BUSY = (EVENT, APPOINTMENT, ELSEWHERE)


@dataclass(frozen=True)
class Plan:
    """Something that somebody has on, in UTC; `page` where it stands on this site: endpoint, argument, value."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    what: str
    page: tuple[str, str, str | int] | None = None
    all_day: bool = False
    # Of an appointment, which its own proposals to move it stand beside.
    uid: str | None = None

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether they share a moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def plans_between(person: Person, since: datetime, until: datetime) -> list[Plan]:
    """All that a person has on between two instants, soonest first: four queries."""
    sources = (_events, _shifts, _appointments, _elsewhere)
    found = [plan for source in sources for plan in source(person, since, until)]
    return sorted(found, key=lambda plan: (plan.starts_at, plan.ends_at, plan.what))


def busy_between(person: Person, since: datetime, until: datetime) -> list[Plan]:
    """Of these, what keeps the person busy."""
    return [plan for plan in plans_between(person, since, until) if plan.kind in KEEPS_BUSY]


def clashes(plans: list[Plan]) -> list[tuple[Plan, Plan]]:
    """Pairs of what keeps one busy that share a moment, one of them at least here: what is elsewhere is known there."""
    busy = [plan for plan in plans if plan.kind in KEEPS_BUSY]
    return [
        (one, other)
        for one, other in combinations(busy, 2)
        if (one.page or other.page) and one.meets(other.starts_at, other.ends_at)
    ]


def outside_calendar(person: Person, number: int) -> OutsideCalendar:
    """A calendar that this person follows; 404 for anybody else's."""
    found = db.session.scalar(
        select(OutsideCalendar).where(OutsideCalendar.id == number, OutsideCalendar.person_id == person.id)
    )
    return found or abort(404)


def _events(person: Person, since: datetime, until: datetime) -> list[Plan]:
    rows = db.session.scalars(
        select(Rsvp)
        .join(Rsvp.event)
        .options(contains_eager(Rsvp.event))
        .where(Rsvp.person_id == person.id, Rsvp.answer != DECLINED, Event.state == PUBLISHED)
        .where(Event.ends_at > since, Event.starts_at < until)
    )
    return [_plan(EVENT if row.answer == GOING else MAYBE, row.event, row.event, row.event.title) for row in rows]


def _shifts(person: Person, since: datetime, until: datetime) -> list[Plan]:
    rows = db.session.scalars(
        select(Shift)
        .join(SignUp, SignUp.shift_id == Shift.id)
        .join(Rsvp, Rsvp.id == SignUp.rsvp_id)
        .join(Shift.event)
        .options(joinedload(Shift.role), contains_eager(Shift.event))
        .where(Rsvp.person_id == person.id, SignUp.standing == HELD, Event.state == PUBLISHED)
        .where(Shift.ends_at > since, Shift.starts_at < until)
    )
    return [_plan(SHIFT, row, row.event, f"{row.role.name}: {row.event.title}") for row in rows]


def _appointments(person: Person, since: datetime, until: datetime) -> list[Plan]:
    rows = db.session.scalars(
        select(Meeting)
        .join(Conversation, Conversation.id == Meeting.conversation_id)
        .where((Conversation.person_id == person.id) | (Conversation.other_id == person.id))
        .where(Meeting.cancelled_at.is_(None), Meeting.ends_at > since, Meeting.starts_at < until)
    )
    return [
        Plan(
            APPOINTMENT,
            row.starts_at,
            row.ends_at,
            row.what,
            ("messages.one", "number", row.conversation_id),
            uid=row.uid,
        )
        for row in rows
    ]


def _elsewhere(person: Person, since: datetime, until: datetime) -> list[Plan]:
    rows = db.session.scalars(
        select(BusyTime)
        .join(BusyTime.calendar)
        .options(contains_eager(BusyTime.calendar))
        .where(OutsideCalendar.person_id == person.id, BusyTime.ends_at > since, BusyTime.starts_at < until)
    )
    return [Plan(ELSEWHERE, row.starts_at, row.ends_at, row.calendar.name) for row in rows]


def _plan(kind: str, at: Event | Shift, event: Event, what: str) -> Plan:
    page = ("pages.event", "slug", event.slug)
    return Plan(kind, at.starts_at, at.ends_at, what, page, kind != SHIFT and event.all_day)
