"""Offering to greet newcomers."""

from datetime import datetime

from sqlalchemy import select

from ..db import db, lock
from ..groups.models import Group
from ..people.models import Person
from .greeting_models import Greeter


def offer(person: Person, group: Group, now: datetime) -> None:
    """Greet newcomers from now on. Offering twice is offering once."""
    lock(group)
    if _offer(person, group) is None:
        db.session.add(Greeter(person_id=person.id, group_id=group.id, offered_at=now))


def withdraw(person: Person, group: Group) -> None:
    """Greet nobody any more."""
    row = _offer(person, group)
    if row is not None:
        db.session.delete(row)


def _offer(person: Person, group: Group) -> Greeter | None:
    return db.session.scalar(select(Greeter).where(Greeter.person_id == person.id, Greeter.group_id == group.id))
