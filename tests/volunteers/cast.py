"""Roles, shifts, bring lists and rides for tests."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import Group
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.volunteers.bring_lists import add_items
from staytouch_events.volunteers.bring_models import BringItem
from staytouch_events.volunteers.models import Role, Shift
from staytouch_events.volunteers.ride_models import BOTH, Ride
from staytouch_events.volunteers.rides import offer
from staytouch_events.volunteers.shifts import add_shift

from ..cast import NOW, a_person


def a_role(group: Group, now: datetime = NOW, **fields: Any) -> Role:
    """Drivers, unless it is named."""
    role = Role(group_id=group.id, changed_at=now, **{"name": "Driver", **fields})
    db.session.add(role)
    db.session.commit()
    return role


def a_shift(event: Event, role: Role | None = None, now: datetime = NOW, **fields: Any) -> Shift:
    """The first hour of an event, for one person, unless it says otherwise."""
    role = role or a_role(event.group, now)
    plan = {"starts_after": 0, "lasts": 60, "target": 1, **fields}
    shift = add_shift(event, {"role_id": role.id, "maximum": plan["target"], **plan}, now)
    db.session.commit()
    return shift


def a_thing(event: Event, name: str = "grabbers", wanted: int = 6, **fields: Any) -> BringItem:
    """Six grabbers on an event's bring list, unless it says otherwise."""
    add_items(event, [{"name": name, "wanted": wanted, "note": "", **fields}], NOW)
    db.session.commit()
    return db.session.scalars(select(BringItem).order_by(BringItem.id.desc())).first()


def a_ride(event: Event, who: str = "dee", contact: str = "408 555 0111", **fields: Any) -> Ride:
    """Somebody comes, and offers three seats from Berryessa and back, half an hour before the start."""
    rsvp = comes(event, who)
    plan = {"way": BOTH, "start": "Berryessa BART", "town": "", "leaves_after": -30, "seats": 3, "note": ""}
    ride = offer(rsvp, {**plan, "contact": contact, **fields}, NOW)
    db.session.commit()
    return ride


def comes(event: Event, who: str, people: int = 1) -> Rsvp:
    """Somebody answers that they come."""
    rsvp = respond(event, a_person(who), who.title(), GOING, Party(people), "", NOW).rsvp
    db.session.commit()
    return rsvp
