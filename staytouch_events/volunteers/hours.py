"""When a shift is: instants from its plan, and words for people."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from ..events.words import clock, clock_range, long_day, short_day
from ..when import NoSuchTime, to_utc
from .models import Shift


def renew_instants(shift: Shift) -> None:
    """Write the index of a shift's hours anew: the event or the plan changed."""
    event, starts, ends = shift.event, shift.starts_wall, shift.ends_wall
    if starts is None:
        return
    shift.starts_at = _instant(starts, event.zone, shift.later)
    shift.ends_at = max(_instant(ends, event.zone, shift.later), shift.starts_at + timedelta(minutes=1))
    shift.opens_at = _gate(shift, shift.opens_after)
    shift.closes_at = _gate(shift, shift.locks_after) or shift.ends_at


def gate_wall(shift: Shift, minutes: int | None) -> datetime | None:
    """When sign-up opens or locks, as clocks at the place show it."""
    starts = shift.event.starts_wall
    return None if minutes is None or starts is None else starts + timedelta(minutes=minutes)


def hours_of(shift: Shift) -> str:
    """ "8–9:30 am", with the day where it is not the event's first; before there is a date, its distance."""
    event = shift.event
    if event.starts_wall is None:
        return _("%(after)d min after the start, for %(lasts)d min", after=shift.starts_after, lasts=shift.lasts)
    return span_words(shift.starts_wall, shift.ends_wall, event.starts_wall)


def day_and_hours_of(shift: Shift) -> str:
    """ "Saturday 28 November, 8–9:30 am"; before there is a date, its distance."""
    if shift.starts_wall is None:
        return hours_of(shift)
    return f"{long_day(shift.starts_wall.date())}, {span_words(shift.starts_wall, shift.ends_wall, shift.starts_wall)}"


def span_words(first: datetime, last: datetime, event_starts: datetime) -> str:
    """The same for two times on the clock of the place."""
    long = last - first > timedelta(hours=18)
    words = f"{clock(first)} – {short_day(last.date())}, {clock(last)}" if long else clock_range(first, last)
    return words if first.date() == event_starts.date() else f"{short_day(first.date())}, {words}"


def name_of(shift: Shift) -> str:
    """ "Driver, 8–9:30 am"."""
    return f"{shift.role.name}, {hours_of(shift)}"


def _gate(shift: Shift, minutes: int | None) -> datetime | None:
    wall = gate_wall(shift, minutes)
    return None if wall is None else _instant(wall, shift.event.zone, False)


def _instant(wall: datetime, zone: str, later: bool) -> datetime:
    """An hour that a move put where clocks go forward is the one after it."""
    try:
        return to_utc(wall, zone, later)
    except NoSuchTime:
        return to_utc(wall + timedelta(hours=1), zone, later)
