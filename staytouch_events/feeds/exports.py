"""One's calendar as a file, and the calendars elsewhere that one follows."""

from collections.abc import Iterable
from datetime import datetime

from ..people.exports import Row, file_of, holds
from ..people.models import Person
from .personal import personal_calendar
from .queries import followed_by, kinds_in


@file_of("calendar.ics")
def _calendar(person: Person, now: datetime) -> bytes:
    return personal_calendar(person, now, now)


@holds("calendars_elsewhere")
def _elsewhere(person: Person) -> Iterable[Row]:
    for row in followed_by(person):
        yield {"name": row.name, "address": row.url, "followed_since": row.created_at}


@holds("in_my_calendar")
def _kinds(person: Person) -> Iterable[Row]:
    yield {"kinds": list(kinds_in(person))}
