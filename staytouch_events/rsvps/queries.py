"""Lists of answers, and what stands on an event's page about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import DRAFT, Event
from ..outbox.models import SENT, Letter
from ..people.models import Person
from ..text import fold
from .models import DECLINED, GOING, MAYBE, NONE, SEATED, WAITING, Rsvp

TABS = 9


@dataclass(frozen=True)
class Numbers:
    """People by what they have: seats, a place in the line, a maybe."""

    going: int = 0
    waiting: int = 0
    maybe: int = 0
    declined: int = 0
    # Of those who are going, the people in parties with a shift.
    helping: int = 0


@dataclass(frozen=True)
class SeatMark:
    """What lists show of an event's seats: tabs torn off out of nine, and one of three words."""

    torn: int
    word: str


def seats_left(capacity: int, kept: int | None, taken: int, helping: int) -> int:
    """Seats for people without a shift: those that are kept, and not held by `helping` people, are not theirs."""
    return max(0, capacity - taken - max(0, (kept or 0) - helping))


def mark_of(capacity: int | None, free: int | None) -> SeatMark | None:
    """The picture of so many seats free; None without a limit. A tab stays while a seat is left."""
    if capacity is None:
        return None
    if free <= 0:
        return SeatMark(TABS, "full")
    torn = min(TABS - 1, round(TABS * (capacity - free) / capacity))
    return SeatMark(torn, "few" if free <= max(3, capacity // 10) else "open")


def numbers_of(event_ids: list[int]) -> dict[int, Numbers]:
    """The numbers of several events in one query."""
    rows = db.session.execute(
        select(Rsvp.event_id, Rsvp.answer, Rsvp.standing, Rsvp.has_shift, func.sum(Rsvp.adults + Rsvp.minors))
        .where(Rsvp.event_id.in_(event_ids))
        .group_by(Rsvp.event_id, Rsvp.answer, Rsvp.standing, Rsvp.has_shift)
    )
    found: dict[int, dict[str, int]] = {event_id: {} for event_id in event_ids}
    for event_id, answer, standing, has_shift, people in rows:
        word = {SEATED: "going", WAITING: "waiting"}.get(standing) or {MAYBE: "maybe", DECLINED: "declined"}.get(answer)
        for name in (word, "helping" if has_shift and standing == SEATED else None):
            if name:
                found[event_id][name] = found[event_id].get(name, 0) + people
    return {event_id: Numbers(**words) for event_id, words in found.items()}


def going_people(event: Event, limit: int) -> list[tuple[str, Person]]:
    """Who comes, with the first name as they typed it, in the order of answering."""
    rows = db.session.execute(
        select(Rsvp.name, Person)
        .join(Person, Person.id == Rsvp.person_id)
        .where(Rsvp.event_id == event.id, Rsvp.standing == SEATED)
        .order_by(Rsvp.answered_at, Rsvp.id)
        .limit(limit)
    )
    return [(name.split()[0], person) for name, person in rows if name.split()]


def roster(event: Event, search: str = "") -> list[Rsvp]:
    """All answers with their people: seated by name, then the line in its order, then the rest."""
    rows = db.session.scalars(
        select(Rsvp).options(joinedload(Rsvp.person)).where(Rsvp.event_id == event.id).order_by(Rsvp.id)
    ).all()
    wanted = fold(search)
    found = [row for row in rows if wanted in fold(f"{row.name} {row.person.email or ''}")]
    return sorted(found, key=_roster_order)


def answered_by(person_id: int) -> Select:
    """The ids of the events that a person answered, with whatever answer."""
    return select(Rsvp.event_id).where(Rsvp.person_id == person_id)


def answers_to_come(person_id: int, now: datetime) -> list[Rsvp]:
    """A person's answers but their nos, to events under way or to come, soonest first."""
    return list(
        db.session.scalars(
            select(Rsvp)
            .join(Event, Event.id == Rsvp.event_id)
            .options(joinedload(Rsvp.event).joinedload(Event.group))
            .where(Rsvp.person_id == person_id, Rsvp.answer != DECLINED, Event.state != DRAFT, Event.ends_at > now)
            .order_by(Event.starts_at, Event.id)
        )
    )


def unconfirmed(event: Event) -> list[Rsvp]:
    """Answers to an event that was put off, of people who have not said yet that they still come."""
    asked = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.confirm_by_at.is_not(None))
    return list(db.session.scalars(asked.order_by(Rsvp.id)))


def sure_answers(event: Event) -> list[Rsvp]:
    """Those who said the day before that they still come."""
    return list(db.session.scalars(select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.sure_at.is_not(None))))


def lapsed_answers(event: Event) -> list[Rsvp]:
    """Those who did not say so in time."""
    gone = select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.answer == GOING, Rsvp.standing == NONE)
    return list(db.session.scalars(gone.order_by(Rsvp.id)))


def silent_counts(event_ids: list[int]) -> dict[int, tuple[int, datetime]]:
    """How many people hold seats that they have not confirmed, and until when, by event."""
    rows = db.session.execute(
        select(Rsvp.event_id, func.sum(Rsvp.adults + Rsvp.minors), func.min(Rsvp.confirm_by_at))
        .where(Rsvp.event_id.in_(event_ids), Rsvp.confirm_by_at.is_not(None), Rsvp.standing == SEATED)
        .group_by(Rsvp.event_id)
    )
    return {event_id: (people, until) for event_id, people, until in rows}


def letters_about(rsvp: Rsvp) -> list[Letter]:
    """What we sent about an answer, the newest first."""
    return list(
        db.session.scalars(
            select(Letter)
            .where(Letter.about == f"rsvp:{rsvp.id}", Letter.state == SENT)
            .order_by(Letter.ended_at.desc())
            .limit(20)
        )
    )


def _roster_order(row: Rsvp) -> tuple:
    group = 0 if row.standing == SEATED else 1 if row.standing == WAITING else 2 if row.answer == MAYBE else 3
    return (group, row.line_at.timestamp() if group == 1 and row.line_at else 0, fold(row.name), row.id)


def seats_of(events, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """People who have a seat at each event of a statement on the events' columns; 0 where there is no limit."""
    table = Rsvp.__table__.c
    seated = select(func.sum(table.adults + table.minors)).where(
        table.event_id == events.id, table.standing == SEATED, events.capacity.is_not(None), *conditions
    )
    return func.coalesce(seated.scalar_subquery(), 0)


def helpers_seats_of(events) -> ColumnElement[int]:
    """Of these, the people in parties with a shift, where seats are kept for them."""
    return seats_of(events, Rsvp.__table__.c.has_shift, events.seats_for_shifts.is_not(None))


def seat_marks(rows: Sequence) -> dict:
    """The picture of each event's seats, in one query."""
    limited = [row.id for row in rows if row.capacity is not None]
    people = Rsvp.adults + Rsvp.minors
    held = db.session.execute(
        select(Rsvp.event_id, func.sum(people), func.sum(case((Rsvp.has_shift, people), else_=0)))
        .where(Rsvp.event_id.in_(limited), Rsvp.standing == SEATED)
        .group_by(Rsvp.event_id)
    )
    numbers = {event_id: (taken, helping) for event_id, taken, helping in held}
    return {row.id: seat_mark_of(row, *numbers.get(row.id, (0, 0))) for row in rows}


def seat_mark_of(row, taken: int, helping: int) -> SeatMark | None:
    """The picture of the seats of an Event, or a row of one, of which so many are taken, and held by helpers."""
    if row.capacity is None:
        return None
    return mark_of(row.capacity, seats_left(row.capacity, row.seats_for_shifts, taken, helping))
