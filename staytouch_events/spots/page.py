"""What pages show of reported places: a card of a list, a place's own page, a part of other pages."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import Row

from ..access.events import may_host
from ..access.spots import event_of, may_tend, organized_groups, watch_token
from ..db import db
from ..events.models import Event
from ..events.words import distance_words, hours_words, long_day, starts
from ..forms import ButtonForm
from ..geo import geocode
from ..geo.directions import directions_links
from ..geo.pins import ShortLink, parse_pin
from ..geo.regions import uses_miles
from ..links import site_link
from ..maps import site_tiles
from .forms import MeTooForm, ReportForm, me_too_form
from .models import CLEANED, CLOSED, NEEDING, PLANNED, Spot
from .planning import draft_for
from .queries import echoes, nearest, spot_of_event, watcher_of
from .words import ICONS, KINDS, SIZES, hazard_words, reason_words

NEAR_SHOWN = 6


def spot_card(spot: Spot | Row, echoed: int, metres: float | None = None, unit: str = "mi") -> dict[str, Any]:
    """A place in a list."""
    return {
        "id": f"spot-{spot.id}",
        "url": url_for("spots.one", slug=spot.slug),
        "title": spot.title,
        "icon": ICONS[spot.kind],
        "kind_label": str(KINDS[spot.kind]),
        "size_label": str(SIZES[spot.size]),
        "place_words": spot.place_name,
        "distance_words": None if metres is None else distance_words(metres, unit),
        "picture_url": url_for("groups.picture", name=f"{spot.picture}-s") if spot.picture else None,
        "state_tag": _tag(spot),
        "echo_words": _echo_words(echoed),
    }


def map_point(spot: Spot) -> dict[str, Any]:
    """A place as a map's script takes it (static/js/map.js)."""
    return {
        "id": f"spot-{spot.id}",
        "lat": spot.lat,
        "lon": spot.lon,
        "url": url_for("spots.one", slug=spot.slug),
        "title": spot.title,
        "words": f"{KINDS[spot.kind]}, {SIZES[spot.size]}",
        "day": "!",
        "spot": True,
        "gone": False,
    }


def spots_around(point: tuple[float, float] | None, near: str, unit: str) -> dict[str, Any]:
    """The part of a list of events: the nearest places that need hands."""
    found = nearest(point, NEAR_SHOWN) if point else []
    echoed = echoes(spot.id for spot, _far in found)
    query = {"near": near, "unit": unit} if near else {}
    return {
        "cards": [spot_card(spot, echoed.get(spot.id, 0), far, unit) for spot, far in found],
        "all_url": url_for("spot_lists.listing", **query),
        "report_url": url_for("spots.new", **({"near": near} if near else {})),
    }


def event_spot(event: Event, moment: datetime) -> dict[str, Any] | None:
    """The part of an event's page: the place that it cleans up."""
    spot = spot_of_event(event)
    if spot is None:
        return None
    due = spot.state in NEEDING and event.has_started(moment) and may_host(current_user, event)
    return spot_card(spot, 0) | {"clean_url": url_for("tending.clean", slug=spot.slug) if due else None}


def spot_context(spot: Spot, me_too: MeTooForm | None = None) -> dict[str, Any]:
    """All that a place's page shows to this viewer."""
    event, echoed = event_of(spot), echoes([spot.id]).get(spot.id, 0)
    card = spot_card(spot, echoed)
    return {
        "spot": card
        | {
            "slug": spot.slug,
            "state": spot.state,
            "needs": spot.state in NEEDING,
            "note": spot.note,
            "hazards": hazard_words(spot),
            "lat": spot.lat,
            "lon": spot.lon,
            "directions": directions_links(spot.lat, spot.lon, spot.title),
            "before_url": url_for("groups.picture", name=spot.picture) if spot.picture else None,
            "after_url": url_for("groups.picture", name=spot.after_picture) if spot.after_picture else None,
            "closed_words": reason_words(spot) if spot.state == CLOSED else None,
        },
        "event": _event(event) if event else None,
        "me_too": me_too or me_too_form(formdata=None),
        "mine": _mine(spot),
        "tends": may_tend(current_user, spot),
        "groups": _groups(spot, event),
        "button": ButtonForm(formdata=None),
        "unit": "mi" if uses_miles(spot.country_code) else "km",
        "tiles": site_tiles(),
        "share": {"url": site_link("spots.one", slug=spot.slug), "title": spot.title},
    }


def report_context(form: ReportForm, near: str) -> dict[str, Any]:
    """The page of the form; its map opens near what was typed or searched, else at the site's own place."""
    town = next(iter(geocode(near) or geocode(current_app.config["SETTINGS"].site_place)), None)
    at = _point(near) or ((town.lat, town.lon) if town else None)
    unit = "km" if town and not uses_miles(town.country_code) else "mi"
    return {"form": form, "near": near, "pin_map": {"at": at, "unit": unit}, "tiles": site_tiles()}


def _point(text: str) -> tuple[float, float] | None:
    try:
        pin = parse_pin(text)
    except ShortLink:
        return None
    return (pin.lat, pin.lon) if pin else None


def _tag(spot: Spot) -> tuple[str, str] | None:
    return {PLANNED: ("ok", _("A crew has a date")), CLEANED: ("ok", _("Clean again"))}.get(spot.state)


def _echo_words(echoed: int) -> str | None:
    return ngettext("%(num)d more says so", "%(num)d more say so", echoed) if echoed else None


def _event(event: Event) -> dict[str, str]:
    return {
        "url": url_for("pages.event", slug=event.slug),
        "title": event.title,
        "crew": event.group.name,
        "when": f"{long_day(starts(event).date())}, {hours_words(event)}",
    }


def _mine(spot: Spot) -> dict[str, Any] | None:
    """The viewer's own report or "me too"."""
    watcher = watcher_of(spot, current_user) if current_user.is_authenticated else None
    if watcher is None or watcher.confirmed_at is None:
        return None
    return {"reported": watcher.reported, "url": url_for("watching.mine", token=watch_token(watcher))}


def _groups(spot: Spot, event: Event | None) -> list[dict[str, Any]]:
    """Crews that the viewer can have clean it up, and the draft that each has for it."""
    if not current_user.is_authenticated or event is not None or spot.state not in NEEDING:
        return []
    found = []
    for group in db.session.scalars(organized_groups(current_user)):
        draft = draft_for(spot, group.id)
        found.append({"slug": group.slug, "name": group.name, "draft": draft is not None})
    return found
