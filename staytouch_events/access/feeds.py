"""Whose personal calendar a secret address is."""

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..links import is_token, public_id_of, token
from ..people.models import Person

CALENDAR = "people.calendar"


def calendar_token(person: Person) -> str:
    """The standing token of somebody's personal calendar."""
    return token(current_app.config["SETTINGS"].secret_keys, CALENDAR, person.public_id, person.generation)


def feed_by_token(text: str) -> Person:
    """The person whose calendar this is; 404 for an unknown or revoked token."""
    public_id = public_id_of(text)
    person = public_id and db.session.scalar(select(Person).where(Person.public_id == public_id))
    keys = current_app.config["SETTINGS"].secret_keys
    if not person or not is_token(keys, text, CALENDAR, person.public_id, person.generation):
        abort(404)
    return person
