"""Who comes for the first time, who greets them, and which regulars were not seen for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from ..attendance.models import IN, Mark, WalkUp
from ..attendance.queries import Presence, presence_after
from ..db import db
from ..events.models import POSTPONED, PUBLISHED, Event
from ..groups.models import ORGANIZING, Group, Membership
from ..people.models import Person
from ..rsvps.models import DECLINED, SEATED, Rsvp
from .greeting_models import Greeter

# A regular came so often; missed is one who was not seen for so long.
OFTEN, AWAY = 3, timedelta(weeks=8)
# So many are looked at, and shown.
LOOKED_AT, SHOWN = 40, 10


@dataclass(frozen=True)
class Missed:
    """A regular of a crew who has not come for a while."""

    person: Person
    group: Group
    times: int
    last: Event


def first_timers(event: Event) -> list[Rsvp]:
    """Answers, but for nos, of people who had no seat at an earlier event of the crew; in the order they came."""
    found = _first().options(joinedload(Rsvp.person)).where(Rsvp.event_id == event.id)
    return list(db.session.scalars(found.order_by(Rsvp.id)))


def first_counts(event_ids: Iterable[int]) -> dict[int, int]:
    """How many they are at each event, in one query."""
    counted = _first().with_only_columns(Rsvp.event_id, func.count()).where(Rsvp.event_id.in_(list(event_ids)))
    return dict(db.session.execute(counted.group_by(Rsvp.event_id)).all())


def greeted_events(event_ids: Iterable[int]) -> set[int]:
    """At which of these events somebody who offered to greet has a seat."""
    offered = _offers().with_only_columns(Rsvp.event_id).where(Rsvp.event_id.in_(list(event_ids)))
    return set(db.session.scalars(offered))


def greeters_of(event: Event) -> list[Person]:
    """Who greets there: those who offered and come, else the organizers who come, else whoever organizes."""
    organizers = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == event.group_id, Membership.role.in_(ORGANIZING))
        .order_by(Membership.joined_at, Membership.id)
    )
    seated = select(Rsvp.person_id).where(Rsvp.event_id == event.id, Rsvp.standing == SEATED)
    coming = organizers.where(Person.id.in_(seated))
    offered = _offers().where(Rsvp.event_id == event.id).order_by(Greeter.id)
    return (
        list(db.session.scalars(offered))
        or list(db.session.scalars(coming))
        or list(db.session.scalars(organizers.limit(1)))
    )


def greetings(event: Event) -> list[tuple[Rsvp, Person | None]]:
    """Each newcomer with who greets them: the greeters take turns."""
    newcomers, greeters = first_timers(event), greeters_of(event)
    return [(rsvp, greeters[at % len(greeters)] if greeters else None) for at, rsvp in enumerate(newcomers)]


def welcomed_at(person: Person, event_ids: Iterable[int]) -> dict[int, int]:
    """How many came for the first time to each of these events, where somebody greets for the crew or organizes it."""
    offered = select(Greeter.group_id).where(Greeter.person_id == person.id)
    organized = select(Membership.group_id)
    organized = organized.where(Membership.person_id == person.id, Membership.role.in_(ORGANIZING))
    events = select(Event.id).where(
        Event.id.in_(list(event_ids)), or_(Event.group_id.in_(offered), Event.group_id.in_(organized))
    )
    came = Rsvp.id.in_(select(Mark.rsvp_id).where(Mark.kind == IN)), Rsvp.person_id != person.id
    counted = _first().with_only_columns(Rsvp.event_id, func.count()).where(Rsvp.event_id.in_(events), *came)
    return dict(db.session.execute(counted.group_by(Rsvp.event_id)).all())


def greets(person: Person, group: Group) -> bool:
    """Whether somebody offered to."""
    mine = select(Greeter.id).where(Greeter.person_id == person.id, Greeter.group_id == group.id)
    return db.session.scalar(mine) is not None


def missed(group_ids: Iterable[int], now: datetime) -> list[Missed]:
    """Regulars who came to nothing lately and have said yes or maybe to nothing; the last seen first."""
    wanted = list(group_ids)
    often = db.session.execute(_often(wanted, now).limit(LOOKED_AT)).all()
    came = _came([row.person_id for row in often], wanted)
    people = db.session.scalars(select(Person).where(Person.id.in_([row.person_id for row in often])))
    by_id = {person.id: person for person in people}
    found = []
    for person_id, group_id in ((row.person_id, row.group_id) for row in often):
        events = came.get((person_id, group_id), [])
        if len(events) >= OFTEN:
            last = max(events, key=lambda event: event.ends_at)
            found.append(Missed(by_id[person_id], last.group, len(events), last))
    return found[:SHOWN]


def _first() -> Select:
    """Answers whose people are new to the crew at that event."""
    at, earlier, before = aliased(Event), aliased(Event), aliased(Rsvp)
    been = (
        select(before.id)
        .join(earlier, earlier.id == before.event_id)
        .where(before.person_id == Rsvp.person_id, before.standing == SEATED, earlier.state == PUBLISHED)
        .where(earlier.group_id == at.group_id, earlier.starts_at < at.starts_at)
    )
    walked = (
        select(WalkUp.id)
        .join(earlier, earlier.id == WalkUp.event_id)
        .where(WalkUp.person_id == Rsvp.person_id, earlier.group_id == at.group_id)
        .where(earlier.starts_at < at.starts_at)
    )
    organizes = select(Membership.id).where(
        Membership.person_id == Rsvp.person_id,
        Membership.group_id == at.group_id,
        Membership.role.in_(ORGANIZING),
    )
    new = (~been.correlate(Rsvp, at).exists(), ~walked.correlate(Rsvp, at).exists())
    return (
        select(Rsvp)
        .join(at, at.id == Rsvp.event_id)
        .where(Rsvp.answer != DECLINED, *new, ~organizes.correlate(Rsvp, at).exists())
    )


def _often(group_ids: list[int], now: datetime) -> Select:
    """People by crew with marks at so many events, none of them of late, and no answer to what is to come."""
    seen = _seen(group_ids)
    lately = (
        select(Rsvp.person_id)
        .join(Event, Event.id == Rsvp.event_id)
        .where(
            Event.group_id.in_(group_ids),
            Rsvp.answer != DECLINED,
            or_(Event.ends_at > now, Event.state == POSTPONED),
        )
    )
    walked = (
        select(WalkUp.person_id)
        .join(Event, Event.id == WalkUp.event_id)
        .where(WalkUp.person_id.is_not(None), Event.group_id.in_(group_ids), Event.ends_at > now - AWAY)
    )
    return (
        select(Rsvp.person_id, Event.group_id)
        .join(Event, Event.id == Rsvp.event_id)
        .join(Person, Person.id == Rsvp.person_id)
        .where(seen, Person.email.is_not(None), Rsvp.person_id.not_in(lately), Rsvp.person_id.not_in(walked))
        .group_by(Rsvp.person_id, Event.group_id)
        .having(func.count(Event.id.distinct()) >= OFTEN, func.max(Event.ends_at) < now - AWAY)
        .order_by(func.max(Event.ends_at).desc(), Rsvp.person_id)
    )


def _came(person_ids: list[int], group_ids: list[int]) -> dict[tuple[int, int], list[Event]]:
    """The events at which these people really were, by person and crew: what was undone does not count."""
    rows = db.session.execute(
        select(Rsvp.person_id, Event, Mark)
        .join(Event, Event.id == Rsvp.event_id)
        .join(Mark, Mark.rsvp_id == Rsvp.id)
        .options(joinedload(Event.group))
        .where(Rsvp.person_id.in_(person_ids), Event.group_id.in_(group_ids))
        .order_by(Mark.received_at, Mark.id)
    )
    stood: dict[tuple[int, Event], Presence] = {}
    for person_id, event, mark in rows:
        stood[person_id, event] = presence_after(stood.get((person_id, event), Presence()), mark)
    found: dict[tuple[int, int], list[Event]] = {}
    for (person_id, event), presence in stood.items():
        if presence.came:
            found.setdefault((person_id, event.group_id), []).append(event)
    return found


def _seen(group_ids: list[int]) -> ColumnElement[bool]:
    return Event.group_id.in_(group_ids) & Rsvp.id.in_(select(Mark.rsvp_id).where(Mark.kind == IN))


def _offers() -> Select:
    """Members who offered to greet, and have a seat at an event of their crew."""
    return (
        select(Person)
        .join(Greeter, Greeter.person_id == Person.id)
        .join(Membership, (Membership.person_id == Person.id) & (Membership.group_id == Greeter.group_id))
        .join(Rsvp, (Rsvp.person_id == Person.id) & (Rsvp.standing == SEATED))
        .join(Event, (Event.id == Rsvp.event_id) & (Event.group_id == Greeter.group_id))
    )
