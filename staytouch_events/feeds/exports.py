"""One's calendar as a file."""

from datetime import datetime

from ..people.exports import file_of
from ..people.models import Person
from .personal import personal_calendar


@file_of("calendar.ics")
def _calendar(person: Person, now: datetime) -> bytes:
    return personal_calendar(person, now)
