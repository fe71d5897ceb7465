"""The hour at which organizers decide whether the weather allows an event."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from .. import happenings, outbox
from ..db import db
from ..jobs import cancel_job, job, schedule
from ..refusals import Refused
from .actions import changed, lock_shown
from .host_queries import host_people
from .models import PUBLISHED, Event
from .weather import decides_at, is_undecided

KIND = "events.decide"


def plan_decision(event: Event, *, now: datetime, **_news: Any) -> None:
    """Have the organizers asked at their hour, or not at all where nothing is to decide."""
    due_at = decides_at(event)
    # Of a day with several sites the day alone is asked about.
    if is_undecided(event) and event.umbrella_id is None and due_at is not None and now < due_at:
        schedule(KIND, str(event.id), due_at, {"event": event.id})
    else:
        cancel_job(KIND, str(event.id))


@job(KIND)
def ask_organizers(facts: dict[str, Any], now: datetime) -> None:
    """Post the question to the organizers of its crews."""
    event = db.session.get(Event, facts["event"])
    if event is None or not is_undecided(event) or event.has_started(now):
        return
    for person in host_people(event):
        if person.email is not None:
            outbox.post(
                KIND,
                to=person.email,
                name=person.name,
                language=person.language,
                facts={"event": event.id},
                now=now,
                key=f"decide:{event.id}:{person.id}",
                until=event.starts_at,
            )


def go_ahead(event: Event, now: datetime) -> None:
    """The weather allows it: calendars say so, and whoever comes is told, once. Raises Refused."""
    event = lock_shown(event, (PUBLISHED,), now)
    if not is_undecided(event):
        raise Refused(_("This is decided already."))
    event.weather_decided_at = now
    event.sequence += 1
    changed(event, now)
    happenings.event_goes_ahead.send(event, now=now)
