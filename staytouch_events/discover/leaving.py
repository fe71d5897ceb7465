"""Following by mail, when somebody's account is deleted."""

from datetime import datetime

from sqlalchemy import select

from ..db import db
from ..jobs.table import cancel_job
from ..people.models import Person
from .follows import DIGEST, NEWS
from .models import Follow


def move_follows(person: Person, *, before: str, now: datetime) -> None:
    """What the old address followed, the new one does; what both followed, once."""
    wanted = [follow for follow in _of(person.email) if follow.is_on]
    for follow in _of(before):
        if any(_same(follow, other) for other in wanted):
            _drop(follow)
        else:
            follow.email = person.email


def end_follows(person: Person, *, now: datetime) -> None:
    """Whoever has no address any more follows nothing by it."""
    if not person.email:
        return
    for follow in _of(person.email):
        _drop(follow)


def _of(email: str) -> list[Follow]:
    return list(db.session.scalars(select(Follow).where(Follow.email == email)))


def _same(one: Follow, other: Follow) -> bool:
    names = ("group_id", "lat", "lon", "within", "unit", "kind")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _drop(follow: Follow) -> None:
    for kind in (NEWS, DIGEST):
        cancel_job(kind, str(follow.id))
    db.session.delete(follow)
