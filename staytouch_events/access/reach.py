"""Whom news of an event reaches."""

from sqlalchemy import func, select

from ..db import db
from ..events.models import Event
from ..events.queries import sites_of
from ..people.models import Person
from ..rsvps.models import GOING, MAYBE, Rsvp


def people_reached(event: Event) -> int:
    """The same, at all sites of a day that has several."""
    return people_concerned(event) + sum(map(people_concerned, sites_of(event) if event.is_umbrella else ()))


def people_concerned(event: Event) -> int:
    """How many people are mailed when the event changes: going, waiting or maybe, with an address."""
    return db.session.scalar(
        select(func.count())
        .select_from(Rsvp)
        .join(Person, Person.id == Rsvp.person_id)
        .where(Rsvp.event_id == event.id, Rsvp.answer.in_((GOING, MAYBE)), Person.email.is_not(None))
    )
