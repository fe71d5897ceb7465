"""Times as other calendars write them: zones of every kind of name, whole days, and what is left unsaid."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from ..events.times import all_day_times
from ..when import wall_time, zone_names

# What is taken where a timed entry has no end, or ends as it starts.
USUAL = timedelta(hours=1)
# Names under which calendars write instants, and no place has its clocks.
UNIVERSAL = {"UTC", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Zulu", "Etc/Universal", "Etc/Greenwich"}
FLOATING, UNKNOWN_ZONE, NO_END = "floating", "unknown-zone", "no-end"


@dataclass(frozen=True)
class Span:
    """From when to when, as fields of an event, and what was taken for granted."""

    fields: dict[str, Any]
    notes: tuple[str, ...]

    @property
    def starts_at(self) -> datetime:
        """Its first instant."""
        return self.fields["starts_at"]

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over."""
        return self.fields["ends_at"]


def span(entry: Component, zone: str) -> Span:
    """When a date of a calendar is. `zone` is for times that name none. Raises ValueError."""
    start, end = entry["DTSTART"].dt, _end(entry)
    if not isinstance(start, datetime):
        return _whole_days(start, end, zone)
    notes = []
    named = _named_zone(entry["DTSTART"])
    if start.tzinfo is None:
        notes.append(FLOATING)
    starts_at = instant(start, zone)
    ends_at = instant(end, zone)
    if ends_at == starts_at:
        notes.append(NO_END)
        ends_at = starts_at + USUAL
    if ends_at < starts_at:
        raise ValueError("it ends before it starts")
    own = named or zone
    fields = {
        "all_day": False,
        "zone": own,
        "starts_wall": wall_time(starts_at, own),
        "ends_wall": wall_time(ends_at, own),
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return Span(fields, tuple(notes))


def instant(value: date, zone: str) -> datetime:
    """The instant of a date or time of a calendar, in UTC; `zone` is for what names none."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time.min)
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone))
    return value.astimezone(UTC)


@lru_cache(maxsize=512)
def zone_called(name: str) -> str | None:
    """The IANA zone of a name: its own, Microsoft's, or one with a maker's path before it; None for others."""
    known = zone_names() - UNIVERSAL
    parts = name.strip().strip("/").split("/")
    tails = ("/".join(parts[-length:]) for length in (3, 2))
    return next((zone for zone in (WINDOWS_TO_OLSON.get(name.strip(), ""), *tails) if zone in known), None)


def _named_zone(start) -> str | None:
    """The zone that a start names. UTC is none: programs write it for what was meant at some place."""
    return zone_called(start.params.get("TZID") or getattr(start.dt.tzinfo, "key", "") or "")


def _end(entry: Component) -> date:
    start = entry["DTSTART"].dt
    if "DTEND" in entry:
        return entry["DTEND"].dt
    if "DURATION" in entry:
        return start + entry["DURATION"].dt
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _whole_days(first: date, after: date, zone: str) -> Span:
    after = after.date() if isinstance(after, datetime) else after
    after = max(after, first + timedelta(days=1))
    return Span(all_day_times(datetime.combine(first, time.min), datetime.combine(after, time.min), zone), ())
