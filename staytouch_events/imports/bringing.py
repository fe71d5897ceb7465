"""Bringing in a calendar through the site: the worker reads it, somebody looks it over, the worker makes the events."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from ..db import db
from ..events.models import Event
from ..feeds.outside import fetchable
from ..fetch import Fetched, Known, NotFetched, fetch
from ..groups.models import Group
from ..jobs import cancel_job, job, schedule
from ..people.models import Person
from .ics_actions import IcsReport, call_off, date_key, gone, known_dates, take
from .ics_reader import Caps, NotACalendar, Reading, SourceDate, read_calendar, window_of_days
from .models import FAILED, MADE, MAKING, READING, READY, CalendarImport

READ, MAKE = "imports.read", "imports.make"
AGAIN = timedelta(hours=6)
# Of the web (reliability.md, 16). The operator's command has no such bounds.
CAPS = Caps(dates=2_000, steps=100_000, seconds=30)
# Others who write wait no longer than these take.
AT_ONCE = 25
COUNTED = ("made", "changed", "cancelled", "same")
KEPT = timedelta(days=30)


def bring_file(group: Group, by: Person, name: str, body: bytes, now: datetime) -> CalendarImport:
    """A file that somebody has; the worker reads it at once."""
    return _begin(CalendarImport(group_id=group.id, by_id=by.id, name=name, body=body, created_at=now), now)


def bring_address(group: Group, by: Person, url: str, now: datetime) -> CalendarImport:
    """A calendar at an address. Raises Refused for what is none."""
    address = fetchable(url)
    return _begin(CalendarImport(group_id=group.id, by_id=by.id, name=address, url=address, created_at=now), now)


def make_events(row: CalendarImport, follows: bool, now: datetime) -> None:
    """What was looked over is to be made; an address may be followed from now on."""
    row.follows = follows and bool(row.url)
    if row.follows:
        schedule(READ, str(row.id), now + AGAIN, {"import": row.id})
    _go_on(row, now)


def read_now(row: CalendarImport, now: datetime) -> None:
    """Have the worker read it at once."""
    schedule(READ, str(row.id), now, {"import": row.id})


def forget(row: CalendarImport) -> None:
    """Follow it no more and forget what was read; its events stay."""
    for kind in (READ, MAKE):
        cancel_job(kind, str(row.id))
    db.session.delete(row)


def purge_imports(now: datetime) -> int:
    """Forget those of a month ago that nobody follows; how many."""
    old = delete(CalendarImport).where(CalendarImport.follows.is_(False), CalendarImport.created_at < now - KEPT)
    return db.session.execute(old).rowcount


def _begin(row: CalendarImport, now: datetime) -> CalendarImport:
    db.session.add(row)
    db.session.flush()
    read_now(row, now)
    return row


def _go_on(row: CalendarImport, now: datetime) -> None:
    row.state, row.done, row.result = MAKING, 0, {}
    schedule(MAKE, str(row.id), now, {"import": row.id})


@dataclass(frozen=True)
class _Found:
    """What was fetched, and what is in it; no reading where it is as it was, or no calendar."""

    fetched: Fetched
    reading: Reading | None


def _fetched(facts: dict[str, Any], now: datetime) -> _Found | None:
    """The file, or what the address says, worked out; None where it says nothing that we can use."""
    row = db.session.get(CalendarImport, facts["import"])
    if row is None:
        return None
    url, known, body, zone = row.url, Known(row.etag, row.modified), row.body, row.group.zone
    db.session.rollback()
    try:
        fetched = fetch(url, known) if url else Fetched(body)
    except NotFetched:
        return None
    return _Found(fetched, _reading(fetched.body, zone, now))


@job(READ, first=_fetched)
def _read(facts: dict[str, Any], now: datetime, found: _Found | None) -> None:
    """Show what is in it; of one that is followed, take over what is new."""
    row = db.session.get(CalendarImport, facts["import"])
    if row is None:
        return
    if row.follows:
        schedule(READ, str(row.id), now + AGAIN, {"import": row.id})
    if found is not None:
        row.read_at = now
        if found.fetched.body is None:
            row.failed = False
            return
    if found is None or found.reading is None:
        row.failed = True
        row.state = FAILED if row.state == READING else row.state
        return
    fetched, reading = found.fetched, found.reading
    row.body, row.failed = fetched.body, False
    row.etag, row.modified = fetched.known.etag, fetched.known.modified
    if row.follows:
        _go_on(row, now)
    else:
        row.state, row.found = READY, _found(row.group, reading)


def _worked_out(facts: dict[str, Any], now: datetime) -> tuple[bytes, Reading] | None:
    """What was looked over, and what is in it."""
    row = db.session.get(CalendarImport, facts["import"])
    if row is None or row.body is None:
        return None
    body, zone = row.body, row.group.zone
    db.session.rollback()
    reading = _reading(body, zone, now)
    return None if reading is None else (body, reading)


@job(MAKE, first=_worked_out)
def _make_some(facts: dict[str, Any], now: datetime, found: tuple[bytes, Reading] | None) -> None:
    """The next few of its dates; at the end what was taken out of it is called off."""
    row = db.session.get(CalendarImport, facts["import"])
    if row is None or found is None:
        return
    body, reading = found
    if body != row.body:
        # It was read anew meanwhile, and begins again.
        schedule(MAKE, str(row.id), now, {"import": row.id})
        return
    report, known = IcsReport(reading), known_dates(row.group)
    for found in reading.dates[row.done : row.done + AT_ONCE]:
        take(row.group, found, known, report, now)
    row.done += AT_ONCE
    if row.done < len(reading.dates):
        schedule(MAKE, str(row.id), now, {"import": row.id})
    else:
        window = window_of_days(None, None, row.group.zone, now)
        for event_id in gone(row.group, reading, known, window):
            call_off(db.session.get(Event, event_id), report, now)
        row.state = MADE
    row.result = {name: row.result.get(name, 0) + getattr(report, name) for name in COUNTED}


def _reading(body: bytes | None, zone: str, now: datetime) -> Reading | None:
    """What is in the next year of a calendar, which may take some seconds; None where it is none."""
    try:
        return None if body is None else read_calendar(body, zone, window_of_days(None, None, zone, now), CAPS)
    except NotACalendar:
        return None


def _found(group: Group, reading: Reading) -> dict[str, Any]:
    """What is shown: each date, whether it is here already, and what is left out, and why."""
    known = known_dates(group)
    return {
        "zone": reading.zone,
        "dates": [_shown(found, date_key(group, found) in known) for found in reading.dates],
        "left": [[left.title, left.when, left.why] for left in reading.left],
    }


def _shown(found: SourceDate, is_here: bool) -> dict[str, Any]:
    return {
        "title": found.title,
        "starts": found.times["starts_wall"].isoformat(),
        "all_day": found.times["all_day"],
        "place": found.location,
        "notes": list(found.notes),
        "cancelled": found.cancelled,
        "here": is_here,
    }
