"""Who came, when somebody's account is deleted: marks and hours stay with numbers, letters about hours go."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from ..db import db
from ..events.models import Event
from ..groups.queries import group_ids_of
from ..people.deletion import nameless
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..text import fold
from ..versions import raise_version
from ..waivers.leaving import unname_party
from .hours_letters import letters_of
from .models import DayInfo, HoursLetter, WalkUp


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """Who relies on letters about hours should know."""
    if letters_of(person):
        yield _("Letters about your hours can't be verified any more: download them first.")
    if db.session.scalar(select(HoursLetter.id).where(HoursLetter.issued_by_id == person.id).limit(1)):
        yield _("Letters about others' hours that you signed keep your name: they are their proof.")
    if _led(person):
        yield _("Where you are named as who leads on the day, your name and phone are taken out.")


def pass_on_hours(guest: Person, *, person: Person, now: datetime) -> None:
    """Where a guest came, and letters about it, are this person's."""
    for model in (WalkUp, HoursLetter):
        db.session.execute(update(model).where(model.person_id == guest.id).values(person_id=person.id))


def unname_walk_ups(person: Person, *, now: datetime) -> None:
    """Where somebody came without an answer, or was named to call on the day."""
    for row in db.session.scalars(select(WalkUp).where(WalkUp.person_id == person.id)):
        row.name, row.person_id = nameless(row.id), None
        unname_party(row.name, walk_up_id=row.id)
        raise_version(f"event:{row.event_id}", f"attendance:{row.event_id}")
    for info in _led(person):
        info.lead = info.lead_phone = ""
        raise_version(f"event:{info.event_id}", f"attendance:{info.event_id}")


def _led(person: Person) -> list[DayInfo]:
    """What events of this person's crews say of the day, where it names them."""
    crews = group_ids_of(person.id)
    of_crews = select(DayInfo).join(Event, Event.id == DayInfo.event_id).where(Event.group_id.in_(crews))
    named = db.session.scalars(of_crews.where(DayInfo.lead != "")) if person.name else ()
    return [info for info in named if fold(info.lead) == fold(person.name)]
