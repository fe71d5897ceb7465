"""Reading a calendar of somebody else's making for the hours in which its owner is busy."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

# At most so many hours are kept; rules that repeat within a day are nobody's appointments (reliability.md, 16).
MOST = 2_000
OFTEN = {"HOURLY", "MINUTELY", "SECONDLY"}


class NoCalendar(ValueError):
    """The bytes are no calendar."""


def busy_hours(body: bytes, zone: str, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """(from, to) of what keeps the owner busy between two instants, in UTC. Raises NoCalendar.

    Busy is what RFC 5545 calls opaque; a whole day is busy only where its calendar says so, for a birthday is not.
    `zone` is the owner's, for times that name none.
    """
    # Imported here: only the worker reads calendars of others.
    from recurring_ical_events import of

    try:
        calendar = Calendar.from_ical(body)
        calendar.subcomponents = [part for part in calendar.subcomponents if not _is_too_often(part)]
        found = of(calendar, skip_bad_series=True).between(since, until)
        hours = [_hours(entry, zone) for entry in found if _is_busy(entry)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as why:
        raise NoCalendar(type(why).__name__) from why
    return sorted({pair for pair in hours if since < pair[1] and pair[0] < pair[1]})[:MOST]


def _is_too_often(part: Component) -> bool:
    rules = part.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return any(OFTEN & {str(word).upper() for word in rule.get("FREQ", [])} for rule in rules)


def _is_busy(entry: Component) -> bool:
    whole_days = not isinstance(entry["DTSTART"].dt, datetime)
    said = str(entry.get("TRANSP", "TRANSPARENT" if whole_days else "OPAQUE")).upper()
    return said == "OPAQUE" and str(entry.get("STATUS", "")).upper() != "CANCELLED"


def _hours(entry: Component, zone: str) -> tuple[datetime, datetime]:
    start, end = entry["DTSTART"].dt, entry["DTEND"].dt
    return _instant(start, zone), _instant(end, zone)


def _instant(value, zone: str) -> datetime:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.tzinfo is not None:
        return value.astimezone(UTC)
    return value.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
