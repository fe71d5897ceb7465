"""A calendar of somebody else's making, to dates with their fields, or why not, per entry; nothing is stored here."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from typing import Any

from icalendar import Calendar, Component

from ..ics_rules import Effort, NotWorkedOut, check_rules
from ..text import BadText, clean_line, clean_text
from ..when import day_ends, day_starts
from .html_to_markdown import to_markdown
from .ics_dates import FLOATING, UNKNOWN_ZONE, Span, instant, span, zone_called

MOST_OF_A_RULE = 1_000
NO_START, NO_TITLE, PRIVATE, TWICE, BROKEN = "no-start", "no-title", "private", "twice", "broken"
TOO_MANY, OF_A_RULE, TENTATIVE = "too-many", "many-of-a-rule", "tentative"
# What icalendar and its rules raise at bytes that nobody should have written.
ODD = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)


class NotACalendar(ValueError):
    """The bytes are no calendar."""


@dataclass(frozen=True)
class Window:
    """Dates that overlap it are read: from an instant to another, both in UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Caps:
    """The most that is read (reliability.md, 16); none for the operator's own command."""

    dates: int | None = None
    steps: int | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class SourceDate:
    """One date of a calendar. `recurrence` is its RECURRENCE-ID in UTC or its day, "" where nothing repeats."""

    uid: str
    recurrence: str
    title: str
    description: str
    times: dict[str, Any]
    location: str
    geo: tuple[float, float] | None
    url: str
    tags: list[str]
    cancelled: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """What all dates of a UID share."""

    uid: str
    repeats: bool
    # A name of a zone that nobody knows leaves times without one.
    names_zone: bool


@dataclass(frozen=True)
class Left:
    """An entry that is not made an event: its name, when it starts as far as that is known, and why (a code)."""

    title: str
    when: str
    why: str


@dataclass
class Reading:
    """A calendar as it was read."""

    name: str
    # What times without a zone of their own were taken to be in.
    zone: str
    dates: list[SourceDate] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    # UIDs whose every date in the window is known: a date of theirs that is not here is gone.
    uids: set[str] = field(default_factory=set)


