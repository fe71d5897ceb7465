"""To what one could ask somebody along: what is on soon, of a crew that both are in or that one goes to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..access.events import listed_events
from ..db import db
from ..events.models import PUBLISHED, Event
from ..groups.models import Membership
from ..people.models import Person
from ..rsvps.models import GOING, Rsvp
from .models import Contact

AHEAD, MOST = timedelta(days=14), 20


def invitable(owner: Person, contacts: Iterable[Contact], now: datetime) -> dict[int, Event]:
    """The next public event for each, by contact, in a fixed number of queries; who is not in it has none."""
    mine = select(Membership.group_id).where(Membership.person_id == owner.id)
    going = set(db.session.scalars(select(Rsvp.event_id).where(Rsvp.person_id == owner.id, Rsvp.answer == GOING)))
    events = db.session.scalars(
        listed_events()
        .options(joinedload(Event.group))
        .where(Event.state == PUBLISHED, Event.starts_at > now, Event.starts_at < now + AHEAD)
        .where(Event.group_id.in_(mine) | Event.id.in_(going))
        .order_by(Event.starts_at, Event.id)
        .limit(MOST)
    ).all()
    people, shared = list(contacts), set[tuple[int, int]]()
    if events:
        shared = _members({event.group_id for event in events}, {row.person_id for row in people if row.person_id})
    found = {row.id: _next(events, row.person_id, shared, going) for row in people}
    return {number: event for number, event in found.items() if event}


def _next(events: Iterable[Event], person_id: int | None, shared: set, going: set[int]) -> Event | None:
    """One of a crew that both are in comes before one that only the asker goes to."""
    of_both = (event for event in events if (event.group_id, person_id) in shared)
    return next(of_both, None) or next((event for event in events if event.id in going), None)


def _members(groups: set[int], people: set[int]) -> set[tuple[int, int]]:
    wanted = select(Membership.group_id, Membership.person_id)
    rows = db.session.execute(wanted.where(Membership.group_id.in_(groups), Membership.person_id.in_(people)))
    return {tuple(row) for row in rows}
