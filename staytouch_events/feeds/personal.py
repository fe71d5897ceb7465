"""A person's own calendar: what they go to, may go to, their shifts and appointments, and their people."""

from collections.abc import Callable, Iterable
from datetime import datetime

from .. import ics
from ..contacts.calendar_entries import date_entry, reach_entry
from ..conversations.meeting_words import meeting_entry
from ..events.entries import entry
from ..links import site_link
from ..people.models import Person
from ..rsvps.emails import personal_fields
from ..rsvps.models import Rsvp
from ..volunteers.emails import job_entry
from .models import APPOINTMENTS, DAYS, EVENTS, PEOPLE, SHIFTS
from .queries import kinds_in, person_answers, person_days, person_jobs, person_meetings, person_reaches


def personal_entry(rsvp: Rsvp) -> ics.Entry:
    """The event as it is for whoever gave this answer."""
    return entry(rsvp.event, **personal_fields(rsvp, max(rsvp.event.changed_at, rsvp.answered_at)))


def personal_calendar(person: Person, day: datetime, now: datetime) -> bytes:
    """What the person wants in it, from 30 days before a day to a year after it."""
    vevents = [ics.vevent(made) for kind in kinds_in(person) for made in ENTRIES[kind](person, day, now)]
    name = person.name or "StayTouch"
    return ics.calendar(vevents, name=name, zone=person.zone or "UTC", url=site_link("discover.home"))


def people_entries(person: Person, day: datetime, now: datetime) -> list[ics.Entry]:
    """Whom to write to, and the days to remember, as far as they are wanted."""
    kinds = [kind for kind in (PEOPLE, DAYS) if kind in kinds_in(person)]
    return [made for kind in kinds for made in ENTRIES[kind](person, day, now)]


# What is in it of each kind, at a day and an instant.
ENTRIES: dict[str, Callable[[Person, datetime, datetime], Iterable[ics.Entry]]] = {
    EVENTS: lambda person, day, now: map(personal_entry, person_answers(person, day)),
    SHIFTS: lambda person, day, now: map(job_entry, person_jobs(person, day)),
    APPOINTMENTS: lambda person, day, now: (
        meeting_entry(row, person, row.changed_at) for row in person_meetings(person, day)
    ),
    PEOPLE: lambda person, day, now: (reach_entry(on, row) for on, row in person_reaches(person, now)),
    DAYS: lambda person, day, now: map(date_entry, person_days(person, now)),
}
