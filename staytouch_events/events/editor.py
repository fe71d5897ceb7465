"""What events/edit.html shows: the form, and the map on which its pin can be dragged."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_login import current_user

from ..access.groups import may_organize
from ..forms import ButtonForm
from ..geo.online import kept_answer, source
from ..geo.regions import uses_miles
from ..maps import site_tiles
from ..when import now
from .forms import EventForm, place_line
from .locating import asked_as
from .models import PIN, Event
from .reach import ALL, ONE, others
from .typed import spots_for


def edit_context(event: Event, form: EventForm) -> dict[str, Any]:
    """The context of the page of a form, with or without errors."""
    spots = spots_for(event, form.place.data or "")
    form.found.choices = [*spots.items(), ("", _("None of these"))] if spots else []
    if event.is_umbrella:
        form.reach.choices = [(ALL, _("On this page and at all sites")), (ONE, _("On this page alone"))]
    return {
        "event": event,
        "own_crew": may_organize(current_user, event.group),
        "others": len(others(event, ALL, now())),
        "form": form,
        "button": ButtonForm(formdata=None),
        "pin_map": _pin_map(event, form),
        "tiles": site_tiles(),
        "finds": _finds(event, form.place.data or ""),
    }


def _finds(event: Event, address: str) -> dict[str, Any] | None:
    """Where addresses are looked up, and how the look-up that somebody asked for stands; None without a geocoder."""
    asked = source()
    if asked is None:
        return None
    known = kept_answer(asked_as(event, address)) if address else None
    return {"host": urlsplit(asked.url).hostname, "waits": known is None, "nothing": known == []}


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
