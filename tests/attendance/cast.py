"""People who come, and a helper, for tests of the day itself."""

from datetime import datetime, timedelta

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.people.models import Person
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_person, an_event
from ..volunteers.cast import a_role, a_shift

# An event from 10:00 to 13:00 in San José: it starts as the tests' clock strikes.
LASTS = timedelta(hours=3)
# When people answered and took their shifts.
EARLY = NOW - timedelta(days=2)


def a_day(group=None, **fields) -> Event:
    """An event that starts now."""
    group = group or a_group()
    return an_event(group, starts_wall=datetime(2026, 11, 24, 10, 0), **fields)


def an_answer(event: Event, who: str = "gia", adults: int = 1, minors: int = 0, **fields) -> Rsvp:
    """Somebody who is going, a guest unless the fields say otherwise; answered two days ago."""
    person = a_person(who, **{"joined_at": None, **fields})
    rsvp = respond(event, person, person.name, GOING, Party(adults, minors), "", EARLY).rsvp
    db.session.commit()
    return rsvp


def a_helper(event: Event, who: str = "hana", checks_in: bool = True, at: datetime = EARLY, **fields) -> Person:
    """Somebody whose sign-up is for a role that checks people in."""
    person = a_person(who, **fields)
    shift = a_shift(event, a_role(event.group, at, name=f"Front desk {who}", checks_in=checks_in), at)
    claim(shift, person, person.name, at)
    db.session.commit()
    return person


def manage(rsvp: Rsvp) -> str:
    """The page of an answer."""
    return f"/rsvps/{manage_token(rsvp)}"
