"""A person's own calendar: what they go to, may go to, and their shifts."""

from datetime import datetime

from .. import ics
from ..events.entries import entry
from ..links import site_link
from ..people.models import Person
from ..rsvps.emails import personal_fields
from ..rsvps.models import Rsvp
from ..volunteers.emails import job_entry
from .queries import person_answers, person_jobs


def personal_entry(rsvp: Rsvp) -> ics.Entry:
    """The event as it is for whoever gave this answer."""
    return entry(rsvp.event, **personal_fields(rsvp, max(rsvp.event.changed_at, rsvp.answered_at)))


def personal_calendar(person: Person, day: datetime) -> bytes:
    """From 30 days before a day to a year after it."""
    vevents = [ics.vevent(personal_entry(rsvp)) for rsvp in person_answers(person, day)]
    vevents += [ics.vevent(job_entry(sign_up)) for sign_up in person_jobs(person, day)]
    name = person.name or "StayTouch"
    return ics.calendar(vevents, name=name, zone=person.zone or "UTC", url=site_link("discover.home"))
