"""Whom news of an event reaches."""

from sqlalchemy import func, select

from ..db import db
from ..events.models import Event
from ..people.models import Person
from ..rsvps.models import GOING, MAYBE, Rsvp


def people_concerned(event: Event) -> int:
    """How many people are mailed when the event changes: going, waiting or maybe, with an address."""
    return db.session.scalar(
        select(func.count())
        .select_from(Rsvp)
        .join(Person, Person.id == Rsvp.person_id)
        .where(Rsvp.event_id == event.id, Rsvp.answer.in_((GOING, MAYBE)), Person.email.is_not(None))
    )
