"""What a search's address asks for (interface.md); unknown or bad parts are ignored, and said where it helps."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from flask import current_app
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ..geo import Place, gazetteer
from ..geo.distance import METRES
from ..geo.pins import ShortLink, parse_pin
from ..geo.regions import uses_miles
from ..kinds import KINDS
from ..text import clean_line, fold, parse_int
from ..when import day_ends, day_starts, in_zone

WHENS = ("today", "tomorrow", "weekend", "week", "month")
RADII = (2, 5, 10, 25, 50, 100, 250, 500)
USUAL_RADIUS = 25.0
LEAST_RADIUS, MOST_RADIUS = 0.1, 500.0


@dataclass(frozen=True)
class Search:
    """One search, understood. `since` and `until` are UTC instants, `radius_m` metres."""

    near_text: str = ""
    place: Place | None = None
    point: tuple[float, float] | None = None
    others: tuple[Place, ...] = ()
    within: float = USUAL_RADIUS
    unit: str = "mi"
    when: str = ""
    from_on: date | None = None
    to_on: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""
    online: bool = False
    after: tuple[int, int] | None = None
    zone: str = "UTC"

    @property
    def radius_m(self) -> float:
        """How far from the point, in metres."""
        return self.within * METRES[self.unit]

    @property
    def unknown_place(self) -> bool:
        """Whether a place was asked for that nobody knows here."""
        return bool(self.near_text) and self.point is None

    def query(self, **changes) -> dict:
        """The search as parts of an address, without the defaults."""
        changed = replace(self, **changes)
        parts: dict = {}
        if changed.near_text:
            parts["near"] = changed.near_text
            parts["within"] = f"{changed.within:g}"
            parts["unit"] = changed.unit
        parts |= {"when": changed.when} if changed.when else {}
        parts |= {"from": changed.from_on.isoformat()} if changed.from_on else {}
        parts |= {"to": changed.to_on.isoformat()} if changed.to_on else {}
        parts |= {"kind": changed.kind} if changed.kind else {}
        parts |= {"tag": list(changed.tags)} if changed.tags else {}
        parts |= {"q": changed.words} if changed.words else {}
        parts |= {"online": "1"} if changed.online else {}
        return parts


def read_search(args: MultiDict, now: datetime) -> Search:
    """Understand an address's query."""
    near = clean_line(args.get("near", ""))[:200]
    place, point, others = _near(near)
    unit = _unit(args.get("unit", ""), place)
    home = site_place()
    zone = (place.zone if place else None) or (home.zone if home else "UTC")
    from_on, to_on = _day(args.get("from")), _day(args.get("to"))
    when = args.get("when", "") if args.get("when") in WHENS and not (from_on or to_on) else ""
    since, until = _span(when, from_on, to_on, zone, now)
    return Search(
        near_text=near,
        place=place,
        point=point,
        others=others,
        within=_radius(args.get("within", "")),
        unit=unit,
        when=when,
        from_on=from_on,
        to_on=to_on,
        since=since,
        until=until,
        kind=args.get("kind", "") if args.get("kind") in KINDS else "",
        tags=tuple(dict.fromkeys(fold(clean_line(tag))[:50] for tag in args.getlist("tag")[:5] if tag.strip())),
        words=clean_line(args.get("q", ""))[:100],
        online=args.get("online") == "1",
        after=read_cursor(args.get("after", "")),
        zone=zone,
    )


def site_place() -> Place | None:
    """Where the site is at home."""
    return _site_place(current_app.config["SETTINGS"].site_place)


@lru_cache(maxsize=8)
def _site_place(text: str) -> Place | None:
    return next((place for place in gazetteer().find(text) if place.lat is not None), None)


def write_cursor(starts_at: int, event_id: int) -> str:
    """Where a page ended: seconds since 1970 and the event's number."""
    return f"{starts_at}.{event_id}"


def read_cursor(text: str) -> tuple[int, int] | None:
    """The cursor in an address; nonsense is the first page."""
    first, dot, second = text.partition(".")
    starts_at, event_id = parse_int(first, -(10**11), 10**11), parse_int(second, 0, 2**62)
    return (starts_at, event_id) if dot and starts_at is not None and event_id is not None else None


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
    found = [place for place in gazetteer().find(text) if place.lat is not None]
    if not found:
        return None, None, ()
    others = () if found[0].sure else tuple(found[1:6])
    return found[0], (found[0].lat, found[0].lon), others


def _unit(asked: str, place: Place | None) -> str:
    if asked in METRES:
        return asked
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
