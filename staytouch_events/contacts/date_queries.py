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
    """Those of the days to come, today among them, the soonest first; each once."""
    today = today_of(owner, now)
    found: dict[int, Day] = {}
    for day in dates_between(owner, today, today + within, now):
        found.setdefault(day.row.id, day)
    return list(found.values())


def dates_between(owner: Person, first: date, last: date, now: datetime) -> list[Day]:
    """What is to be remembered from a day to another, both included, the soonest first."""
    rows = db.session.execute(
        select(ContactDate, Contact)
        .join(Contact, Contact.id == ContactDate.contact_id)
        .options(joinedload(Contact.person))
        .where(*kept_by(owner))
    ).all()
    today, years = today_of(owner, now), range(first.year, last.year + 1)
    days = (_day(row, contact, _in_year(row, year), today) for row, contact in rows for year in years)
    return sorted((day for day in days if first <= day.on <= last), key=lambda day: (day.on, day.contact.sort_name))


def _day(row: ContactDate, contact: Contact, on: date, today: date) -> Day:
    return Day(row, contact, on, today, on.year - row.year if row.year and row.year < on.year else None)


def _in_year(row: ContactDate, year: int) -> date:
    """Its day that year; 29 February is the 28th in most years."""
    return date(year, row.month, min(row.day, calendar.monthrange(year, row.month)[1]))
