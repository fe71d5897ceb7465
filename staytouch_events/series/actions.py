"""What organizers do with a series: begin it, add and leave out dates, end it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..events.actions import cancel, publish, restore
from ..events.models import CANCELLED, DRAFT, Event
from ..groups.log import note
from ..people.models import Person
from ..refusals import Refused
from .facts import fields_on, read_facts
from .models import Series, SeriesDate
from .queries import STANDING, coming, date_of
from .season import end, make_date, plan_season


@dataclass(frozen=True)
class Plan:
    """When something repeats: the rules, how long, and days to leave out. Without an end it stays open."""

    rules: list[Any]
    until_on: date | None = None
    most: int | None = None
    left_out: Collection[date] = field(default=())


def repeat(event: Event, plan: Plan, now: datetime, by: Person | None = None) -> Series:
    """Make a series of this event, its first date; a draft is published. The worker makes the others.

    Raises Refused where it can't be published, is over, or repeats already.
    """
    event = lock(event)
    if date_of(event) is not None:
        raise Refused(_("This event repeats already."))
    if event.is_umbrella or event.umbrella_id is not None:
        raise Refused(_("A day with several sites is copied to its next date, not repeated."))
    if event.starts_wall is None or event.ends_wall is None:
        raise Refused(_("Say first when it starts and ends."))
    if event.state == CANCELLED or event.has_started(now):
        raise Refused(_("Only an event to come can be repeated. Copy it to a new date first."))
    if event.state == DRAFT:
        publish(event, now, by)
    first = event.starts_wall.date()
    series = Series(
        group_id=event.group_id,
        rules=plan.rules,
        first_on=first,
        until_on=plan.until_on,
        most=plan.most,
        phases=[{"from": first.isoformat(), "facts": read_facts(event)}],
        created_at=now,
    )
    db.session.add(series)
    db.session.flush()
    db.session.add(SeriesDate(series_id=series.id, on_date=first, event_id=event.id))
    for day in set(plan.left_out) - {first}:
        db.session.add(SeriesDate(series_id=series.id, on_date=day, dropped_at=now))
    db.session.flush()
    if by is not None:
        note(event.group, "event_repeats", now, by=by, event=event.id, title=event.title)
    plan_season(series, now)
    return series


def leave_out(series: Series, day: date, reason: str, now: datetime, by: Person | None = None) -> None:
    """No date that day: its event is cancelled, and one that is not made yet never is. Raises Refused."""
    series = lock(series)
    row = _row(series, day)
    if row is None:
        db.session.add(SeriesDate(series_id=series.id, on_date=day, dropped_at=now))
        db.session.flush()
    elif row.event is not None and row.event.state in STANDING:
        cancel(row.event, reason, now, by)


def add_date(series: Series, day: date, now: datetime, by: Person | None = None) -> Event:
    """A date that day: a new one, or one that was left out or cancelled. Raises Refused."""
    series = lock(series)
    row = _row(series, day)
    if row is not None and row.event is not None:
        if row.event.state != CANCELLED:
            raise Refused(_("There is a date that day already."), field="on")
        restore(row.event, now, by)
        row.dropped_at = None
        return row.event
    if fields_on(series, day)["starts_at"] <= now:
        raise Refused(_("This has passed already."), field="on")
    return make_date(series, day, now)


def stop(series: Series, now: datetime) -> None:
    """Make no more dates. Those that are made stay on."""
    end(lock(series), now)


def cancel_from(row: SeriesDate, reason: str, now: datetime, by: Person | None = None) -> int:
    """Call off this date and all after it, and make no more; how many were called off."""
    series, since = lock(row.series), row.on_date
    end(series, now)
    off = [later.event for later in coming(series, now) if later.on_date >= since]
    for event in off:
        cancel(event, reason, now, by)
    return len(off)


def _row(series: Series, day: date) -> SeriesDate | None:
    return db.session.scalar(select(SeriesDate).where(SeriesDate.series_id == series.id, SeriesDate.on_date == day))
