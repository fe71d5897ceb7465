"""Reported places, when whoever reported them is gone: they need hands all the same."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from ..db import db
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..pictures import drop_when_committed
from ..versions import LISTS, raise_version
from .models import WAITING, Watcher


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What stays of reports."""
    if any(row.reported for row in _watched(person)):
        yield _("Places that you reported stay, without you.")


def pass_on_spots(guest: Person, *, person: Person, now: datetime) -> None:
    """Places that a guest reported or watches are this person's to hear of."""
    mine = select(Watcher.spot_id).where(Watcher.person_id == person.id)
    theirs = Watcher.person_id == guest.id, Watcher.spot_id.not_in(mine)
    db.session.execute(update(Watcher).where(*theirs).values(person_id=person.id))


def leave_spots(person: Person, *, now: datetime) -> None:
    """Nobody watches them for this person; what only waited for their confirmation goes."""
    for row in _watched(person):
        if row.reported and row.spot.state == WAITING:
            drop_when_committed(row.spot.picture)
            db.session.delete(row.spot)
        raise_version(LISTS)


def _watched(person: Person) -> list[Watcher]:
    return list(db.session.scalars(select(Watcher).where(Watcher.person_id == person.id)))
