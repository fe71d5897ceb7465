"""Following a calendar of one's own elsewhere: read by the worker now and then, kept as busy hours alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from ..db import db
from ..fetch import PORTS, Known, NotFetched, fetch
from ..jobs import cancel_job, job, schedule
from ..people.models import Person
from ..refusals import Refused
from .busy_hours import Hours, NoCalendar, busy_hours
from .models import BusyTime, OutsideCalendar

KIND = "feeds.read_outside"
AGAIN, BACK, AHEAD = timedelta(hours=6), timedelta(days=1), timedelta(days=366)
# So long a calendar may be the same before its rules are asked for later dates again.
WHOLE = timedelta(days=30)
MOST = 5


def follow_outside(person: Person, url: str, name: str, now: datetime) -> OutsideCalendar:
    """Follow one more; the worker reads it at once. Raises Refused."""
    address = fetchable(url)
    kept = db.session.scalar(select(func.count()).where(OutsideCalendar.person_id == person.id))
    if kept >= MOST:
        raise Refused(_("Five calendars are enough: remove one first."), "url")
    same = select(OutsideCalendar.id).where(OutsideCalendar.person_id == person.id, OutsideCalendar.url == address)
    if db.session.scalar(same):
        raise Refused(_("You follow this one already."), "url")
    row = OutsideCalendar(person_id=person.id, url=address, name=name or urlsplit(address).hostname, created_at=now)
    db.session.add(row)
    db.session.flush()
    read_again(row, now)
    return row


def read_again(calendar: OutsideCalendar, now: datetime) -> None:
    """Have the worker read it now."""
    schedule(KIND, str(calendar.id), now, {"calendar": calendar.id})


def leave_outside(calendar: OutsideCalendar) -> None:
    """Follow it no more; its hours go with it."""
    cancel_job(KIND, str(calendar.id))
    db.session.delete(calendar)


def fetchable(url: str) -> str:
    """The address as it is fetched: webcal is https by another name. Raises Refused."""
    address = url.strip()
    if address.lower().startswith("webcal://"):
        address = "https" + address[len("webcal") :]
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(_("Paste the whole address, which begins with https:// or webcal://."), "url")
    return address


@dataclass(frozen=True)
class _Found:
    """What was fetched, and the busy hours of it; None where it is as it was."""

    known: Known
    hours: list[Hours] | None


def _read(facts: dict[str, Any], now: datetime) -> _Found | None:
    """What the calendar's host says, worked out; None where it says nothing that we can use."""
    row = db.session.get(OutsideCalendar, facts["calendar"])
    if row is None:
        return None
    is_fresh = row.taken_at and now - row.taken_at < WHOLE
    url, known = row.url, Known(row.etag, row.modified) if is_fresh else Known()
    zone = db.session.get(Person, row.person_id).zone or "UTC"
    db.session.rollback()
    try:
        fetched = fetch(url, known)
        same = fetched.body is None
        return _Found(fetched.known, None if same else busy_hours(fetched.body, zone, now - BACK, now + AHEAD))
    except (NotFetched, NoCalendar):
        return None


@job(KIND, first=_read)
def _keep(facts: dict[str, Any], now: datetime, found: _Found | None) -> None:
    """Take the hours over, and look again in some hours; a failure keeps what was read before."""
    row = db.session.get(OutsideCalendar, facts["calendar"])
    if row is None:
        return
    schedule(KIND, str(row.id), now + AGAIN, {"calendar": row.id})
    row.failed = found is None
    if found is None:
        return
    row.read_at = now
    row.etag, row.modified = found.known.etag, found.known.modified
    if found.hours is not None:
        row.taken_at = now
        db.session.execute(delete(BusyTime).where(BusyTime.calendar_id == row.id))
        db.session.add_all(BusyTime(calendar_id=row.id, starts_at=begin, ends_at=end) for begin, end in found.hours)
