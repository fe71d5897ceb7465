"""From the wall time that an organizer means to the fields an event keeps."""

from datetime import datetime
from typing import Any

from ..when import day_starts, to_utc


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
