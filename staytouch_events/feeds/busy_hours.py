"""Reading a calendar of somebody else's making for the hours in which its owner is busy."""

from datetime import UTC, datetime
from time import monotonic
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from ..ics_rules import Effort, NotWorkedOut, check_rules

# At most so many hours are kept, of so many steps of rules, worked out in so many seconds (reliability.md, 16).
MOST, STEPS, SECONDS = 2_000, 1_000_000, 10.0
# What icalendar and its rules raise at bytes that nobody should have written.
ODD = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
Hours = tuple[datetime, datetime]


class NoCalendar(ValueError):
    """The bytes are no calendar."""


def busy_hours(body: bytes, zone: str, since: datetime, until: datetime, seconds: float = SECONDS) -> list[Hours]:
    """(from, to) of what keeps the owner busy between two instants, in UTC. Raises NoCalendar.

    Busy is what RFC 5545 calls opaque; a whole day is busy only where its calendar says so, for a birthday is not.
    `zone` is the owner's, for times that name none. Rules that can't be worked out, or not in these seconds, keep
    nobody busy.
    """
    try:
        calendar = Calendar.from_ical(body)
        entries = calendar.walk("VEVENT")
    except ODD as why:
        raise NoCalendar(type(why).__name__) from why
    effort = Effort(STEPS, monotonic() + seconds)
    found = {pair for series in _by_uid(entries) for pair in _hours_of(series, zone, since, until, effort)}
    return sorted(pair for pair in found if since < pair[1] and pair[0] < pair[1])[:MOST]


def _by_uid(entries: list[Component]) -> list[list[Component]]:
    """Entries of one UID together; one without stands alone."""
    found: dict[str, list[Component]] = {}
    for number, entry in enumerate(entries):
        found.setdefault(str(entry.get("UID", number)), []).append(entry)
    return list(found.values())


def _hours_of(series: list[Component], zone: str, since: datetime, until: datetime, effort: Effort) -> list[Hours]:
    """Those of one UID; none where its rule can't be worked out or it can't be read."""
    # Imported here: only the worker reads calendars of others.
    from recurring_ical_events import of

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.subcomponents = series
    try:
        check_rules(series, until, effort)
        return [_hours(entry, zone) for entry in of(calendar).between(since, until) if _is_busy(entry)]
    except (NotWorkedOut, *ODD):
        return []


def _is_busy(entry: Component) -> bool:
    whole_days = not isinstance(entry["DTSTART"].dt, datetime)
    said = str(entry.get("TRANSP", "TRANSPARENT" if whole_days else "OPAQUE")).upper()
    return said == "OPAQUE" and str(entry.get("STATUS", "")).upper() != "CANCELLED"


def _hours(entry: Component, zone: str) -> Hours:
    start, end = entry["DTSTART"].dt, entry["DTEND"].dt
    return _instant(start, zone), _instant(end, zone)


def _instant(value, zone: str) -> datetime:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
