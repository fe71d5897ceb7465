"""How people come into somebody's people: by hand, from a file, two that are one."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from ..access.contacts import people_of
from ..db import db, lock
from ..people.models import Person
from ..pictures import drop_picture
from ..refusals import Refused
from .known_queries import Said, beyond, joined
from .models import HAND, Contact, ContactDate, ContactNote, ContactTag, ContactTouch
from .sorting import tag

MOST_PEOPLE = 5_000
# What the one who stays takes over where they have none.
FILLED = ("met_at", "met_event_id", "met_words", "kind_id", "ideal_days", "longest_days", "kept_vcard")


def add(owner: Person, own: Said, now: datetime, origin: str = HAND, **fields: Any) -> Contact:
    """Keep somebody. Raises Refused beyond the most that one person keeps."""
    make_room(owner, 1)
    return new(owner, own, now, origin, **fields)


def new(owner: Person, own: Said, now: datetime, origin: str, **fields: Any) -> Contact:
    """The same where there is room."""
    contact = Contact(owner_id=owner.id, own=own, shared={}, origin=origin, created_at=now, **fields)
    contact.settle()
    db.session.add(contact)
    db.session.flush()
    return contact


def make_room(owner: Person, more: int) -> None:
    """See that so many more can be kept, one request at a time. Raises Refused."""
    lock(owner)
    kept = db.session.scalar(select(func.count()).select_from(people_of(owner).subquery()))
    if kept + more > MOST_PEOPLE:
        raise Refused(_("At most %(most)d people can be kept here. Take some out first.", most=MOST_PEOPLE))


def merge(first: Contact, second: Contact) -> Contact:
    """Two that are one: whoever gave a card stays, with all that was written of either. Raises Refused."""
    lock(first.owner)
    if first.id == second.id:
        raise Refused(_("This is the same person. Choose another one."))
    if first.person_id and second.person_id:
        raise Refused(_("Both have an account here: they are two people."))
    kept, gone = (second, first) if second.person_id else (first, second)
    kept.own = beyond(joined(kept.own, joined(gone.own, gone.shared)), kept.shared)
    for name in FILLED:
        if getattr(kept, name) in (None, ""):
            setattr(kept, name, getattr(gone, name))
    kept.created_at = min(kept.created_at, gone.created_at)
    if kept.own.get("photo") != gone.own.get("photo"):
        drop_picture(gone.own.get("photo"))
    _move(gone, kept)
    kept.settle()
    return kept


def remember(contact: Contact, what: str, month: int, day: int, year: int | None, label: str = "") -> int | None:
    """A day of the year, once; its number where it is new."""
    same = (ContactDate.what == what, ContactDate.month == month, ContactDate.day == day, ContactDate.label == label)
    if db.session.scalar(select(ContactDate.id).where(ContactDate.contact_id == contact.id, *same)) is not None:
        return None
    row = ContactDate(contact_id=contact.id, what=what, month=month, day=day, year=year, label=label)
    db.session.add(row)
    db.session.flush()
    return row.id


def forget_pictures(person: Person, *, now: datetime) -> None:
    """An account goes, and with its people the pictures that came with them."""
    for own in db.session.scalars(select(Contact.own).where(Contact.owner_id == person.id)):
        drop_picture(own.get("photo"))


def _move(gone: Contact, kept: Contact) -> None:
    """All that was written of one stands with the other now."""
    tag(kept, db.session.scalars(select(ContactTag.tag).where(ContactTag.contact_id.in_((gone.id, kept.id)))).all())
    for row in db.session.scalars(select(ContactDate).where(ContactDate.contact_id == gone.id)):
        remember(kept, row.what, row.month, row.day, row.year, row.label)
    for model in (ContactNote, ContactTouch):
        db.session.execute(update(model).where(model.contact_id == gone.id).values(contact_id=kept.id))
    db.session.execute(delete(Contact).where(Contact.id == gone.id))
    db.session.expire_all()
