"""Roles, shifts and sign-ups, read; and what hands events need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from ..db import Instant, db
from ..events.models import PUBLISHED, Event
from ..groups.models import Group
from ..people.models import Person
from ..rsvps.models import Rsvp
from .models import ACTIVE, ASKED, HELD, Role, Shift, SignUp, TemplateShift

# What every list asks is made of the tables' rows, as in discover/matching.py.
SHIFTS = Shift.__table__.c
NOW = bindparam("now", type_=Instant)


@dataclass(frozen=True)
class Need:
    """What an event needs: hands, and in the jobs that have a gap how many of how many are there."""

    hands: int
    held: int
    wanted: int
    # (role's name, hands it needs), the emptiest first.
    jobs: tuple[tuple[str, int], ...]
    covered: bool


def roles_of(group: Group) -> Sequence[Role]:
    """What the group offers, in the order in which it was made."""
    return db.session.scalars(
        select(Role)
        .options(joinedload(Role.group), joinedload(Role.lead))
        .where(Role.group_id == group.id, Role.retired_at.is_(None))
        .order_by(Role.id)
    ).all()


def shifts_of(event: Event) -> Sequence[Shift]:
    """An event's shifts with their roles, by their hours."""
    return db.session.scalars(_of_event(), {"event": event.id}).all()


@cache
def _of_event() -> Select:
    """Made once: every event that is published or changed asks it."""
    with_roles = joinedload(Shift.role), joinedload(Shift.event).joinedload(Event.group)
    found = select(Shift).options(*with_roles).where(Shift.event_id == bindparam("event"), Shift.removed_at.is_(None))
    return found.order_by(Shift.starts_after, Shift.role_id, Shift.id)


def template_of(group: Group) -> Sequence[TemplateShift]:
    """A group's usual shifts."""
    return db.session.scalars(
        select(TemplateShift)
        .join(Role, Role.id == TemplateShift.role_id)
        .where(TemplateShift.group_id == group.id, Role.retired_at.is_(None))
        .order_by(TemplateShift.starts_after, TemplateShift.id)
    ).all()


def events_with_shifts(group: Group, besides: Event, limit: int = 20) -> Sequence[Event]:
    """The group's other events that have shifts, the latest first."""
    have = select(Shift.event_id).where(Shift.removed_at.is_(None))
    return db.session.scalars(
        select(Event)
        .where(Event.group_id == group.id, Event.id.in_(have), Event.id != besides.id, Event.starts_at.is_not(None))
        .order_by(Event.starts_at.desc(), Event.id.desc())
        .limit(limit)
    ).all()


def held_by_shift(shift_ids: Iterable[int]) -> dict[int, int]:
    """How many places of each shift are taken, in one query."""
    rows = db.session.execute(
        select(SignUp.shift_id, func.count())
        .where(SignUp.shift_id.in_(list(shift_ids)), SignUp.standing == HELD)
        .group_by(SignUp.shift_id)
    )
    return dict(rows.all())


def sign_ups_of(event: Event) -> Sequence[SignUp]:
    """An event's sign-ups that count for something, with their people: places first, then lines in their order."""
    return db.session.scalars(
        _with_people()
        .where(Shift.event_id == event.id, Shift.removed_at.is_(None), SignUp.standing.in_(ACTIVE))
        .order_by(SignUp.line_at, SignUp.created_at, SignUp.id)
    ).all()


def sign_ups_with(rsvp_ids: Iterable[int]) -> Sequence[SignUp]:
    """The sign-ups that go with these answers, by their hours."""
    return db.session.scalars(_with_answers(), {"rsvps": list(rsvp_ids)}).all()


@cache
def _with_answers() -> Select:
    """Made once: every answer asks it while it holds the event's lock."""
    active = SignUp.standing.in_(ACTIVE), Shift.removed_at.is_(None)
    found = _with_people().where(SignUp.rsvp_id.in_(bindparam("rsvps", expanding=True)), *active)
    return found.order_by(Shift.starts_at, Shift.starts_after, SignUp.id)


def asking(event_ids: Iterable[int]) -> dict[int, int]:
    """How many sign-ups of each event wait for an organizer's yes."""
    rows = db.session.execute(
        select(Shift.event_id, func.count())
        .join(SignUp, SignUp.shift_id == Shift.id)
        .where(Shift.event_id.in_(list(event_ids)), SignUp.standing == ASKED)
        .group_by(Shift.event_id)
    )
    return dict(rows.all())


def person_shifts(person: Person) -> Select:
    """Places that a person holds, for their calendar."""
    return (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Rsvp, Rsvp.id == SignUp.rsvp_id)
        .where(Rsvp.person_id == person.id, SignUp.standing == HELD, Shift.removed_at.is_(None))
    )


