"""The one clock and the one zone story: an instant is UTC, a promise is wall time in a zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones


class NoSuchTime(ValueError):
    """The wall time falls into the hour that a clock change skips."""


class TwoSuchTimes(ValueError):
    """The wall time falls into the hour that a clock change repeats, and nobody said which."""


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def zone_names() -> frozenset[str]:
    """The IANA names of places, which people may choose from."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def to_utc(wall: datetime, zone: str, later: bool | None = None) -> datetime:
    """The instant at which clocks in `zone` show the naive `wall` time.

    `later` chooses between the two instants of a repeated hour. Raises NoSuchTime for a
    skipped hour and TwoSuchTimes for a repeated one when `later` is None.
    """
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no zone of its own")
    first = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    second = wall.replace(tzinfo=ZoneInfo(zone), fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise NoSuchTime(wall.isoformat())
    if later is None:
        raise TwoSuchTimes(wall.isoformat())
    return (second if later else first).astimezone(UTC)


def in_zone(instant: datetime, zone: str) -> datetime:
    """The instant as clocks in `zone` show it, still aware."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(ZoneInfo(zone))


def wall_time(instant: datetime, zone: str) -> datetime:
    """What clocks in `zone` show at this instant, naive."""
    return in_zone(instant, zone).replace(tzinfo=None)


def which_of_two(instant: datetime, zone: str) -> bool | None:
    """Whether the instant lies in the second pass of a repeated hour; None outside such an hour."""
    local = in_zone(instant, zone)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return None
    return local.fold == 1


def day_starts(day: date, zone: str) -> datetime:
    """The first instant of a day in `zone`, in UTC (at 1:00 where midnight is skipped)."""
    midnight = datetime.combine(day, time.min)
    try:
        return to_utc(midnight, zone, later=False)
    except NoSuchTime:
        return midnight.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(UTC) + timedelta(hours=1)


def day_ends(day: date, zone: str) -> datetime:
    """The first instant of the day after, in UTC."""
    return day_starts(day + timedelta(days=1), zone)
