"""People without an account: known by the address they typed, or by name alone."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from ..db import db
from ..links import new_public_id
from .models import Person
from .queries import person_by_email


def person_with(email: str, name: str, language: str, now: datetime) -> Person:
    """Whoever has this address; a new guest where nobody has, even when two ask at once."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    new = (
        insert(Person)
        .values(public_id=new_public_id(), email=email, name=name, language=language, created_at=now)
        .on_conflict_do_nothing(index_elements=[Person.email])
        .returning(Person)
    )
    return db.session.scalar(new) or person_by_email(email)


def person_without_address(name: str, now: datetime) -> Person:
    """Somebody whom an organizer adds by name alone."""
    person = Person(name=name, created_at=now)
    db.session.add(person)
    db.session.flush()
    return person