def person_shifts_state(person: Person) -> Row:
    """What their entries depend on, in one cheap query."""
    told = (func.count(SignUp.id), func.sum(SignUp.sequence), func.max(SignUp.changed_at))
    said = (func.max(Shift.changed_at), func.max(Role.changed_at))
    wanted = person_shifts(person).join(Role, Role.id == Shift.role_id)
    return db.session.execute(wanted.with_only_columns(*told, *said)).one()


def needs_of(event_ids: Iterable[int], now: datetime) -> dict[int, Need]:
    """What events need, in one query; what is over or has no shifts is not in it."""
    rows = db.session.execute(_needs(), {"events": list(event_ids), "now": now}).all()
    by_event: dict[int, list[Row]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, []).append(row)
    return {number: _need(found) for number, found in by_event.items()}


@cache
def _needs() -> Select:
    """What is wanted and held of each shift of some events; made once, every list of events asks it."""
    roles, events = Role.__table__.c, Event.__table__.c
    wanted = select(SHIFTS.event_id, roles.name, SHIFTS.target, _held().label("held"), _is_open(NOW).label("open"))
    return (
        wanted.join(Role.__table__, roles.id == SHIFTS.role_id)
        .join(Event.__table__, events.id == SHIFTS.event_id)
        .where(SHIFTS.event_id.in_(bindparam("events", expanding=True)), SHIFTS.removed_at.is_(None))
        .where(events.state == PUBLISHED, events.ends_at > NOW, ~events.is_umbrella)
        .order_by(SHIFTS.starts_after, SHIFTS.role_id, SHIFTS.id)
    )


def _need(rows: list[Row]) -> Need:
    gaps = [row for row in rows if row.open and row.held < row.target]
    missing: dict[str, int] = {}
    for row in gaps:
        missing[row.name] = missing.get(row.name, 0) + row.target - row.held
    return Need(
        hands=sum(missing.values()),
        held=sum(row.held for row in gaps),
        wanted=sum(row.target for row in gaps),
        jobs=tuple(sorted(missing.items(), key=lambda job: -job[1])),
        covered=all(row.held >= row.target for row in rows),
    )


def needs_hands(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """The condition on an event that it needs hands at an instant."""
    events = Event.__table__.c
    gap = and_(
        SHIFTS.event_id == events.id,
        events.state == PUBLISHED,
        ~events.is_umbrella,
        SHIFTS.target > _held(),
        _is_open(now),
    )
    return select(SHIFTS.id).where(gap, SHIFTS.removed_at.is_(None)).correlate(Event.__table__).exists()


def hands_of(event_ids: Select, values: dict[str, Any]) -> int:
    """The hands that all these events together need at the instant `now` of the values."""
    missing, events = case((SHIFTS.target > _held(), SHIFTS.target - _held()), else_=0), Event.__table__.c
    gaps = (
        select(missing.label("hands"))
        .join(Event.__table__, events.id == SHIFTS.event_id)
        .where(SHIFTS.event_id.in_(event_ids), SHIFTS.removed_at.is_(None))
        .where(events.state == PUBLISHED, _is_open(NOW))
        .subquery()
    )
    return db.session.scalar(select(func.coalesce(func.sum(gaps.c.hands), 0)), values)


def next_gate(now: datetime, event: Event | None = None) -> datetime | None:
    """When a shift next opens or closes, and lists and pages change by themselves."""
    gates = db.session.execute(_gates(event is not None), {"now": now, "event": event and event.id}).one()
    return min(filter(None, gates), default=None)


@cache
def _gates(of_one: bool) -> Select:
    """The next opening and the next closing, of one event's shifts or of all."""
    counts = [SHIFTS.removed_at.is_(None), *([SHIFTS.event_id == bindparam("event")] if of_one else ())]
    gates = (SHIFTS.opens_at, SHIFTS.closes_at)
    return select(*(select(func.min(gate)).where(gate > NOW, *counts).scalar_subquery() for gate in gates))


def _held() -> ColumnElement[int]:
    """Places taken of the shift at hand."""
    sign_ups = SignUp.__table__.c
    return (
        select(func.count(sign_ups.id))
        .where(sign_ups.shift_id == SHIFTS.id, sign_ups.standing == HELD)
        .correlate(Shift.__table__)
        .scalar_subquery()
    )


def _is_open(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return and_(or_(SHIFTS.opens_at.is_(None), SHIFTS.opens_at <= now), SHIFTS.closes_at > now)


def _with_people() -> Select:
    return (
        select(SignUp)
        .join(Shift, Shift.id == SignUp.shift_id)
        .options(
            joinedload(SignUp.shift).joinedload(Shift.role),
            joinedload(SignUp.shift).joinedload(Shift.event),
            joinedload(SignUp.rsvp).joinedload(Rsvp.person),
        )
    )
