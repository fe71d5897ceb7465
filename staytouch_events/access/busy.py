"""When a viewer is busy, for the viewer alone: what they go to here, and the hours of calendars that they follow."""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from flask import abort, url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from ..db import db
from ..events.models import PUBLISHED, Event
from ..feeds.models import BusyTime, OutsideCalendar
from ..people.models import Person
from ..rsvps.models import GOING, Rsvp


@dataclass(frozen=True)
class Busy:
    """Something at a time, in UTC; `url` where it stands on this site."""

    starts_at: datetime
    ends_at: datetime
    what: str
    url: str | None = None

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether they share a moment."""
        return self.starts_at < ends_at and starts_at < self.ends_at


def busy_between(person: Person, since: datetime, until: datetime) -> list[Busy]:
    """All that keeps a person busy between two instants, soonest first: two queries."""
    events = db.session.scalars(
        select(Event)
        .join(Rsvp, Rsvp.event_id == Event.id)
        .where(Rsvp.person_id == person.id, Rsvp.answer == GOING, Event.state == PUBLISHED)
        .where(Event.ends_at > since, Event.starts_at < until)
    )
    hours = db.session.scalars(
        select(BusyTime)
        .join(BusyTime.calendar)
        .options(contains_eager(BusyTime.calendar))
        .where(OutsideCalendar.person_id == person.id, BusyTime.ends_at > since, BusyTime.starts_at < until)
    )
    found = [
        Busy(event.starts_at, event.ends_at, event.title, url_for("pages.event", slug=event.slug)) for event in events
    ]
    found += [Busy(row.starts_at, row.ends_at, row.calendar.name) for row in hours]
    return sorted(found, key=lambda busy: (busy.starts_at, busy.ends_at, busy.what))


def clashes(busy: list[Busy]) -> list[tuple[Busy, Busy]]:
    """Pairs that share a moment, one of them at least of this site: what is elsewhere is nothing new there."""
    return [
        (one, other)
        for one, other in combinations(busy, 2)
        if (one.url or other.url) and one.meets(other.starts_at, other.ends_at)
    ]


def outside_calendar(person: Person, number: int) -> OutsideCalendar:
    """A calendar that this person follows; 404 for anybody else's."""
    found = db.session.scalar(
        select(OutsideCalendar).where(OutsideCalendar.id == number, OutsideCalendar.person_id == person.id)
    )
    return found or abort(404)
