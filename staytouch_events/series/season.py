"""Making dates a season ahead. The worker does it, a few at a time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any

from sqlalchemy import select

from ..db import db, lock
from ..events.actions import new_event, publish
from ..events.hosting import take_along
from ..events.models import Event
from ..groups.models import ORGANIZING, Membership
from ..jobs import cancel_job, job, schedule
from ..when import in_zone
from .facts import PLACE, facts_on, fields_on
from .models import Series, SeriesDate
from .queries import coming, dates_of, regulars_of
from .regulars import answer_for, tell_regular
from .rules import dates

SEASON_JOB = "series.season"
# Half a year, as far as people plan; of what is more frequent than weekly, what a list still shows.
SEASON, MOST_AHEAD = timedelta(weeks=26), 30
# Each is some ten statements under one lock: others who write wait no longer than a moment.
AT_ONCE = 5
SOONEST = timedelta(days=1)


@job(SEASON_JOB)
def _make_some(facts: dict[str, Any], now: datetime) -> None:
    series = db.session.get(Series, facts["series"])
    if series is not None:
        make_season(series, now)


def make_season(series: Series, now: datetime) -> list[Event]:
    """Make the next few dates that are missing, and plan when to look again; the events made.

    The next season begins when half of this one is over, so that whoever follows the crew hears of new dates twice a
    year and not each week. A crew without organizers makes no more.
    """
    series = lock(series)
    if series.ended_at is None and not _is_led(series):
        end(series, now)
    if series.ended_at is not None:
        return []
    missing = missing_days(series, now)
    made = [make_date(series, day, now) for day in missing[:AT_ONCE]]
    if made:
        for regular in regulars_of(series):
            tell_regular(regular, now)
    _plan_next(series, now, more=len(missing) > AT_ONCE)
    return made


def plan_season(series: Series, now: datetime) -> None:
    """Have the worker look at once."""
    schedule(SEASON_JOB, str(series.id), now, {"series": series.id})


def end(series: Series, now: datetime) -> None:
    """Make no more dates; those made stay."""
    series.ended_at = series.ended_at or now
    cancel_job(SEASON_JOB, str(series.id))


def today_of(series: Series, now: datetime) -> date:
    """The day it is at the place of the series."""
    return in_zone(now, facts_on(series, series.first_on)[PLACE]["zone"]).date()


def named_days(series: Series) -> Iterator[date]:
    """All days that its rules name, since they are counted."""
    counted = series.counted_from
    return dates(series.rules, counted or series.first_on, series.until_on, series.most, named_only=counted is not None)


def season_days(series: Series, now: datetime, named: Iterator[date] | None = None) -> list[date]:
    """The days from today to the end of the season that the rules name, or of those `named`."""
    today = today_of(series, now)
    until = max(today, series.first_on) + SEASON
    days = takewhile(lambda day: day <= until, named or named_days(series))
    return list(islice((day for day in days if day >= today), MOST_AHEAD))


def missing_days(series: Series, now: datetime, named: Iterator[date] | None = None) -> list[date]:
    """Those of them that are neither made nor left out, and have not begun."""
    known = {row.on_date for row in dates_of(series)}
    days = [day for day in season_days(series, now, named) if day not in known]
    return [day for day in days if fields_on(series, day)["starts_at"] > now]


def make_date(series: Series, day: date, now: datetime) -> Event:
    """The event of this day, published, with all that the series gives and whoever comes to all dates.

    Questions, shifts, waivers, lists and crews are those of the next date that is on.
    """
    source = _source(series, now)
    event = new_event(series.group, now, copy_of=source, **fields_on(series, day))
    take_along(event, source, now)
    row = db.session.scalar(select(SeriesDate).where(SeriesDate.series_id == series.id, SeriesDate.on_date == day))
    if row is None:
        row = SeriesDate(series_id=series.id, on_date=day)
        db.session.add(row)
    row.event_id, row.dropped_at = event.id, None
    db.session.flush()
    publish(event, now)
    for regular in regulars_of(series):
        answer_for(regular, event, now)
    return event


def _source(series: Series, now: datetime) -> Event:
    ahead = coming(series, now)
    if ahead:
        return ahead[0].event
    return [row.event for row in dates_of(series) if row.event is not None][-1]


def _plan_next(series: Series, now: datetime, more: bool) -> None:
    if more:
        plan_season(series, now)
        return
    days = season_days(series, now)
    zone = facts_on(series, series.first_on)[PLACE]["zone"]
    middle = datetime.combine(days[len(days) // 2], time.min, in_zone(now, zone).tzinfo) if days else now + SEASON / 2
    schedule(SEASON_JOB, str(series.id), max(middle, now + SOONEST), {"series": series.id})


def _is_led(series: Series) -> bool:
    led = select(Membership.id).where(Membership.group_id == series.group_id, Membership.role.in_(ORGANIZING))
    return db.session.scalar(led.limit(1)) is not None
