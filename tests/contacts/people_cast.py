"""People whom somebody keeps."""

from datetime import datetime, timedelta

from staytouch_events.contacts.gathering import add
from staytouch_events.contacts.models import CALL, Contact, ContactTouch
from staytouch_events.contacts.rhythm_queries import Standing, standings
from staytouch_events.contacts.sorting import plan
from staytouch_events.db import db
from staytouch_events.people.models import Person

from ..cast import NOW

ZONE = "America/Los_Angeles"


def kept(owner: Person, name: str = "Minh Tran", days_ago: int = 0, kind: str = "", **own) -> Contact:
    """Somebody who came into the owner's list so many days ago."""
    then = NOW - timedelta(days=days_ago)
    contact = add(owner, {"name": name, **own}, then)
    plan(contact, kind, (None, None), (), NOW)
    db.session.commit()
    return contact


def rhythm(contact: Contact, ideal: int | None, longest: int | None = None, *tags: str) -> None:
    """A rhythm of their own, and tags."""
    plan(contact, contact.kind.key if contact.kind else "", (ideal, longest), tags, NOW)
    db.session.commit()


def talked(contact: Contact, days_ago: int = 0) -> ContactTouch:
    """A call, put down."""
    touch = ContactTouch(contact_id=contact.id, what=CALL, touched_at=NOW - timedelta(days=days_ago))
    db.session.add(touch)
    db.session.commit()
    return touch


def stands(contact: Contact, now: datetime = NOW) -> Standing:
    """How it stands with one of them."""
    return next(row for row in standings(contact.owner, now) if row.contact.id == contact.id)
