"""A month of events as a sheet of weeks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from .models import CANCELLED, Event
from .words import clock, last_day, short_day, starts

# A longer event stands on its first days alone.
MOST_DAYS = 62


@dataclass
class Day:
    """One cell: a date, in the month or beside it, and the events on it."""

    on: date
    words: str
    inside: bool
    today: bool
    events: list[dict[str, Any]] = field(default_factory=list)


def read_month(text: str, today: date) -> date:
    """The first of the month that an address names as "2026-12"; nonsense is today's."""
    try:
        return date.fromisoformat(f"{text}-01") if len(text) == 7 and text.isascii() else today.replace(day=1)
    except ValueError:
        return today.replace(day=1)


def next_month(first: date, step: int = 1) -> date | None:
    """The first of the month after, or with -1 the one before; None at the ends of the calendar."""
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    return date(year, month + 1, 1) if 1970 <= year <= 2199 else None


def span(first: date) -> tuple[date, date]:
    """The first and the last day that the sheet of a month shows, in this language's weeks."""
    start = first - timedelta(days=(first.weekday() - _first_weekday()) % 7)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return start, last + timedelta(days=6 - (last.weekday() - _first_weekday()) % 7)


def sheet(events: Iterable[Event], first: date, today: date, page: str, **kept: Any) -> dict[str, Any]:
    """What events/_month.html shows; `page` is the endpoint whose other months it links to."""
    start, end = span(first)
    days = {
        day: Day(day, short_day(day), day.month == first.month, day == today)
        for day in (start + timedelta(days=number) for number in range((end - start).days + 1))
    }
    for event in events:
        for day in _days_of(event):
            if day in days:
                days[day].events.append(_line(event, day))
    cells = list(days.values())
    earlier, later = next_month(first, -1), next_month(first)
    return {
        "title": format_date(first, _("MMMM y"), get_locale()).capitalize(),
        "weekdays": [
            (format_date(cell.on, "EEE", get_locale()), format_date(cell.on, "EEEE", get_locale()))
            for cell in cells[:7]
        ],
        "weeks": [cells[at : at + 7] for at in range(0, len(cells), 7)],
        "empty": not any(cell.events for cell in cells if cell.inside),
        "earlier_url": _month_url(page, earlier, kept),
        "later_url": _month_url(page, later, kept),
    }


def _month_url(page: str, month: date | None, kept: dict[str, Any]) -> str | None:
    return None if month is None else url_for(page, month=f"{month:%Y-%m}", _anchor="month", **kept)


def _days_of(event: Event) -> list[date]:
    first = starts(event).date()
    count = min(MOST_DAYS, (last_day(event) - first).days + 1)
    return [first + timedelta(days=number) for number in range(max(1, count))]


def _line(event: Event, day: date) -> dict[str, Any]:
    begins = starts(event)
    return {
        "title": event.title,
        "url": url_for("pages.event", slug=event.slug),
        "time": clock(begins) if not event.all_day and begins.date() == day else "",
        "stock_class": f"crew-{event.group_id}",
        "gone": event.state == CANCELLED,
    }


def _first_weekday() -> int:
    """0 for Monday; the United States begin on Sunday."""
    locale = get_locale()
    known = locale if locale.territory else Locale.parse({"en": "en_US", "es": "es_US"}.get(locale.language, "en_US"))
    return known.first_week_day
