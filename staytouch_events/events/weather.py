"""What the weather decides: by when, and the day that an event is put off to; both move with its start."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from .models import PUBLISHED, Event
from .times import moved_instant
from .words import day_and_clock, short_day


def decides_wall(event: Event) -> datetime | None:
    """By when it is decided, as clocks at the place show it."""
    if not event.weather_dependent or event.starts_wall is None or event.decides_before is None:
        return None
    return event.starts_wall - timedelta(minutes=event.decides_before)


def decides_at(event: Event) -> datetime | None:
    """The same as an instant."""
    wall = decides_wall(event)
    return None if wall is None else moved_instant(wall, event.zone)


def backup_wall(event: Event) -> datetime | None:
    """When it starts if it is put off, as clocks at the place show it."""
    if not event.weather_dependent or event.starts_wall is None or event.backup_after is None:
        return None
    return event.starts_wall + timedelta(minutes=event.backup_after)


def previous_start(event: Event) -> datetime | None:
    """When it would have started before it was put off, unless that is its start again."""
    return None if event.previous_starts_at == event.starts_at else event.previous_starts_at


def is_undecided(event: Event) -> bool:
    """Whether people still wait to hear if the weather allows it."""
    return event.state == PUBLISHED and event.weather_dependent and event.weather_decided_at is None


def weather_words(event: Event) -> str:
    """ "We decide by Fri 27 Nov, 6 pm; backup date Sun 29 Nov, 9 am"; nothing where the weather decides nothing."""
    decides = decides_wall(event)
    if decides is None:
        return ""
    by, backup = day_and_clock(decides), backup_words(event)
    if backup:
        return _("We decide by %(hour)s; backup date %(day)s", hour=by, day=backup)
    return _("We decide by %(hour)s", hour=by)


def backup_words(event: Event) -> str:
    """ "Sun 29 Nov, 9 am"."""
    wall = backup_wall(event)
    if wall is None:
        return ""
    return short_day(wall.date()) if event.all_day else day_and_clock(wall)
