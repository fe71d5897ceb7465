"""What an address follows by mail."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .models import Follow

SAID = ("place_name", "lat", "lon", "within", "unit", "kind", "how", "created_at", "confirmed_at", "ended_at")


@holds("follows")
def _follows(person: Person) -> Iterable[Row]:
    mine = select(Follow).options(joinedload(Follow.group)).where(Follow.email == person.email).order_by(Follow.id)
    for row in db.session.scalars(mine) if person.email else ():
        yield {"crew": row.group and row.group.name} | {name: getattr(row, name) for name in SAID}
