"""The question after an event of which nobody put down anything: one job an event, moved with it."""

from datetime import datetime, timedelta
from typing import Any

from ..db import db
from ..events.models import PUBLISHED, Event
from ..jobs import cancel_job, job, schedule
from . import letters
from .queries import has_log

KIND = "impact.nudge"
AFTER = timedelta(hours=3)
# When it is no question any more.
POINTLESS = timedelta(days=14)
# What leaves bags behind; nobody weighs a meeting.
HANDS_ON = ("creek", "street", "beach", "park", "e-waste", "planting")


def plan_nudge(event: Event, *, now: datetime, **_news: Any) -> None:
    """Have the question go out some hours after the end, or not at all where that has passed."""
    due_at = event.ends_at + AFTER
    if event.state == PUBLISHED and event.kind in HANDS_ON and now < due_at:
        schedule(KIND, str(event.id), due_at, {"event": event.id})
    else:
        cancel_job(KIND, str(event.id))


@job(KIND)
def ask(facts: dict[str, Any], now: datetime) -> None:
    """Ask the organizers, unless somebody put something down by now."""
    event = db.session.get(Event, facts["event"])
    if event is not None and event.state == PUBLISHED and event.is_past(now) and not has_log(event):
        letters.nudge(event, now, event.ends_at + POINTLESS)
