"""Where two people are, or were, at the same time."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from ..attendance.models import WalkUp, who_is
from ..attendance.queries import Presence, party_at, presences
from ..db import db
from ..events.host_models import hosted_by
from ..events.models import CANCELLED, PUBLISHED, Event
from ..groups.models import ORGANIZING, Membership
from ..people.models import Person
from ..rsvps.models import GOING, Rsvp

# People are there a little before it starts, and stay for a drink.
BEFORE, AFTER, SAME_DAY = timedelta(hours=2), timedelta(hours=2), timedelta(hours=12)


def event_of_both(one: Person, other: Person, now: datetime) -> Event | None:
    """The event that two people are at now: checked in today, or on their way to one under way."""
    around = select(Event).where(
        Event.state == PUBLISHED, Event.starts_at <= now + BEFORE, Event.ends_at >= now - SAME_DAY
    )
    found = db.session.scalars(around.where(_belongs(one), _belongs(other)).order_by(Event.starts_at.desc())).all()
    for event in found:
        if came(event, one) and came(event, other):
            return event
    return next((event for event in found if now <= event.ends_at + AFTER), None)


def events_of_both(one: Person, other: Person, now: datetime) -> list[Event]:
    """Events that are over and that both came to, as far as anybody was checked in; else both had said they come."""
    over = select(Event).where(Event.state != CANCELLED, Event.ends_at <= now, _belongs(one), _belongs(other))
    events = db.session.scalars(over.order_by(Event.starts_at.desc())).all()
    known = presences([event.id for event in events])
    checked = {event_id for event_id, _who in known}
    return [event for event in events if event.id not in checked or _both_came(event, one, other, known)]


def came(event: Event, person: Person) -> bool:
    """Whether somebody is or was checked in."""
    party = party_at(event, person)
    return party is not None and presences([event.id]).get((event.id, who_is(party)), Presence()).came


def _both_came(event: Event, one: Person, other: Person, known: dict) -> bool:
    parties = [party_at(event, person) for person in (one, other)]
    return all(party and known.get((event.id, who_is(party)), Presence()).came for party in parties)


def _belongs(person: Person) -> ColumnElement[bool]:
    """Said that they come, came by, or organize it."""
    said = select(Rsvp.event_id).where(Rsvp.person_id == person.id, Rsvp.answer == GOING)
    came_by = select(WalkUp.event_id).where(WalkUp.person_id == person.id)
    mine = select(Membership.group_id).where(Membership.person_id == person.id, Membership.role.in_(ORGANIZING))
    return or_(Event.id.in_(said), Event.id.in_(came_by), hosted_by(mine))
