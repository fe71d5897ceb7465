"""One's people on one's agenda: whom to write to, days to remember, and whom one just met."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from ..people.models import Person
from .calendar_entries import date_title, reach_title
from .date_queries import dates_between
from .met_page import just_over_events
from .met_queries import people_met
from .reach_words import soon_words
from .rhythm_queries import SOON, reach_days, settings_of, today_of

# So many stand on the list; the page of whom to write to has them all.
SHOWN = 6


def agenda_people(person: Person, now: datetime) -> dict[str, Any]:
    """The week ahead, for contacts/_agenda.html."""
    today = today_of(person, now)
    rows = [
        {"what": what, "url": url, "day": soon_words(on, today)}
        for on, what, url in people_between(person, today, today + SOON - timedelta(days=1), now)
    ]
    return {"rows": rows[:SHOWN], "over": _over(person, now)}


def people_between(person: Person, first: date, last: date, now: datetime) -> list[tuple[date, str, str]]:
    """Day, words and address of what one's people ask of each day from first to last; none where it is switched off."""
    if not settings_of(person).is_on:
        return []
    due = url_for("due.listing")
    reaches = [(on, reach_title(row), due) for on, row in reach_days(person, now, last) if on >= first]
    days = [
        (day.on, date_title(day), url_for("person.one", public_id=day.contact.public_id))
        for day in dates_between(person, first, last, now)
    ]
    return sorted([*days, *reaches], key=lambda row: row[0])


def _over(person: Person, now: datetime) -> dict[str, str] | None:
    """The latest event just over at which somebody may be met."""
    for event in just_over_events(person, now):
        if people_met(event, person):
            return {"title": event.title, "url": url_for("pages.event", slug=event.slug, _anchor="met")}
    return None
