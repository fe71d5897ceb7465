"""What was done, when whoever put it down is gone: it counts as before."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from ..db import db
from ..events.host_queries import crew_counters
from ..people.deletion import nameless
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..versions import LISTS, raise_version
from .models import Award, ImpactLog


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What stays of logs."""
    if _logs(person):
        yield _("What you put down for your crews, with its pictures, counts as before, without your name.")


def pass_on_logs(guest: Person, *, person: Person, now: datetime) -> None:
    """What a guest put down, and was given, is this person's."""
    written = ImpactLog.proposed_by_id == guest.id
    db.session.execute(update(ImpactLog).where(written).values(proposed_by_id=person.id))
    mine = select(Award.recognition_id).where(Award.person_id == person.id)
    given = Award.person_id == guest.id, Award.recognition_id.not_in(mine)
    db.session.execute(update(Award).where(*given).values(person_id=person.id))


def unname_logs(person: Person, *, now: datetime) -> None:
    """Logs without their writer."""
    for log in _logs(person):
        log.proposed_name, log.proposed_by_id = nameless(log.id), None
        raise_version(f"event:{log.event_id}", *crew_counters(log.event), LISTS)


def _logs(person: Person) -> list[ImpactLog]:
    return list(db.session.scalars(select(ImpactLog).where(ImpactLog.proposed_by_id == person.id)))
