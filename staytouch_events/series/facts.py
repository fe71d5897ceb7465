"""What a series gives its dates, and what was changed by hand on one of them.

Fields that are one thing to people (a time, a place) are a group, kept or given as a whole. Facts are {group: values}
as JSON holds them; times are minutes on the clock of the place, so that they are the same on every date.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from ..events.actions import COPIED
from ..events.models import HOURS, Event
from ..events.times import moved_instant, moved_times
from ..when import wall_time
from .models import Series, SeriesDate

WHEN, PLACE, WEATHER, PICTURE = "when", "place", "weather", "picture"
TIMES = ("starts_wall", "ends_wall", "starts_at", "ends_at", "all_day")
MEMBERS = {
    PLACE: "zone venue address place_name country_code lat lon precision".split()
    + ["public_lat", "public_lon", "drawn_lat", "drawn_lon"],
    WEATHER: ["weather_dependent", "decides_before", "backup_after"],
    PICTURE: ["picture", "picture_alt"],
}
GROUP_OF = dict.fromkeys(TIMES, WHEN) | {name: group for group, names in MEMBERS.items() for name in names}
MINUTE = timedelta(minutes=1)
Facts = dict[str, dict[str, Any]]


def group_of(field: str) -> str:
    """The group that a field of an event belongs to: its own name where it stands alone."""
    return GROUP_OF.get(field, field)


def read_facts(event: Event) -> Facts:
    """What an event would give others; the day itself is each date's own."""
    midnight = datetime.combine(event.starts_wall, time.min)
    facts: Facts = {
        WHEN: {
            "starts": (event.starts_wall - midnight) // MINUTE,
            "length": (event.ends_wall - event.starts_wall) // MINUTE,
            "all_day": event.all_day,
        }
    }
    for name in COPIED:
        if group_of(name) != WHEN:
            facts.setdefault(group_of(name), {})[name] = getattr(event, name)
    for name in HOURS:
        instant = getattr(event, name)
        facts[name] = {"after": instant and (wall_time(instant, event.zone) - event.starts_wall) // MINUTE}
    return facts


def facts_on(series: Series, day: date) -> Facts:
    """What the series gives the date of this day."""
    facts: Facts = {}
    for phase in series.phases:
        if date.fromisoformat(phase["from"]) <= day or not facts:
            facts |= phase["facts"]
    return facts


def give(series: Series, facts: Facts, since: date | None) -> None:
    """From now on dates are given these, from the day `since` on, or all of them."""
    kept = []
    for phase in series.phases:
        overtaken = since is None or date.fromisoformat(phase["from"]) >= since
        left = {group: given for group, given in phase["facts"].items() if not overtaken or group not in facts}
        kept.append({"from": phase["from"], "facts": left})
    if since is None:
        kept[0]["facts"] |= facts
    else:
        kept.append({"from": since.isoformat(), "facts": facts})
    series.phases = sorted((phase for phase in kept if phase["facts"]), key=lambda phase: phase["from"])


def wall_start(series: Series, day: date) -> datetime:
    """What clocks should show when it starts that day; in the night that skips this hour they never do."""
    return _wall_start(facts_on(series, day), day)


def fields_on(series: Series, day: date) -> dict[str, Any]:
    """The fields of the event of this day, as the series gives them."""
    facts = facts_on(series, day)
    fields = _times(facts, day)
    for group, given in facts.items():
        if group in HOURS:
            after = given["after"]
            wall = None if after is None else _wall_start(facts, day) + after * MINUTE
            fields[group] = None if wall is None else moved_instant(wall, fields["zone"])
        elif group != WHEN:
            fields |= given
    return fields


def own_groups(row: SeriesDate) -> set[str]:
    """What was changed by hand on this date: the groups in which its event is not as the series gives it."""
    given = fields_on(row.series, row.on_date)
    return {group_of(name) for name, value in given.items() if getattr(row.event, name) != value}


def _wall_start(facts: Facts, day: date) -> datetime:
    return datetime.combine(day, time.min) + facts[WHEN]["starts"] * MINUTE


def _times(facts: Facts, day: date) -> dict[str, Any]:
    """Start and end in wall time; an hour that spring skips is the one after, of two that autumn has, the first."""
    starts, zone = _wall_start(facts, day), facts[PLACE]["zone"]
    return moved_times(starts, starts + facts[WHEN]["length"] * MINUTE, zone, facts[WHEN]["all_day"])
