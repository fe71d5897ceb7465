"""One's agenda by days: a day or a week of all that one has on, with what is at the same time."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..access.busy import APPOINTMENT, ELSEWHERE, MAYBE, SHIFT, Plan, clashes, plans_between
from ..contacts.agenda_page import people_between
from ..events.words import clock_range, long_day
from ..people.models import Person
from ..when import day_ends, day_starts, in_zone

VIEWS = {"day": 1, "week": 7}
# Days either way of today that one can leaf to.
FAR = timedelta(days=2 * 366)


def days_context(person: Person, moment: datetime, zone: str, view: str, on: str) -> dict[str, Any]:
    """The days of a view around a day, "2026-11-28", today's where it is none."""
    today = in_zone(moment, zone).date()
    first = _first(_read(on, today), view)
    days = [first + timedelta(days=number) for number in range(VIEWS[view])]
    plans = plans_between(person, day_starts(days[0], zone), day_ends(days[-1], zone))
    clashing = {plan for pair in clashes(plans) for plan in pair}
    people = people_between(person, days[0], days[-1], moment)
    return {
        "title": long_day(first) if len(days) == 1 else _("Week of %(day)s", day=long_day(first)),
        "days": [_day(day, today, plans, clashing, zone, people) for day in days],
        "earlier_url": _link(view, first - timedelta(days=len(days)), today),
        "later_url": _link(view, first + timedelta(days=len(days)), today),
    }


def _day(
    day: date, today: date, plans: list[Plan], clashing: set[Plan], zone: str, people: list[tuple[date, str, str]]
) -> dict[str, Any]:
    begins, ends = day_starts(day, zone), day_ends(day, zone)
    whole = [
        {"hours": _("All day"), "what": what, "url": url, "label": "", "clashes": False}
        for on, what, url in people
        if on == day
    ]
    return {
        "words": long_day(day),
        "on": day.isoformat(),
        "today": day == today,
        "plans": whole
        + [_row(plan, begins, ends, plan in clashing, zone) for plan in plans if plan.meets(begins, ends)],
    }


def _row(plan: Plan, begins: datetime, ends: datetime, clashes_here: bool, zone: str) -> dict[str, Any]:
    whole = plan.all_day or (plan.starts_at <= begins and plan.ends_at >= ends)
    hours = clock_range(in_zone(max(plan.starts_at, begins), zone), in_zone(min(plan.ends_at, ends), zone))
    return {
        "hours": _("All day") if whole else hours,
        "what": plan.what,
        "url": plan_url(plan),
        "label": _label(plan.kind),
        "clashes": clashes_here,
    }


def plan_url(plan: Plan) -> str | None:
    """Where it stands on this site."""
    if plan.page is None:
        return None
    endpoint, argument, value = plan.page
    return url_for(endpoint, **{argument: value})


def _label(kind: str) -> str:
    """What it is to its owner; an event that they go to needs no word."""
    words = {MAYBE: _("maybe"), SHIFT: _("your shift"), APPOINTMENT: _("appointment"), ELSEWHERE: _("elsewhere")}
    return words.get(kind, "")


def _read(on: str, today: date) -> date:
    try:
        found = date.fromisoformat(on)
    except ValueError:
        return today
    return found if abs(found - today) <= FAR else today


def _first(day: date, view: str) -> date:
    """A week begins on Monday."""
    return day - timedelta(days=day.weekday()) if view == "week" else day


def _link(view: str, day: date, today: date) -> str | None:
    return url_for("pages.agenda", view=view, on=day.isoformat()) if abs(day - today) <= FAR else None
