"""From the wall time that an organizer means to the fields an event keeps."""

from datetime import datetime, timedelta
from typing import Any

from ..when import NoSuchTime, day_starts, to_utc, wall_time
from .models import Event


def times(starts_wall: datetime, ends_wall: datetime, zone: str, later: bool | None = None) -> dict[str, Any]:
    """Fields of a timed event. Raises NoSuchTime or TwoSuchTimes where a clock change is in the way.

    `later` chooses the second pass of a repeated hour.
    """
    return {
        "all_day": False,
        "zone": zone,
        "starts_wall": starts_wall,
        "ends_wall": ends_wall,
        "starts_at": to_utc(starts_wall, zone, later),
        "ends_at": to_utc(ends_wall, zone, later),
    }


def all_day_times(starts_wall: datetime, ends_wall: datetime, zone: str) -> dict[str, Any]:
    """Fields of an all-day event: from the first midnight to the one after the last day."""
    return {
        "all_day": True,
        "zone": zone,
        "starts_wall": starts_wall,
        "ends_wall": ends_wall,
        "starts_at": day_starts(starts_wall.date(), zone),
        "ends_at": day_starts(ends_wall.date(), zone),
    }


def moved_times(starts: datetime, ends: datetime, zone: str, all_day: bool) -> dict[str, Any]:
    """Fields of times nobody typed: an hour that spring skips is the one after, of two in autumn the first."""
    if all_day:
        return all_day_times(starts, ends, zone)
    starts_at, ends_at = moved_instant(starts, zone), moved_instant(ends, zone)
    if ends_at <= starts_at:
        ends_at = starts_at + (ends - starts)
    return {
        "all_day": False,
        "zone": zone,
        "starts_wall": wall_time(starts_at, zone),
        "ends_wall": wall_time(ends_at, zone),
        "starts_at": starts_at,
        "ends_at": ends_at,
    }


def times_from(event: Event, starts_wall: datetime) -> dict[str, Any]:
    """Fields of the same event at another start: as long as it was. Raises as `times` does."""
    ends_wall = starts_wall + (event.ends_wall - event.starts_wall)
    return (all_day_times if event.all_day else times)(starts_wall, ends_wall, event.zone)


def moved_instant(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time that nobody typed: where clocks go forward, it is the hour after."""
    try:
        return to_utc(wall, zone, later=False)
    except NoSuchTime:
        return to_utc(wall + timedelta(hours=1), zone, later=False)
