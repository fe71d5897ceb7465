"""What a person answered."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.exports import Row, holds
from ..people.models import Person
from .models import Rsvp

SAID = ("name", "answer", "standing", "adults", "minors", "note", "answered_at")


@holds("answers")
def _answers(person: Person) -> Iterable[Row]:
    mine = select(Rsvp).options(joinedload(Rsvp.event).joinedload(Event.group)).where(Rsvp.person_id == person.id)
    for row in db.session.scalars(mine.order_by(Rsvp.id)):
        yield about(row.event) | {name: getattr(row, name) for name in SAID}


def about(event: Event) -> Row:
    """Which event a row is about."""
    return {"event": event.title, "crew": event.group.name, "starts_at": event.starts_at}
