"""Whose card a link stands for, and whose people are whose: they are their keeper's alone, for admins too."""

from flask import abort
from sqlalchemy import ColumnElement, Select, select

from ..contacts.card_models import VERSIONS, Card, CardAsk
from ..contacts.met_queries import people_met
from ..contacts.models import Contact, ContactDate, ContactNote, ContactTouch
from ..db import db
from ..events.models import Event
from ..people.models import Person
from .events import visible_event
from .impact import was_there
from .tokens import row_by_token, token_of

CARD = "contacts.card"


def card_token(card: Card) -> str:
    """The standing token of one version of a card."""
    return token_of(CARD, card)


def card_by_token(text: str) -> Card:
    """The card that a link stands for; 404 for an unknown or revoked one."""
    return row_by_token(Card, CARD, text)


def own_card(viewer, version: str) -> Card:
    """The viewer's own card in this version; 404 for what is none, or was not made yet."""
    if version not in VERSIONS:
        abort(404)
    return _found(select(Card).where(Card.person_id == viewer.id, Card.version == version))


def people_of(viewer) -> Select:
    """The people whom the viewer keeps: not those taken out, nor details not yet looked at."""
    return select(Contact).where(*kept_by(viewer))


def kept_by(viewer) -> tuple[ColumnElement[bool], ...]:
    """What makes a contact one of the viewer's people."""
    return (Contact.owner_id == viewer.id, Contact.removed_at.is_(None), ~Contact.waits)


def own_contact(viewer, public_id: str) -> Contact:
    """One of the viewer's own people; anybody else's is 404, and so is whom they took out."""
    mine = Contact.public_id == public_id, Contact.owner_id == viewer.id
    return _found(select(Contact).where(*mine, Contact.removed_at.is_(None)))


def kept_person(viewer, public_id: str) -> Contact | None:
    """One of the viewer's people, where they still are."""
    return db.session.scalar(people_of(viewer).where(Contact.public_id == public_id))


def removed_person(viewer, public_id: str) -> Contact | None:
    """One of those whom the viewer took out, as long as they are."""
    mine = Contact.public_id == public_id, Contact.owner_id == viewer.id
    return db.session.scalar(select(Contact).where(*mine, Contact.removed_at.is_not(None)))


def note_of(contact: Contact, number: int) -> ContactNote:
    """One note about this contact; else 404."""
    return _found(_note(contact, number).where(ContactNote.removed_at.is_(None)))


def removed_note(contact: Contact, number: int) -> ContactNote | None:
    """A note that was taken out, as long as it is."""
    return db.session.scalar(_note(contact, number).where(ContactNote.removed_at.is_not(None)))


def date_of(contact: Contact, number: int) -> ContactDate:
    """One date to remember of this contact; else 404."""
    return _found(select(ContactDate).where(ContactDate.id == number, ContactDate.contact_id == contact.id))


def touch_of(contact: Contact, number: int) -> ContactTouch:
    """One logged call or meeting with this contact; else 404."""
    return _found(select(ContactTouch).where(ContactTouch.id == number, ContactTouch.contact_id == contact.id))


def ask_to(viewer, public_id: str) -> CardAsk:
    """A wish to exchange cards that somebody had for the viewer; else 404."""
    return _found(select(CardAsk).where(CardAsk.public_id == public_id, CardAsk.asked_id == viewer.id))


def event_come_to(viewer, slug: str) -> Event:
    """An event that the viewer sees and was checked in at; 403 for who was not."""
    event = visible_event(viewer, slug)
    if not was_there(viewer, event):
        abort(403)
    return event


def found_there(viewer, event: Event, who: str) -> Person:
    """Somebody who was there, too, and lets the viewer see it, by the name of their party; else 404."""
    met = next((met for met in people_met(event, viewer) or () if met.who == who), None)
    if met is None:
        abort(404)
    return met.person


def _note(contact: Contact, number: int) -> Select:
    return select(ContactNote).where(ContactNote.id == number, ContactNote.contact_id == contact.id)


def _found(wanted: Select):
    row = db.session.scalar(wanted)
    if row is None:
        abort(404)
    return row
