"""A feed of 500 events just after one of them changed, against making it anew with the icalendar library."""

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from flask import Flask
from sqlalchemy import select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from staytouch_events import ics
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.entries import entry
from staytouch_events.events.models import Event
from staytouch_events.groups.models import Group
from staytouch_events.when import now

from .crew import a_crew
from .databases import Databases, code_over
from .figures import Figure

EVENTS, ROUNDS, TIMES_FASTER = 500, 15, 100


def measure(databases: Databases) -> Iterator[Figure]:
    """In this process, without a server, uncompressed."""
    for kind in databases.kinds:
        with code_over(databases.new(kind, "feed"), databases.folder) as app:
            group, events = a_crew(EVENTS, now())
            rounds = [_round(app, group, events, number) for number in range(ROUNDS + 1)]
        databases.drop(kind, "feed")
        # The first answer compiles statements and imports; every later one is like any other.
        ours, theirs = (median(times) for times in zip(*rounds[1:], strict=True))
        raw = f"{ours * 1000:.2f} ms, all anew {theirs * 1000:.0f} ms"
        what = f"feed of {EVENTS} events, one changed, {kind}"
        yield Figure(what, theirs / ours, TIMES_FASTER, "times faster", raw=raw)


def _round(app: Flask, group: Group, events: list[Event], number: int) -> tuple[float, float]:
    """Seconds of our answer after a change, and of reading the events and making all their entries anew."""
    save(events[number], {"title": f"Changed {number}"}, now())
    db.session.commit()
    environ = EnvironBuilder(path=f"/groups/{group.slug}/calendar.ics").get_environ()
    db.session.rollback()
    began = perf_counter()
    parts, status, _headers = run_wsgi_app(app.wsgi_app, environ)
    body = b"".join(parts)
    answered = perf_counter()
    anew = _all_anew(group.id)
    built = perf_counter()
    for said in (body, anew):
        if said.count(b"BEGIN:VEVENT") != EVENTS or f"Changed {number}".encode() not in said:
            raise RuntimeError(f"the feed answered {status} with other events than it should")
    return answered - began, built - answered


def _all_anew(group_id: int) -> bytes:
    """The same feed as it would be made without stored entries."""
    events = db.session.scalars(select(Event).where(Event.group_id == group_id).order_by(Event.starts_at)).all()
    group = events[0].group
    vevents = [ics.vevent(entry(event)) for event in events]
    return ics.calendar(vevents, name=group.name, zone=group.zone, url="http://localhost")
