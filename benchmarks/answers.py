"""Guests who all answer at once: SQLite, which syncs each answer to the disk, without and with the worker beside."""

from collections.abc import Iterator
from itertools import repeat
from statistics import median
from urllib.parse import urlencode

from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.rsvps.models import Rsvp
from staytouch_events.when import now

from . import FLOOR
from .crew import a_crew
from .databases import SQLITE, Databases, code_over
from .figures import Figure
from .load import Outcome, get, load, post
from .running import Running, web_processes, worker

ROUNDS, GUESTS, CLIENTS, SECONDS = 5, 200, 32, 0.8
FLOORS, SLOWEST = 0.03, 2.0


def measure(databases: Databases) -> Iterator[Figure]:
    """New addresses for one event, whose organizer is written to as well."""
    url = databases.new(SQLITE, "answers")
    with code_over(url, databases.folder):
        slug = a_crew(2, now())[1][0].slug
    with web_processes(url, databases.folder) as site:
        alone = [_round(site, slug, number * GUESTS) for number in range(ROUNDS)]
        with worker(url, databases.folder):
            beside = [_round(site, slug, number * GUESTS) for number in range(ROUNDS, 2 * ROUNDS)]
    with code_over(url, databases.folder):
        kept = db.session.scalar(select(func.count(Rsvp.id)))
        full = db.session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
    databases.drop(SQLITE, "answers")
    if not full:
        raise RuntimeError("SQLite does not run at synchronous=FULL")
    what = f"answers of guests, {CLIENTS} at once, {SQLITE}"
    ratio = median(answered.rate / floor.rate for floor, answered in alone)
    floor, rate = (median(outcome.rate for outcome in side) for side in zip(*alone, strict=True))
    yield Figure(what, ratio, FLOORS, "floors", raw=f"{rate:,.0f}/s, floor {floor:,.0f}/s")
    slowest = max(answered.slowest for _floor, answered in alone + beside)
    rate = median(answered.rate for _floor, answered in beside)
    yield Figure(f"{what}: slowest", slowest, SLOWEST, "s", at_most=True, raw=f"with the worker {rate:,.0f}/s")
    errors = sum(answered.errors for _floor, answered in alone + beside)
    lost = 2 * ROUNDS * GUESTS - kept
    yield Figure(f"{what}: errors and answers lost", errors + lost, 0, f"of {2 * ROUNDS * GUESTS}", at_most=True)


def _round(site: Running, slug: str, first: int) -> tuple[Outcome, Outcome]:
    requests = [_answer(site, slug, number) for number in range(first, first + GUESTS)]
    floor = load(site.port, repeat(get(FLOOR)), seconds=SECONDS)
    return floor, load(site.port, requests, clients=CLIENTS)


def _answer(site: Running, slug: str, number: int) -> bytes:
    typed = {"name": f"Guest {number}", "email": f"guest{number}@example.org", "answer": "going", "adults": "1"}
    body = urlencode(typed).encode()
    return post(f"/events/{slug}/rsvp", body, Origin=f"http://127.0.0.1:{site.port}")
