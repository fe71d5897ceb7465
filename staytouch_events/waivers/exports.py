"""What a person signed, in the very words, and what else they said before coming."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.exports import Row, holds
from ..people.models import Person
from ..rsvps.exports import about
from ..rsvps.models import Rsvp
from .models import EmergencyContact, PhotoAnswer, Signature

SAID = ("kind", "name", "signed_by", "relation", "age_from", "signed_at", "on_site", "withdrawn_at", "sha256")


@holds("signatures")
def _signatures(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(_of(person, Signature).options(joinedload(Signature.text)).order_by(Signature.id)):
        yield signature_row(row)


@holds("emergency_contacts")
def _contacts(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(_of(person, EmergencyContact)):
        yield about(row.rsvp.event) | {"name": row.name, "phone": row.phone, "saved_at": row.saved_at}


@holds("photo_answers")
def _photos(person: Person) -> Iterable[Row]:
    for row in db.session.scalars(_of(person, PhotoAnswer)):
        yield about(row.rsvp.event) | {"allowed": row.allowed, "answered_at": row.answered_at}


def signature_row(row: Signature) -> Row:
    """Who signed for whom, and the very words."""
    words = {"title": row.text.title, "version": row.text.version, "text": row.text.text}
    return about(row.event) | {name: getattr(row, name) for name in SAID} | words


def _of(person: Person, model) -> Select:
    """What goes with a person's answers."""
    related = joinedload(model.rsvp).joinedload(Rsvp.event).joinedload(Event.group)
    mine = select(model).join(Rsvp, Rsvp.id == model.rsvp_id).options(related)
    return mine.where(Rsvp.person_id == person.id).order_by(model.rsvp_id)
