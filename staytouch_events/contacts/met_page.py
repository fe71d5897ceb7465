"""What an event's page says to those who are or were there."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_login import current_user

from ..access.events import may_see
from ..access.impact import was_there
from ..events.models import PUBLISHED, Event
from ..forms import ButtonForm
from .met_queries import events_just_over, is_found, people_met
from .words import event_day


def just_over(moment: datetime) -> list[tuple[str, str, str]]:
    """Where the viewer just was: each event, its day, and where it says who else was there."""
    return [
        (event.title, event_day(event), url_for("pages.event", slug=event.slug, _anchor="met"))
        for event in just_over_events(current_user, moment)
    ]


def just_over_events(viewer, moment: datetime) -> list[Event]:
    """Those that the viewer may still see."""
    return [event for event in events_just_over(viewer, moment) if may_see(viewer, event)]


def met_context(event: Event, moment: datetime) -> dict[str, Any] | None:
    """For contacts/_met.html; None for everybody who was not there."""
    if not current_user.is_authenticated or event.state != PUBLISHED or not event.has_started(moment):
        return None
    if not was_there(current_user, event):
        return None
    over = event.is_past(moment)
    return {
        "over": over,
        "people": people_met(event, current_user) if over else [],
        "shown": is_found(event, current_user),
        "button": ButtonForm(formdata=None),
    }
