"""Who asks crews to host an event, and who ends it; the loaders are the locks."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.host_models import EventHost
from ..events.models import Event
from .events import hosted_event
from .groups import may_organize


def leading_event(viewer, slug: str) -> Event:
    """The event, for organizers of the crew whose it is: 404 unseen, 403 seen or hosted with them."""
    event = hosted_event(viewer, slug)
    if not may_organize(viewer, event.group):
        abort(403)
    return event


def host_at(event: Event, number: int) -> EventHost:
    """A crew that hosts this event beside its own, or is asked to; else 404."""
    row = db.session.scalar(select(EventHost).where(EventHost.id == number, EventHost.event_id == event.id))
    return row if row is not None and row.asked_at is not None else abort(404)
