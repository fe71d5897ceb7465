"""One's calendar as a file, and the calendars elsewhere that one follows."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, file_of, holds
from ..people.models import Person
from .models import OutsideCalendar
from .personal import personal_calendar


@file_of("calendar.ics")
def _calendar(person: Person, now: datetime) -> bytes:
    return personal_calendar(person, now)


@holds("calendars_elsewhere")
def _elsewhere(person: Person) -> Iterable[Row]:
    rows = select(OutsideCalendar).where(OutsideCalendar.person_id == person.id).order_by(OutsideCalendar.id)
    for row in db.session.scalars(rows):
        yield {"name": row.name, "address": row.url, "followed_since": row.created_at}
