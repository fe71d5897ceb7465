"""How often event pages are opened, and which calendar programs read which calendar: numbers, nobody's.

A layer outside the page cache, which answers most of them. It holds what it saw and writes it now and then: a
process that is killed loses a minute of it.
"""

import logging
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from .db import db
from .when import now

log = logging.getLogger("staytouch.tallies")
PAGE = re.compile(r"/events/[^/.]+")
CALENDAR = re.compile(r"/(groups/[^/]+/calendar|events/[^/]+)\.ics")
# Whoever opens pages to look for links, or to draw a preview of one.
ROBOTS = re.compile(r"bot\b|bot[/;]|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|^$", re.I)
# By what a program says of itself (User-Agent), the first that fits.
PROGRAMS = (
    ("Google Calendar", re.compile(r"Google-Calendar")),
    ("Outlook", re.compile(r"Microsoft|Outlook|Exchange")),
    ("Apple Calendar", re.compile(r"dataaccessd|CalendarAgent|\biCal\b|accountsd")),
    ("Thunderbird", re.compile(r"Thunderbird|Lightning")),
    ("Nextcloud", re.compile(r"Nextcloud", re.I)),
    ("Proton Calendar", re.compile(r"Proton", re.I)),
    ("Yahoo Calendar", re.compile(r"Yahoo")),
    ("Fantastical", re.compile(r"Fantastical")),
    ("BusyCal", re.compile(r"BusyCal")),
    ("ICSx5", re.compile(r"ICSx5", re.I)),
    ("vdirsyncer", re.compile(r"vdirsyncer")),
)
# Some say for how many people they read.
SUBSCRIBERS = re.compile(r"(\d{1,6}) subscribers?")
EVERY = timedelta(minutes=1)
KEPT = timedelta(days=400)
# A program that has not come for so long is read by nobody any more.
READS = timedelta(days=14)


class PageViews(db.Model):
    """How often the page at a path was opened on a day (UTC)."""

    __tablename__ = "page_views"

    path: Mapped[str] = mapped_column(primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]


class CalendarReading(db.Model):
    """The hour at which a program last read the calendar at a path, and for how many people, where it says."""

    __tablename__ = "calendar_readings"

    path: Mapped[str] = mapped_column(primary_key=True)
    program: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]
    subscribers: Mapped[int | None]


class Tallies:
    """A WSGI layer over the site."""

    def __init__(self, wsgi_app: Callable, app: Flask) -> None:
        """Over `wsgi_app`, writing what it saw into the store of `app`."""
        self.wsgi_app, self.app, self.lock = wsgi_app, app, threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin as at the start, without what was seen and not yet written."""
        self.views: Counter[tuple[str, date]] = Counter()
        self.readings: dict[tuple[str, str], tuple[datetime, int | None]] = {}
        self.written_at: datetime | None = None

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """Let the site answer, and count what it answered."""
        path, program = environ["PATH_INFO"], environ.get("HTTP_USER_AGENT", "")
        said: list[str] = []

        def begin(status: str, headers: list, *wrong: Any) -> Any:
            said.append(status)
            return start_response(status, headers, *wrong)

        answer = self.wsgi_app(environ, begin)
        if environ["REQUEST_METHOD"] == "GET" and said and said[0][:3] in ("200", "304"):
            self._note(path, program, now())
        return answer

    def _note(self, path: str, program: str, moment: datetime) -> None:
        with self.lock:
            if PAGE.fullmatch(path) and not ROBOTS.search(program):
                self.views[path, moment.date()] += 1
            elif CALENDAR.fullmatch(path) and (known := program_of(program)):
                hour = moment.replace(minute=0, second=0, microsecond=0)
                self.readings[path, known] = hour, subscribers_of(program)
            self.written_at = self.written_at or moment
            if moment < self.written_at + EVERY or not (self.views or self.readings):
                return
            views, readings, self.written_at = self.views, self.readings, moment
            self.views, self.readings = Counter(), {}
        self._write(views, readings)

    def _write(self, views: Counter, readings: dict) -> None:
        """Add it to what is known; a store that takes nothing now gets it the next time."""
        try:
            with self.app.app_context():
                _add_up(views, readings)
                db.session.commit()
        except OperationalError as why:
            log.warning("what was asked for could not be written down: %s", why)
            with self.lock:
                self.views.update(views)
                self.readings = {**readings, **self.readings}


def page_path(slug: str) -> str:
    """The path under which an event's page is counted."""
    return f"/events/{slug}"


def calendar_path(slug: str) -> str:
    """The path under which a group's calendar is."""
    return f"/groups/{slug}/calendar.ics"


def program_of(agent: str) -> str | None:
    """The calendar program that calls itself so; None for browsers, robots, and what is not known."""
    return next((name for name, pattern in PROGRAMS if pattern.search(agent)), None)


def subscribers_of(agent: str) -> int | None:
    """For how many people a program says that it reads."""
    found = SUBSCRIBERS.search(agent)
    return int(found[1]) if found else None


def views_of(paths: Iterable[str]) -> dict[str, int]:
    """How often the pages at these paths were opened in all."""
    rows = select(PageViews.path, func.sum(PageViews.number)).where(PageViews.path.in_(list(paths)))
    return dict(db.session.execute(rows.group_by(PageViews.path)).all())


def readings_of(paths: Iterable[str], now: datetime) -> dict[str, list[CalendarReading]]:
    """The programs that read the calendars at these paths in the last two weeks, the latest reader first."""
    rows = select(CalendarReading).where(CalendarReading.path.in_(list(paths)), CalendarReading.read_at > now - READS)
    found: dict[str, list[CalendarReading]] = {}
    for row in db.session.scalars(rows.order_by(CalendarReading.read_at.desc(), CalendarReading.program)):
        found.setdefault(row.path, []).append(row)
    return found


def purge_tallies(now: datetime) -> int:
    """Forget what is older than a year and a month; how many rows."""
    old_views = delete(PageViews).where(PageViews.on_day < (now - KEPT).date())
    old_readings = delete(CalendarReading).where(CalendarReading.read_at < now - KEPT)
    return db.session.execute(old_views).rowcount + db.session.execute(old_readings).rowcount


def _add_up(views: Counter, readings: dict) -> None:
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert
    for (path, day), number in sorted(views.items()):
        row = insert(PageViews).values(path=path, on_day=day, number=number)
        grown = {"number": PageViews.number + row.excluded.number}
        db.session.execute(row.on_conflict_do_update(index_elements=["path", "on_day"], set_=grown))
    for (path, program), (read_at, subscribers) in sorted(readings.items()):
        row = insert(CalendarReading).values(path=path, program=program, read_at=read_at, subscribers=subscribers)
        latest = {"read_at": row.excluded.read_at, "subscribers": row.excluded.subscribers}
        db.session.execute(row.on_conflict_do_update(index_elements=["path", "program"], set_=latest))
