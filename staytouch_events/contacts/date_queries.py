"""Days of the year that somebody wants to remember."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..access.contacts import kept_by
from ..db import db
from ..people.models import Person
from .models import Contact, ContactDate
from .rhythm_queries import SOON, today_of


@dataclass(frozen=True)
class Day:
    """A date that comes: on which day this time, and how many years it is then, where that is known."""

    row: ContactDate
    contact: Contact
    on: date
    today: date
    years: int | None


def dates_soon(owner: Person, now: datetime, within: timedelta = SOON) -> list[Day]:
    """Those of the days to come, today among them, the soonest first."""
    today = today_of(owner, now)
    rows = db.session.execute(
        select(ContactDate, Contact)
        .join(Contact, Contact.id == ContactDate.contact_id)
        .options(joinedload(Contact.person))
        .where(*kept_by(owner))
    ).all()
    days = [_day(row, contact, today) for row, contact in rows]
    return sorted((day for day in days if day.on <= today + within), key=lambda day: (day.on, day.contact.sort_name))


def _day(row: ContactDate, contact: Contact, today: date) -> Day:
    on = _in_year(row, today.year)
    on = on if on >= today else _in_year(row, today.year + 1)
    return Day(row, contact, on, today, on.year - row.year if row.year and row.year < on.year else None)


def _in_year(row: ContactDate, year: int) -> date:
    """Its day that year; 29 February is the 28th in most years."""
    return date(year, row.month, min(row.day, calendar.monthrange(year, row.month)[1]))
