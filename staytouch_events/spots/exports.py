"""Places that a person reported or said "me too" of."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds, pictures_of
from ..people.models import Person
from .models import Watcher

SAID = ("title", "state", "place_name", "lat", "lon")
# In the reporter's own words.
REPORTED = ("kind", "size", "hazards", "note", "closed_as", "reason")


@holds("places")
def _places(person: Person) -> Iterable[Row]:
    for row in _of(person):
        told = {name: getattr(row.spot, name) for name in (*SAID, *(REPORTED if row.reported else ()))}
        yield told | {"reported": row.reported, "said_at": row.created_at, "ended_at": row.ended_at}


@pictures_of
def _pictures(person: Person) -> dict[str, str]:
    return {row.spot.picture: f"place-{row.spot_id}" for row in _of(person) if row.reported and row.spot.picture}


def _of(person: Person) -> list[Watcher]:
    mine = select(Watcher).options(joinedload(Watcher.spot)).where(Watcher.person_id == person.id)
    return list(db.session.scalars(mine.order_by(Watcher.id)))
