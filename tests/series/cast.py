"""A crew that alice organizes, and what it repeats."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.jobs.pump import run_due
from staytouch_events.series.actions import Plan, repeat
from staytouch_events.series.models import Series
from staytouch_events.series.queries import dates_of

from ..cast import NOW, a_group, a_membership, a_person, an_event

SATURDAYS = [{"every": 1, "weekday": 5}]


def a_series(rules=None, *, now: datetime = NOW, plan: dict | None = None, **fields) -> SimpleNamespace:
    """Every Saturday from 28 November on, 8:30 to 11:30, six times, made; unless it says otherwise."""
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, ORGANIZER)
    first = an_event(group, now, **fields)
    series = repeat(first, Plan(rules or SATURDAYS, **({"most": 6} if plan is None else plan)), now)
    db.session.commit()
    make_all(now)
    return SimpleNamespace(alice=alice, group=group, first=first, series=series)


def make_all(now: datetime = NOW) -> None:
    """What the worker does at that hour."""
    while run_due(now):
        pass


def events_of(series: Series) -> list:
    """The events, in the order of the rule's days."""
    return [row.event for row in dates_of(series) if row.event is not None]


def days_of(series: Series) -> list[str]:
    """Their days at the place: "12-05"."""
    return [f"{event.starts_wall:%m-%d}" for event in events_of(series)]


def weeks(number: int) -> timedelta:
    """So many."""
    return timedelta(weeks=number)
