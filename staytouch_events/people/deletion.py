"""Deleting an account (reliability.md, 26)."""

from datetime import datetime

from .. import happenings
from ..db import db
from .models import Person


def nameless(number: int) -> str:
    """What stands where a name stood, in whatever language: what somebody took part in is a number now."""
    return f"#{number}"


def delete(person: Person, now: datetime) -> None:
    """Each feature takes its own things back or makes them nameless, then the row goes."""
    happenings.person_deleted.send(person, now=now)
    db.session.flush()
    db.session.delete(person)
    db.session.flush()
