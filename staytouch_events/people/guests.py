"""People without an account: known by the address they typed, or by name alone."""

from datetime import datetime
from functools import cache

from sqlalchemy import Insert, bindparam
from sqlalchemy.dialects import postgresql, sqlite

from ..db import Instant, db
from ..links import new_public_id
from .models import Person
from .queries import person_by_email


def person_with(email: str, name: str, language: str, now: datetime) -> Person:
    """Whoever has this address; a new guest where nobody has, even when two ask at once."""
    typed = {"new_id": new_public_id(), "new_email": email, "new_name": name, "new_language": language, "now": now}
    return db.session.scalar(_new_person(db.engine.dialect.name), typed) or person_by_email(email)


@cache
def _new_person(dialect: str) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    names = {"public_id": "new_id", "email": "new_email", "name": "new_name", "language": "new_language"}
    given = {column: bindparam(name) for column, name in names.items()}
    new = insert(Person).values(**given, created_at=bindparam("now", type_=Instant))
    return new.on_conflict_do_nothing(index_elements=[Person.email]).returning(Person)


def person_without_address(name: str, now: datetime) -> Person:
    """Somebody whom an organizer adds by name alone."""
    person = Person(name=name, created_at=now)
    db.session.add(person)
    db.session.flush()
    return person
