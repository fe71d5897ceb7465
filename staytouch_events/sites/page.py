"""What pages show of a day with several sites."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ..attendance.briefing import day_of
from ..discover.params import read_search
from ..events.cards import Card, card
from ..events.models import CANCELLED, DRAFT, POSTPONED, Event
from ..events.places import public_point
from ..events.queries import day_of_site, sites_of
from ..events.words import distance_words, hours_words, sites_words
from ..forms import ButtonForm
from ..geo.regions import uses_miles
from ..maps import site_tiles
from ..rsvps.additions import ON_PAGE, adds_to
from ..rsvps.models import WAITING, Rsvp
from ..rsvps.queries import numbers_of, seat_mark_of
from ..volunteers.queries import needs_of
from .follow import own_hours
from .forms import SiteForm
from .names import longest_name, site_name
from .room import Room, nearest_with_room, room_words, rooms_of, unit_of


def list_context(day: Event, moment: datetime) -> dict[str, Any]:
    """What sites/list.html shows: all sites, with how far each is from the place that the address names."""
    asked = read_search(request.args, moment)
    rooms, unit = rooms_of(day, asked.point, moment), asked.unit if asked.point else _unit(day)
    cards = [_card(room) for room in rooms]
    far = [None if room.metres is None else distance_words(room.metres, unit) for room in rooms]
    return {
        "event": day,
        "cards": list(zip(cards, far, strict=True)),
        "words": summary_words(rooms),
        "near_text": asked.near_text,
        "unknown": asked.unknown_place,
        "map_url": url_for("sites.on_map", slug=day.slug),
        "tiles": site_tiles(),
        "unit": unit,
    }


def map_points(day: Event, moment: datetime) -> list[dict[str, Any]]:
    """The sites as static/js/map.js reads them."""
    placed = [(room, public_point(room.site)) for room in rooms_of(day, None, moment)]
    return [_point(room, *point) for room, point in placed if point]


def day_part(day: Event, moment: datetime) -> dict[str, Any] | None:
    """What sites/_choose.html shows on the page of a day; None for any other event."""
    if not day.is_umbrella:
        return None
    rooms = rooms_of(day, None, moment)
    lines = [(room.name, url_for("pages.event", slug=room.site.slug), seats_words(room)) for room in rooms]
    return {"words": summary_words(rooms), "lines": lines, "url": url_for("sites.listing", slug=day.slug)}


def site_part(site: Event, full: bool, moment: datetime) -> dict[str, Any] | None:
    """What sites/_site.html shows on the page of a site: its day, and where there is room if here is none."""
    day = day_of_site(site)
    if day is None or not day.is_shown:
        return None
    room = nearest_with_room(site, 1, moment) if full else None
    unit = current_user.unit if current_user.is_authenticated and current_user.unit else _unit(site)
    return {
        "day": (day.title, url_for("pages.event", slug=day.slug)),
        "all_url": url_for("sites.listing", slug=day.slug),
        "room": room and _led(room, unit),
    }


@adds_to(ON_PAGE)
def answer_part(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """On the page of an answer that waits: where there is room for the party."""
    if rsvp.standing != WAITING or rsvp.event.umbrella_id is None:
        return {}
    room = nearest_with_room(rsvp.event, rsvp.wanted, moment)
    return {"room": _led(room, unit_of(rsvp))} if room else {}


def manage_context(day: Event, form: SiteForm, moment: datetime, changed: bool = False) -> dict[str, Any]:
    """What sites/manage.html shows: each site with its numbers, what they come to, and the form for one more."""
    sites = sites_of(day)
    ids = [site.id for site in sites]
    numbers, needs = numbers_of(ids), needs_of(ids, moment)
    on = [site for site in sites if site.state != CANCELLED]
    hands = sum(needs[site.id].hands for site in on if site.id in needs)
    limits = [site.capacity for site in on]
    return {
        "event": day,
        "form": form,
        "button": ButtonForm(formdata=None),
        "lines": [_line(day, site, numbers[site.id], needs.get(site.id)) for site in sites],
        "going": sum(numbers[site.id].going for site in on),
        "spots": None if None in limits or not limits else sum(limits),
        "waiting": sum(numbers[site.id].waiting for site in on),
        "hands_words": _hands(hands, any(site.id in needs for site in on)),
        "longest": longest_name(day),
        "changed": changed,
        "own": [site_name(day, site) for site in on if own_hours(day, site)],
    }


def summary_words(rooms: list[Room]) -> str:
    """ "5 sites, 48 spots left", of those that take answers."""
    open_ones = [room for room in rooms if room.closed is None]
    said = sites_words(len(rooms)) if rooms else _("No sites yet")
    if not open_ones or any(room.free is None for room in open_ones):
        return said
    free = sum(room.free for room in open_ones)
    left = ngettext("%(num)d spot left", "%(num)d spots left", free) if free else _("all full")
    return f"{said}, {left}"


def seats_words(room: Room) -> str:
    """What the list says of a site's spots."""
    if room.site.state == CANCELLED:
        return _("Cancelled")
    if room.closed is not None:
        return room.closed
    if room.free is None:
        return _("Room for all")
    if room.is_full:
        return _("Full: join the waitlist") if room.site.waitlist else _("Full")
    return ngettext("%(num)d spot left", "%(num)d spots left", room.free)


def _card(room: Room) -> Card:
    site = room.site
    made = card(site, hours_words(site), _mark(room))
    return made._replace(title=room.name, crew_name="", seat_words=None if room.is_full else seats_words(room))


def _mark(room: Room):
    return None if room.free is None else seat_mark_of(room.site, room.site.capacity - room.free, 0)


def _point(room: Room, lat: float, lon: float) -> dict[str, Any]:
    site = room.site
    shown = card(site, "", None)
    return {
        "id": site.id,
        "lat": lat,
        "lon": lon,
        "url": url_for("pages.event", slug=site.slug),
        "title": room.name,
        "words": f"{shown.time_words}, {seats_words(room)}",
        "crew": site.group_id,
        "day": shown.day,
        "gone": shown.gone,
    }


def _led(room: Room, unit: str) -> dict[str, str]:
    return {"words": room_words(room, unit), "url": url_for("pages.event", slug=room.site.slug), "name": room.name}


def _line(day: Event, site: Event, numbers, need) -> dict[str, Any]:
    info, states = day_of(site), {DRAFT: _("Draft"), CANCELLED: _("Cancelled"), POSTPONED: _("Postponed")}
    going = _("%(taken)d of %(all)d", taken=numbers.going, all=site.capacity) if site.capacity else str(numbers.going)
    return {
        "name": site_name(day, site),
        "url": url_for("pages.event", slug=site.slug),
        "edit_url": url_for("events.edit", slug=site.slug),
        "people_url": url_for("roster.people", slug=site.slug),
        "shifts_url": url_for("staff.shifts_board", slug=site.slug),
        "state": states.get(site.state),
        "hours": hours_words(site) if own_hours(day, site) else "",
        "lead": info.lead if info else "",
        "going": _("%(num)s going", num=going),
        "waiting": _("%(num)d waiting", num=numbers.waiting) if numbers.waiting else "",
        "hands": _hands(need.hands, True) if need else "",
        "on": site.state != CANCELLED,
    }


def _hands(hands: int, asked: bool) -> str:
    if hands:
        return ngettext("%(num)d hand needed", "%(num)d hands needed", hands)
    return _("All jobs covered") if asked else ""


def _unit(event: Event) -> str:
    return "mi" if uses_miles(event.country_code or event.group.country_code) else "km"
