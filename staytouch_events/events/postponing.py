"""Putting an event off to a new date, in one step: everything that hangs on its hours goes along."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from ..people.models import Person
from ..refusals import Refused
from ..when import wall_time
from .actions import lock_shown, save
from .models import HOURS, POSTPONED, PUBLISHED, Event
from .times import moved_instant

USUALLY = timedelta(hours=24)


def usual_confirm_by(starts_at: datetime, now: datetime) -> datetime:
    """A day before the start; halfway where that is near."""
    return max(starts_at - USUALLY, now + (starts_at - now) / 2)


def reschedule(
    event: Event,
    times: dict[str, Any],
    reason: str,
    confirm_by: datetime,
    now: datetime,
    by: Person | None = None,
) -> None:
    """Move it to these times; whoever comes is told, and asked to say by `confirm_by` that they still do.

    A backup date is used up by that; the hours of answering keep their distance from the start. Raises Refused.
    """
    event = lock_shown(event, (PUBLISHED, POSTPONED), now)
    if times["starts_at"] == event.starts_at:
        raise Refused(_("This is the date it has. Choose another."))
    hours = {name: _along(getattr(event, name), event, times["starts_wall"]) for name in HOURS}
    save(event, {**times, **hours, "backup_after": None, "reason": reason}, now, confirm_by, by)


def _along(moment: datetime | None, event: Event, starts_wall: datetime) -> datetime | None:
    if moment is None:
        return None
    return moved_instant(wall_time(moment, event.zone) + (starts_wall - event.starts_wall), event.zone)
