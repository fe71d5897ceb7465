"""What a person typed about events and has not saved."""

from collections.abc import Iterable

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .models import Draft, Event


@holds("unsaved_events")
def _drafts(person: Person) -> Iterable[Row]:
    rows = select(Draft, Event.title).join(Event, Event.id == Draft.event_id).where(Draft.person_id == person.id)
    for draft, title in db.session.execute(rows.order_by(Draft.id)):
        yield {"event": title, "typed": draft.typed, "saved_at": draft.saved_at}
