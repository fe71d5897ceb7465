"""Real calendars: each date on which two expanders agree is an event at that instant, and no other."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar
from recurring_ical_events import of
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.imports.ics_actions import import_calendar
from staytouch_events.imports.ics_reader import Caps, Window, read_calendar, window_of_days

from ..cast import NOW, a_group
from ..conftest import one_database

pytestmark = pytest.mark.realdata
FILES = """badRRULE discourse-no-dtend exchange_whole_day_moved_recurrence festival-multiday-rrule
    makerspace-google-export meetup-timed-tz ms_timezones tentative-apple-calendar""".split()
BERLIN = ZoneInfo("Europe/Berlin")


@one_database
def test_a_makerspaces_year_is_what_two_expanders_agree_on(app, gazetteer_file, real_data):
    body = (real_data / "calendars" / "makerspace-google-export.ics").read_bytes()
    window = window_of_days(datetime(2018, 6, 1), datetime(2019, 6, 30), "Europe/Berlin", NOW)
    report = import_calendar(body, a_group("makers", zone="Europe/Berlin"), window, NOW)
    rows = db.session.execute(select(Event.title, Event.starts_at, Event.ends_at)).all()
    ours = sorted((title, starts_at, ends_at) for title, starts_at, ends_at in rows)
    assert ours == sorted(by_library(body, window)) == sorted(by_hand(body, window))
    assert report.made == len(ours) > 200 and report.left == []
    again = import_calendar(body, db.session.scalar(select(Event)).group, window, NOW)
    assert (again.made, again.changed, again.cancelled, again.same) == (0, 0, 0, len(ours))


@pytest.mark.parametrize("name", FILES)
def test_of_every_file_each_entry_is_dates_or_says_why_not(name, real_data):
    body = (real_data / "calendars" / f"{name}.ics").read_bytes()
    window = Window(datetime(2000, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    reading = read_calendar(body, "America/Los_Angeles", window, Caps())
    entries = list(Calendar.from_ical(body).walk("VEVENT"))
    told = {found.title for found in reading.dates} | {left.title for left in reading.left}
    assert told == {" ".join(str(entry.get("SUMMARY")).split())[:120].strip() for entry in entries}
    assert len(reading.uids | {left.title for left in reading.left}) >= len({entry.get("UID") for entry in entries})


def test_a_whole_day_moved_by_exchange_is_moved(real_data):
    body = (real_data / "calendars" / "exchange_whole_day_moved_recurrence.ics").read_bytes()
    window = Window(datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))
    dates = read_calendar(body, "Europe/Berlin", window, Caps()).dates
    assert [f"{found.times['starts_wall']:%m-%d}" for found in dates] == ["02-19", "02-24", "02-27", "03-03"]
    assert all(found.times["all_day"] for found in dates)


def by_library(body: bytes, window: Window) -> list[tuple]:
    """What recurring-ical-events makes of it."""
    found = of(Calendar.from_ical(body)).between(window.since, window.until)
    return [(_title(entry), *_instants(entry["DTSTART"].dt, entry["DTEND"].dt)) for entry in found]


def by_hand(body: bytes, window: Window) -> list[tuple]:
    """What dateutil makes of its rules on Berlin's clock, with changes and exceptions put in by hand."""
    entries = list(Calendar.from_ical(body).walk("VEVENT"))
    changes = {(str(entry["UID"]), _at(entry["RECURRENCE-ID"].dt)) for entry in entries if "RECURRENCE-ID" in entry}
    found = []
    for entry in entries:
        for start in _walls(entry, changes, window):
            length = _wall(entry["DTEND"].dt) - _wall(entry["DTSTART"].dt)
            starts_at, ends_at = (_instant(wall) for wall in (start, start + length))
            if starts_at < window.until and window.since < ends_at:
                found.append((_title(entry), starts_at, ends_at))
    return found


def _walls(entry, changes: set, window: Window) -> list[datetime]:
    start = _wall(entry["DTSTART"].dt)
    if "RRULE" not in entry or "RECURRENCE-ID" in entry:
        return [start]
    rule = entry["RRULE"].to_ical().decode()
    parts = [part for part in rule.split(";") if not part.startswith("UNTIL")]
    until = entry["RRULE"].get("UNTIL", [window.until])[0]
    last = min(_wall(until), _wall(window.until))
    out = entry.get("EXDATE", [])
    out = {_at(one.dt) for each in (out if isinstance(out, list) else [out]) for one in each.dts}
    dates = rrulestr(";".join(parts), dtstart=start).between(start, last, inc=True)
    return [wall for wall in dates if _instant(wall) not in out and (str(entry["UID"]), _instant(wall)) not in changes]


def _title(entry) -> str:
    return " ".join(str(entry["SUMMARY"]).split())


def _instants(*values) -> tuple[datetime, ...]:
    return tuple(_at(value) for value in values)


def _at(value: date) -> datetime:
    return _instant(_wall(value))


def _wall(value: date) -> datetime:
    """What Berlin's clocks show."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    return value.astimezone(BERLIN).replace(tzinfo=None)


def _instant(wall: datetime) -> datetime:
    return wall.replace(tzinfo=BERLIN).astimezone(UTC)
