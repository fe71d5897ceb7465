"""Logs, and people who were there, for tests."""

from datetime import datetime, timedelta
from typing import Any

from staytouch_events.attendance import actions as attendance
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.impact.actions import approve, propose
from staytouch_events.impact.models import ImpactLog
from staytouch_events.people.models import Person
from staytouch_events.rsvps.models import Rsvp

from ..attendance.cast import LASTS, an_answer
from ..cast import NOW, a_person

# When the day's event (attendance/cast.py) is over.
OVER = NOW + LASTS + timedelta(minutes=5)
FIELDS: dict[str, Any] = {
    "team": "",
    "unit": "mi",
    "bags_trash": 42,
    "bags_recycling": 0,
    "bags_green": 0,
    "grams": None,
    "method": "",
    "metres": None,
    "ground": "",
    "square_metres": None,
    "adults": None,
    "minors": None,
    "minutes": None,
    "syringe_place": "",
    "oddest": "",
    "note": "",
    "items": {},
}
# What a browser sends of the form, but for what it leaves empty.
TYPED = {"unit": "mi", "bags_trash": "42"}


def a_log(event: Event, by: Person | None = None, now: datetime = OVER, **fields: Any) -> ImpactLog:
    """42 bags of trash that wait for an organizer, unless it says otherwise."""
    by = by or a_person(f"logger{db.session.query(Person).count()}")
    log = propose(event, {**FIELDS, **fields}, by, by.name, now)
    db.session.commit()
    return log


def an_approved_log(event: Event, now: datetime = OVER, **fields: Any) -> ImpactLog:
    """The same, and it counts."""
    log = a_log(event, now=now, **fields)
    approve(log, a_person(f"approver{log.id}"), now)
    db.session.commit()
    return log


def there(event: Event, who: str = "gia", adults: int = 1, minors: int = 0, **fields: Any) -> Rsvp:
    """Somebody who answered and was checked in at the start."""
    rsvp = an_answer(event, who, adults, minors, **fields)
    attendance.mark(rsvp, IN, "", NOW, by=None)
    db.session.commit()
    return rsvp
