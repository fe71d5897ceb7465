"""What a search's address asks for (interface.md); unknown or bad parts are ignored, and said where it helps."""

from datetime import date, datetime, timedelta

from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ..geo import Place, around_here, gazetteer, site_place
from ..geo.distance import METRES
from ..geo.pins import ShortLink, parse_pin
from ..geo.regions import uses_miles
from ..kinds import KINDS
from ..text import clean_line, fold
from ..when import day_ends, day_starts, in_zone
from .searches import USUAL_RADIUS, Search, read_cursor

# What a search reads of an address.
PARAMS = tuple("near within unit when from to kind tag q needs online after".split())
VOLUNTEERS = "volunteers"
WHENS = ("today", "tomorrow", "weekend", "week", "month")
RADII = (2, 5, 10, 25, 50, 100, 250, 500)
LEAST_RADIUS, MOST_RADIUS = 0.1, 500.0


def read_search(args: MultiDict, now: datetime, named: Place | None = None) -> Search:
    """Understand an address's query; on a place's own page `named` is the place."""
    near = clean_line(args.get("near", ""))[:200] if named is None else named.label
    place, point, others = _near(near) if named is None else (named, (named.lat, named.lon), ())
    usual_unit = _usual_unit(place)
    home = site_place()
    zone = (place.zone if place else None) or (home.zone if home else "UTC")
    from_on, to_on = _day(args.get("from")), _day(args.get("to"))
    when = args.get("when", "") if args.get("when") in WHENS and not (from_on or to_on) else ""
    since, until = _span(when, from_on, to_on, zone, now)
    return Search(
        near_text=near,
        slug=named.slug if named else "",
        place=place,
        point=point,
        others=others,
        within=_radius(args.get("within", "")),
        unit=args["unit"] if args.get("unit") in METRES else usual_unit,
        usual_unit=usual_unit,
        when=when,
        from_on=from_on,
        to_on=to_on,
        since=since,
        until=until,
        kind=args.get("kind", "") if args.get("kind") in KINDS else "",
        tags=tuple(dict.fromkeys(fold(clean_line(tag))[:50] for tag in args.getlist("tag")[:5] if tag.strip())),
        words=clean_line(args.get("q", ""))[:100],
        online=args.get("online") == "1",
        needs_at=now if args.get("needs") == VOLUNTEERS else None,
        after=read_cursor(args.get("after", "")),
        zone=zone,
    )


def _near(text: str) -> tuple[Place | None, tuple[float, float] | None, tuple[Place, ...]]:
    """The place and its point; others of the name where it may be one of them."""
    if not text:
        return None, None, ()
    try:
        pin = parse_pin(text)
    except ShortLink:
        return None, None, ()
    if pin is not None:
        point = (round(pin.lat, 2), round(pin.lon, 2))
        return gazetteer().nearest(*point), point, ()
    found = around_here(text)
    if not found:
        return None, None, ()
    others = () if found[0].sure else tuple(found[1:6])
    return found[0], (found[0].lat, found[0].lon), others


def _usual_unit(place: Place | None) -> str:
    if current_user.is_authenticated and current_user.unit:
        return current_user.unit
    place = place or site_place()
    return "mi" if place is None or uses_miles(place.country_code) else "km"


def _radius(text: str) -> float:
    try:
        asked = float(text) if text and len(text) < 12 and text.isascii() else USUAL_RADIUS
    except ValueError:
        return USUAL_RADIUS
    return min(MOST_RADIUS, max(LEAST_RADIUS, asked)) if asked == asked else USUAL_RADIUS


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text and len(text) == 10 and text.isascii() else None
    except ValueError:
        return None


def _span(
    when: str, from_on: date | None, to_on: date | None, zone: str, now: datetime
) -> tuple[datetime, datetime | None]:
    """The instants between which an event has to overlap; from now on unless days are named."""
    if from_on or to_on:
        since = day_starts(from_on, zone) if from_on else now
        return since, day_ends(to_on, zone) if to_on and to_on.year < 9999 else None
    today = in_zone(now, zone).date()
    if when == "weekend":
        saturday = today + timedelta(days=(5 - today.weekday()) % 7 if today.weekday() < 5 else 5 - today.weekday())
        return max(now, day_starts(saturday, zone)), day_ends(saturday + timedelta(days=1), zone)
    if when == "tomorrow":
        tomorrow = today + timedelta(days=1)
        return day_starts(tomorrow, zone), day_ends(tomorrow, zone)
    days = {"today": 0, "week": 6, "month": 29}.get(when)
    return now, None if days is None else day_ends(today + timedelta(days=days), zone)
