"""Whose reminders a standing link stands for; it opens their list of whom to write to, and nothing else of theirs."""

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..links import is_token, public_id_of, token
from ..people.models import Person

REACH_OUT = "contacts.reach"


def reach_token(person: Person) -> str:
    """The standing token of somebody's reminders."""
    return token(current_app.config["SETTINGS"].secret_keys, REACH_OUT, person.public_id, person.generation)


def reminded_by_token(text: str) -> Person:
    """Whose reminders these are; 404 for an unknown or revoked token."""
    public_id = public_id_of(text)
    person = public_id and db.session.scalar(select(Person).where(Person.public_id == public_id))
    keys = current_app.config["SETTINGS"].secret_keys
    if not person or not is_token(keys, text, REACH_OUT, person.public_id, person.generation):
        abort(404)
    return person
