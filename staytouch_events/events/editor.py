"""What events/edit.html shows: the form, and the map on which its pin can be dragged."""

from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from ..forms import ButtonForm
from ..geo.regions import uses_miles
from .forms import EventForm, place_line
from .models import PIN, Event


def edit_context(event: Event, form: EventForm) -> dict[str, Any]:
    """The context of the page of a form, with or without errors."""
    return {"event": event, "form": form, "button": ButtonForm(formdata=None), "pin_map": _pin_map(event, form)}


def _pin_map(event: Event, form: EventForm) -> dict[str, Any]:
    """Where the map opens, and the pins of the group's earlier places."""
    pins = [place for place in form.earlier_events if place.precision == PIN]
    known = (event, *form.earlier_events, event.group)
    return {
        "at": next(((place.lat, place.lon) for place in known if place.lat is not None), None),
        "earlier": [
            {"lat": pin.lat, "lon": pin.lon, "words": place_line(pin) or _("A place you used before")} for pin in pins
        ],
        "unit": current_user.unit or ("mi" if uses_miles(event.group.country_code) else "km"),
    }
