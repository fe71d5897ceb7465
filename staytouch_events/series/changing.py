"""Another rule for what repeats, from one of its dates on.

A date keeps its event, with its UID, page and answers, as long as the new rule names its day. One whose day it does
not name is called off where nobody answered and nothing was changed by hand; the others are asked about. What somebody
added stays.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from flask_babel import gettext as _

from ..db import lock
from ..events.actions import cancel, restore
from ..events.models import CANCELLED
from ..groups.log import note
from ..people.models import Person
from ..refusals import Refused
from .actions import Plan
from .facts import own_groups
from .models import SeriesDate
from .queries import answered_among, coming, dates_of
from .rules import dates
from .season import missing_days, named_days, plan_season


@dataclass(frozen=True)
class Outcome:
    """What a new rule would come to: days it adds, events that come back, dates that fall out, dates to ask about."""

    added: list[date]
    back: list[SeriesDate]
    falling: list[SeriesDate]
    asked: list[SeriesDate]

    def seen(self) -> str:
        """One text for one outcome, by which a form says what was looked at before it was sent."""
        signs = ("+", self.added), ("*", _days(self.back)), ("-", _days(self.falling)), ("?", _days(self.asked))
        return " ".join(f"{sign}{day.isoformat()}" for sign, days in signs for day in days)


def outcome(row: SeriesDate, plan: Plan, now: datetime) -> Outcome:
    """What would become of the dates from this one on; changes nothing. Raises Refused where no rule can be changed."""
    series, since = row.series, row.on_date
    ahead = [other for other in coming(series, now) if other.on_date >= since]
    _refuse_unready(row, ahead, now)
    last = max(other.on_date for other in ahead)
    named = dates(plan.rules, since, plan.until_on, plan.most, named_only=True)
    kept = set(takewhile(lambda day: day <= last, named))
    out = [other for other in ahead if other.on_date not in kept and _is_named(other, last)]
    answered = answered_among([other.event_id for other in out])
    asked = [other for other in out if other.event_id in answered or own_groups(other) or _is_older(other)]
    return Outcome(
        added=missing_days(series, now, dates(plan.rules, since, plan.until_on, plan.most, named_only=True)),
        back=[other for other in dates_of(series) if other.on_date in kept and _comes_back(other, now)],
        falling=[other for other in out if other not in asked],
        asked=asked,
    )


def change_rule(
    row: SeriesDate, plan: Plan, cancelled: Collection[date], reason: str, now: datetime, by: Person | None = None
) -> None:
    """Follow this plan from the date `row` on; of the dates asked about, those `cancelled` are called off.

    The worker makes the days that are new. Raises Refused as `outcome` does.
    """
    series = lock(row.series)
    found = outcome(row, plan, now)
    for other in found.falling:
        _drop(other, reason, now)
    for other in found.asked:
        if other.on_date in cancelled:
            _drop(other, reason, now, by)
    for other in found.back:
        restore(other.event, now)
        other.dropped_at = None
    series.rules, series.until_on, series.most, series.counted_from = plan.rules, plan.until_on, plan.most, row.on_date
    if by is not None:
        note(series.group, "event_rule_changed", now, by=by, event=row.event_id, title=row.event.title)
    plan_season(series, now)


def _refuse_unready(row: SeriesDate, ahead: list[SeriesDate], now: datetime) -> None:
    if row.series.ended_at is not None:
        raise Refused(_("No more dates are made of this. Copy it to a new date and repeat that."))
    if row.id not in {other.id for other in ahead}:
        raise Refused(_("Choose a date that is still to come."))
    if any(day < row.on_date for day in missing_days(row.series, now)):
        raise Refused(_("Dates before this one are still being made. Try again in a minute."))


def _is_named(row: SeriesDate, last: date) -> bool:
    """Whether the rule so far names it: what it does not was added by somebody."""
    return _is_older(row) or row.on_date in set(takewhile(lambda day: day <= last, named_days(row.series)))


def _is_older(row: SeriesDate) -> bool:
    """Whether it is of a rule before the present one, which is not kept: somebody may have added it."""
    return row.series.counted_from is not None and row.on_date < row.series.counted_from


def _comes_back(row: SeriesDate, now: datetime) -> bool:
    """Whether its event was called off by an earlier change of the rule, and can be on again."""
    off = row.event is not None and row.dropped_at is not None and row.event.state == CANCELLED
    return off and row.event.starts_at > now


def _drop(row: SeriesDate, reason: str, now: datetime, by: Person | None = None) -> None:
    cancel(row.event, reason, now, by)
    row.dropped_at = now


def _days(rows: Collection[SeriesDate]) -> list[date]:
    return [row.on_date for row in rows]
