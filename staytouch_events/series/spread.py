"""A change of one date, taken to those that follow or to all; what was changed by hand on a date stays."""

from datetime import datetime
from typing import Any

from ..db import lock
from ..events.actions import save
from ..events.models import Event
from ..events.reach import FOLLOWING, TOGETHER, Together
from .facts import fields_on, give, group_of, own_groups, read_facts
from .models import SeriesDate
from .queries import coming, date_of


def hold(event: Event) -> None:
    """The series before its dates, as whoever makes, adds and answers them all locks it."""
    row = date_of(event)
    if row is not None:
        lock(row.series)


def others(event: Event, reach: str, now: datetime) -> list[Event]:
    """The other coming dates that a change would reach."""
    row = date_of(event)
    return [] if row is None else [other.event for other in _reached(row, reach, now)]


def spread(event: Event, before: dict[str, Any], reach: str, now: datetime) -> None:
    """Have the series give what this event says now, in the groups that were changed.

    A date that was changed by hand in one of these keeps what it has there. The day is each date's own.
    """
    row = date_of(event)
    if row is None:
        return
    changed = {group_of(name) for name in before}
    reached = [(other, changed - own_groups(other)) for other in _reached(row, reach, now)]
    facts = {group: given for group, given in read_facts(event).items() if group in changed}
    give(row.series, facts, row.on_date if reach == FOLLOWING else None)
    for other, groups in reached:
        fields = fields_on(row.series, other.on_date)
        save(other.event, {name: value for name, value in fields.items() if group_of(name) in groups}, now)


def _reached(row: SeriesDate, reach: str, now: datetime) -> list[SeriesDate]:
    since = row.on_date if reach == FOLLOWING else row.series.first_on
    return [other for other in coming(row.series, now) if other.on_date >= since and other.id != row.id]


TOGETHER.append(Together(hold, others, spread))
