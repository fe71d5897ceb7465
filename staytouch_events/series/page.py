"""What pages show of a series."""

from datetime import datetime
from itertools import islice
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from ..access.events import may_see
from ..events.models import CANCELLED, POSTPONED, Event
from ..events.words import clock, long_day, short_day, starts
from ..rsvps.additions import ON_PAGE, adds_to
from ..rsvps.models import Rsvp
from ..rsvps.queries import numbers_of
from .actions import Plan
from .changing import outcome
from .facts import own_groups, wall_start
from .forms import RepeatForm, RuleForm
from .models import Series, SeriesDate
from .queries import coming, date_of, dates_of, regular_in, regulars_of
from .rules import dates
from .season import season_days
from .words import own_words, rules_words, series_words

NEXT, PREVIEWED = 4, 12


def preview(form: RepeatForm, plan: Plan | None, event: Event) -> dict[str, Any]:
    """The rules in words and the next dates, each of which may be left out."""
    if plan is None:
        return {"words": "", "days": []}
    found = dates(plan.rules, event.starts_wall.date(), plan.until_on, plan.most)
    days = [
        {"iso": day.isoformat(), "words": long_day(day), "left_out": day in plan.left_out, "first": number == 0}
        for number, day in enumerate(islice(found, PREVIEWED))
    ]
    return {"words": rules_words(plan.rules), "days": days}


def list_context(row: SeriesDate, now: datetime, changed: bool) -> dict[str, Any]:
    """What series/dates.html shows: the dates from today on, made or not, and what each keeps for itself."""
    series = row.series
    rows = [known for known in dates_of(series) if known.event is None or not known.event.is_past(now)]
    numbers = numbers_of([known.event_id for known in rows if known.event_id])
    shown = [_line(known, numbers) for known in rows]
    known_days = {known.on_date for known in dates_of(series)}
    waiting = [] if series.ended_at else [day for day in season_days(series, now) if day not in known_days]
    return {
        "series": series,
        "words": series_words(series),
        "lines": shown,
        "waiting": [long_day(day) for day in waiting],
        "kept": [line for line in shown if line["own"] and line["on"]] if changed else [],
        "changed": changed,
        "regulars": len(regulars_of(series)),
        "day": long_day(row.on_date),
        "changeable": not series.ended_at and not row.event.has_started(now),
    }


def rule_context(row: SeriesDate, form: RuleForm, now: datetime) -> dict[str, Any]:
    """What series/rule.html shows: what a rule would come to, where one is chosen. Raises Refused as `outcome` does."""
    plan = form.plan(row.on_date)
    found = outcome(row, plan or Plan(row.series.rules, row.series.until_on), now)
    shown = {"row": row, "event": row.event, "form": form, "day": long_day(row.on_date), "words": ""}
    if plan is None:
        return shown
    numbers = numbers_of([other.event_id for other in found.asked])
    ticked = {day.isoformat() for day in form.cancelled([other.on_date for other in found.asked])}
    return shown | {
        "words": rules_words(plan.rules),
        "plan": plan,
        "outcome": found,
        "added": [long_day(day) for day in found.added],
        "back": [long_day(other.on_date) for other in found.back],
        "falling": [long_day(other.on_date) for other in found.falling],
        "asked": [_line(other, numbers) for other in found.asked],
        "ticked": ticked,
    }


def _line(row: SeriesDate, numbers) -> dict[str, Any]:
    event = row.event
    line = {"iso": row.on_date.isoformat(), "words": long_day(row.on_date), "on": False, "own": "", "note": ""}
    if event is None:
        return line | {"state": _("Left out"), "url": None}
    own = own_groups(row) if event.state != CANCELLED else set()
    states = {CANCELLED: _("Cancelled"), POSTPONED: _("Postponed")}
    given = wall_start(row.series, row.on_date)
    skipped = not event.all_day and "when" not in own and event.starts_wall != given
    going = numbers[event.id].going
    return line | {
        "words": long_day(starts(event).date()) + ("" if event.all_day else f", {clock(starts(event))}"),
        "url": url_for("events.edit", slug=event.slug),
        "on": event.state != CANCELLED,
        "state": states.get(event.state) or _("%(num)d going", num=going),
        "own": own_words(own),
        "note": _("Clocks go forward that night: %(time)s does not exist.", time=clock(given)) if skipped else "",
    }


def part(event: Event, now: datetime) -> dict[str, Any] | None:
    """What series/_part.html shows on the event's page; None for a single event."""
    row = date_of(event)
    if row is None:
        return None
    return _words(row.series, event, now) | _joining(row.series, event, now)


@adds_to(ON_PAGE)
def answer_part(rsvp: Rsvp, now: datetime) -> dict[str, Any]:
    """The same on an answer's page, whose holder needs no session."""
    row = date_of(rsvp.event)
    if row is None:
        return {}
    regular = regular_in(row.series, rsvp.person_id) is not None
    return {"series": _words(row.series, rsvp.event, now) | {"regular": regular, "by_token": True, "joins": True}}


def _words(series: Series, event: Event, now: datetime) -> dict[str, Any]:
    ahead = [row.event for row in coming(series, now) if row.event_id != event.id]
    seen = [other for other in ahead if may_see(current_user, other)][:NEXT]
    return {
        "words": series_words(series),
        "next": [(short_day(starts(other).date()), url_for("pages.event", slug=other.slug)) for other in seen],
    }


def _joining(series: Series, event: Event, now: datetime) -> dict[str, Any]:
    """Whether somebody signed in may come to all, or does."""
    known = current_user.is_authenticated and bool(coming(series, now))
    regular = known and regular_in(series, current_user.id) is not None
    return {"joins": known, "regular": regular, "by_token": False, "slug": event.slug}
