"""The reminder a day ahead: one job an event, moved with it."""

from datetime import datetime, time, timedelta
from typing import Any

from ..db import db
from ..events.models import PUBLISHED, Event
from ..jobs import cancel_job, job, schedule
from ..when import to_utc
from . import letters
from .models import SEATED, Rsvp

KIND = "rsvps.remind"


def plan_reminder(event: Event, *, now: datetime, **_news: Any) -> None:
    """Have the reminder go out at its hour, or not at all where that has passed."""
    due_at = reminder_at(event)
    if event.state == PUBLISHED and now < due_at:
        schedule(KIND, str(event.id), due_at, {"event": event.id})
    else:
        cancel_job(KIND, str(event.id))


def reminder_at(event: Event) -> datetime:
    """24 hours before the start; for an all-day event 9:00 the day before, at the place."""
    if not event.all_day:
        return event.starts_at - timedelta(hours=24)
    day_before = (event.starts_wall - timedelta(days=1)).date()
    return to_utc(datetime.combine(day_before, time(9)), event.zone, later=False)


@job(KIND)
def remind(facts: dict[str, Any], now: datetime) -> None:
    """Post the reminders of an event to everyone who answered before this hour."""
    event = db.session.get(Event, facts["event"])
    if event is None or event.state != PUBLISHED or event.has_started(now):
        return
    due_at = reminder_at(event)
    for rsvp in letters.concerned(event):
        if rsvp.answered_at <= due_at and not (rsvp.has_lapsed or _is_silent(rsvp, now)):
            letters.remind(rsvp, now)


def _is_silent(rsvp: Rsvp, now: datetime) -> bool:
    """Whether the seat goes on this very moment, as the usual hour to confirm by is the reminder's."""
    return rsvp.standing == SEATED and rsvp.confirm_by_at is not None and rsvp.confirm_by_at <= now
