"""Going to all dates, when a guest's address turns out to be somebody's."""

from datetime import datetime

from sqlalchemy import select, update

from ..db import db
from ..people.models import Person
from .models import Regular


def pass_on_regulars(guest: Person, *, person: Person, now: datetime) -> None:
    """A guest's series are this person's, but those that both go to."""
    mine = select(Regular.series_id).where(Regular.person_id == person.id)
    theirs = Regular.person_id == guest.id, Regular.series_id.not_in(mine)
    db.session.execute(update(Regular).where(*theirs).values(person_id=person.id))