def read_calendar(body: bytes, zone: str, window: Window, caps: Caps) -> Reading:
    """Everything of a calendar that falls into a window. Raises NotACalendar.

    `zone` is the group's: it is taken for times without one where the calendar has no X-WR-TIMEZONE.
    """
    calendars = _calendars(body)
    own = zone_called(str(calendars[0].get("X-WR-TIMEZONE", "")))
    reading = Reading(_line(str(calendars[0].get("X-WR-CALNAME", "")), 120), own or zone)
    effort = Effort(caps.steps, None if caps.seconds is None else monotonic() + caps.seconds)
    entries = [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    for uid, series in _by_uid(entries, reading).items():
        if _read_series(uid, series, window, effort, reading):
            reading.uids.add(uid)
    reading.dates.sort(key=lambda found: (found.times["starts_at"], found.title))
    if caps.dates is not None:
        reading.left += [
            _left(found.title, found.times["starts_at"], TOO_MANY) for found in reading.dates[caps.dates :]
        ]
        reading.uids -= {found.uid for found in reading.dates[caps.dates :]}
        del reading.dates[caps.dates :]
    return reading


def zone_said(body: bytes) -> str | None:
    """The zone that a calendar names as its own (X-WR-TIMEZONE). Raises NotACalendar."""
    return zone_called(str(_calendars(body)[0].get("X-WR-TIMEZONE", "")))


def _calendars(body: bytes) -> list[Component]:
    try:
        calendars = Calendar.from_ical(body, multiple=True)
    except ODD as why:
        raise NotACalendar(type(why).__name__) from why
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise NotACalendar("no VCALENDAR")
    return calendars


def usual_window(now: datetime) -> Window:
    """30 days back to a year on."""
    return Window(now - timedelta(days=30), now + timedelta(days=366))


def window_of_days(first: datetime | None, last: datetime | None, zone: str, now: datetime) -> Window:
    """From a day's start to another's end, at clocks of a zone; the usual window's where one is left out."""
    usual = usual_window(now)
    since = day_starts(first.date(), zone) if first else usual.since
    until = day_ends(last.date(), zone) if last else usual.until
    return Window(since, until)


def _by_uid(entries: list[Component], reading: Reading) -> dict[str, list[Component]]:
    """Entries that can be read, those of one UID together. One without gets its own from what it says."""
    found: dict[str, list[Component]] = {}
    for entry in entries:
        title = _line(str(entry.get("SUMMARY", "")), 120)
        if not _has_start(entry):
            reading.left.append(Left(title, "", NO_START))
            continue
        uid = str(entry.get("UID", "")).strip() or _made_uid(entry)
        if str(entry.get("CLASS", "PUBLIC")).upper() in ("PRIVATE", "CONFIDENTIAL"):
            reading.left.append(Left("", _day_of(entry), PRIVATE))
        elif _again(entry, found.get(uid, [])):
            reading.left.append(Left(title, _day_of(entry), TWICE))
        else:
            found.setdefault(uid, []).append(entry)
    return found


def _has_start(entry: Component) -> bool:
    try:
        return isinstance(entry["DTSTART"].dt, date)
    except ODD:
        return False


def _made_uid(entry: Component) -> str:
    said = "|".join(str(entry.get(name, "")) for name in ("SUMMARY", "LOCATION", "URL"))
    return "none-" + hashlib.sha256(f"{entry['DTSTART'].dt}|{said}".encode()).hexdigest()[:32]


def _again(entry: Component, others: list[Component]) -> bool:
    """Whether the same entry stands in the file already, at no later revision."""
    which = _recurrence_text(entry)
    return any(_recurrence_text(other) == which for other in others)


def _recurrence_text(entry: Component) -> str:
    return str(entry["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in entry else ""


def _read_series(uid: str, series: list[Component], window: Window, effort: Effort, reading: Reading) -> bool:
    """Whether all of its dates in the window are known now."""
    title = _line(str(series[0].get("SUMMARY", "")), 120)
    try:
        check_rules(series, window.until, effort)
        found = _expanded(series, window, reading.zone)
    except NotWorkedOut as why:
        reading.left.append(Left(title, _day_of(series[0]), str(why)))
        return False
    except ODD:
        reading.left.append(Left(title, _day_of(series[0]), BROKEN))
        return False
    repeats = any(name in part for part in series for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    shared = Series(uid, repeats, any("TZID" in part["DTSTART"].params for part in series))
    known = [_take(shared, entry, reading, window) for entry in found[:MOST_OF_A_RULE]]
    if len(found) > MOST_OF_A_RULE:
        reading.left.append(_left(title, instant(found[MOST_OF_A_RULE]["DTSTART"].dt, reading.zone), OF_A_RULE))
    return all(known) and len(found) <= MOST_OF_A_RULE


def _expanded(series: list[Component], window: Window, zone: str) -> list[Component]:
    """Each date of a UID in the window, the cancelled ones too, in order."""
    # Imported here: only whoever reads calendars of others needs it.
    from recurring_ical_events import of

    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.subcomponents = series
    found = of(calendar).between(window.since - timedelta(days=1), window.until + timedelta(days=1))
    return sorted(found, key=lambda entry: instant(entry["DTSTART"].dt, zone))


def _take(series: Series, entry: Component, reading: Reading, window: Window) -> bool:
    """Read one date; False where it can't be."""
    title = _line(str(entry.get("SUMMARY", "")), 120)
    try:
        when = span(entry, reading.zone)
        if not (when.starts_at < window.until and window.since < when.ends_at):
            return True
        if title:
            reading.dates.append(_date(series, title, entry, when, reading.zone))
        else:
            reading.left.append(_left(title, when.starts_at, NO_TITLE))
        return True
    except (BadText, *ODD):
        reading.left.append(Left(title, _day_of(entry), BROKEN))
        return False


def _date(series: Series, title: str, entry: Component, when: Span, zone: str) -> SourceDate:
    status = str(entry.get("STATUS", "")).upper()
    notes = tuple(UNKNOWN_ZONE if note == FLOATING and series.names_zone else note for note in when.notes)
    return SourceDate(
        uid=series.uid,
        recurrence=_recurrence(entry, when, zone) if series.repeats else "",
        title=title,
        description=to_markdown(clean_text(str(entry.get("DESCRIPTION", ""))))[:10_000],
        times=when.fields,
        location=_line(str(entry.get("LOCATION", "")).replace("\n", ", "), 300),
        geo=_geo(entry),
        url=_web_address(str(entry.get("URL", ""))),
        tags=list(dict.fromkeys(_tags(entry)))[:20],
        cancelled=status == "CANCELLED",
        notes=notes + ((TENTATIVE,) if status == "TENTATIVE" else ()),
    )


def _recurrence(entry: Component, when: Span, zone: str) -> str:
    """Which date of its series it is, however its file writes that: an instant, or a day for whole days."""
    named = entry["RECURRENCE-ID"].dt if "RECURRENCE-ID" in entry else entry["DTSTART"].dt
    if when.fields["all_day"]:
        return (named.date() if isinstance(named, datetime) else named).isoformat()
    return instant(named, zone).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _geo(entry: Component) -> tuple[float, float] | None:
    try:
        lat, lon = float(entry["GEO"].latitude), float(entry["GEO"].longitude)
    except ODD:
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0) else None


def _tags(entry: Component) -> Iterator[str]:
    given = entry.get("CATEGORIES", [])
    for one in given if isinstance(given, list) else [given]:
        for word in getattr(one, "cats", [one]):
            if tag := _line(str(word), 50):
                yield tag


def _web_address(text: str) -> str:
    url = _line(text, 500)
    return url if url.startswith(("http://", "https://")) else ""


def _line(text: str, most: int) -> str:
    try:
        return clean_line(text)[:most].strip()
    except BadText:
        return ""


def _day_of(entry: Component) -> str:
    return f"{entry['DTSTART'].dt:%Y-%m-%d}"


def _left(title: str, starts_at: datetime, why: str) -> Left:
    return Left(title, f"{starts_at:%Y-%m-%d}", why)
