"""Which calendar programs have read a crew's calendar, and since when they know of a change, in words."""

from datetime import datetime, timedelta

from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _

from ..events.models import PUBLIC, Event
from ..groups.models import Group
from ..tallies import CalendarReading, calendar_path, readings_of

# A reading is known by its hour alone: it may be of any minute of it.
HOUR = timedelta(hours=1)


def group_readers(groups: list[Group], now: datetime) -> dict[int, list[CalendarReading]]:
    """The programs that read these groups' calendars, the latest reader first."""
    paths = {group.id: calendar_path(group.slug) for group in groups}
    found = readings_of(paths.values(), now)
    return {number: found.get(path, []) for number, path in paths.items()}


def since_words(readers: list[CalendarReading], event: Event, now: datetime) -> str:
    """Who has read the calendar since the event changed, and who has not; empty where it is in none."""
    if event.visibility != PUBLIC or not readers:
        return ""
    fresh = [row.program for row in readers if knows(row, event.changed_at)]
    stale = [reader_words(row, now) for row in readers if not knows(row, event.changed_at)]
    parts = [_("Read since by %(programs)s.", programs=", ".join(fresh))] if fresh else []
    parts += [_("Not yet by %(programs)s.", programs="; ".join(stale))] if stale else []
    return " ".join(parts)


def knows(reading: CalendarReading, changed_at: datetime) -> bool:
    """Whether a program surely read after the change."""
    return reading.read_at >= changed_at


def reader_words(reading: CalendarReading, now: datetime) -> str:
    """The program, when it last read, and for how many, where it says."""
    ago = format_timedelta(max(now - reading.read_at, HOUR), granularity="hour", threshold=1)
    said = _("%(program)s (%(time)s ago)", program=reading.program, time=ago)
    if reading.subscribers is None:
        return said
    people = ngettext("%(num)d subscriber", "%(num)d subscribers", reading.subscribers)
    return f"{said}: {people}"
