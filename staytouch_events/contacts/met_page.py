"""What an event's page says, once it is over, to those who were there."""

from datetime import datetime
from typing import Any

from flask_login import current_user

from ..events.models import PUBLISHED, Event
from ..forms import ButtonForm
from .met_queries import is_found, people_met


def met_context(event: Event, moment: datetime) -> dict[str, Any] | None:
    """For contacts/_met.html; None for everybody who was not there."""
    if not current_user.is_authenticated or event.state != PUBLISHED or not event.is_past(moment):
        return None
    people = people_met(event, current_user)
    if people is None:
        return None
    return {"people": people, "shown": is_found(event, current_user), "button": ButtonForm(formdata=None)}
