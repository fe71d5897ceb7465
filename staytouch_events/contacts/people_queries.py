"""One of somebody's people, with what was written of them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, or_, select

from ..db import db
from ..people.models import Person
from .models import Contact, ContactDate, ContactNote, ContactTag, ContactTouch

WRITTEN = (ContactNote, ContactDate, ContactTouch, ContactTag)


def contact_between(owner: Person, person: Person) -> Contact | None:
    """Whether, and how, somebody has another in their people; a row that was taken out, too."""
    return db.session.scalar(select(Contact).where(Contact.owner_id == owner.id, Contact.person_id == person.id))


def given_to(contact: Contact) -> Contact | None:
    """The other half: what the person of a contact holds of its owner's card, where they do."""
    if contact.person_id is None:
        return None
    wanted = select(Contact).where(Contact.owner_id == contact.person_id, Contact.person_id == contact.owner_id)
    return db.session.scalar(wanted.where(Contact.card_id.is_not(None), Contact.removed_at.is_(None)))


def has_own(contact: Contact) -> bool:
    """Whether its owner wrote or chose anything about this person."""
    if any(contact.own.values()) or contact.kept_vcard or contact.met_words:
        return True
    if contact.kind_id or contact.ideal_days or contact.longest_days:
        return True
    return db.session.scalar(select(or_(*(exists().where(row.contact_id == contact.id) for row in WRITTEN))))


def notes_of(contact: Contact) -> Sequence[ContactNote]:
    """The notes, the newest day first."""
    wanted = select(ContactNote).where(ContactNote.contact_id == contact.id, ContactNote.removed_at.is_(None))
    return db.session.scalars(wanted.order_by(ContactNote.noted_on.desc(), ContactNote.id.desc())).all()


def dates_of(contact: Contact) -> Sequence[ContactDate]:
    """Dates to remember, in the order of the year."""
    wanted = select(ContactDate).where(ContactDate.contact_id == contact.id)
    return db.session.scalars(wanted.order_by(ContactDate.month, ContactDate.day, ContactDate.id)).all()


def touches_of(contact: Contact) -> Sequence[ContactTouch]:
    """Logged calls and meetings, the latest first."""
    wanted = select(ContactTouch).where(ContactTouch.contact_id == contact.id)
    return db.session.scalars(wanted.order_by(ContactTouch.touched_at.desc(), ContactTouch.id.desc())).all()


def waiting_for(owner: Person) -> Sequence[Contact]:
    """Details that somebody left, not yet looked at."""
    wanted = select(Contact).where(Contact.owner_id == owner.id, Contact.waits, Contact.removed_at.is_(None))
    return db.session.scalars(wanted.order_by(Contact.created_at.desc())).all()


def last_notes(ids: Iterable[int]) -> dict[int, str]:
    """The first line of the last note about each: what to ask."""
    rows = db.session.execute(
        select(ContactNote.contact_id, ContactNote.text)
        .where(ContactNote.contact_id.in_(list(ids)), ContactNote.removed_at.is_(None))
        .order_by(ContactNote.noted_on, ContactNote.id)
    )
    return {number: next(iter(text.splitlines()), "")[:200] for number, text in rows}
