"""Any search as a calendar, as an Atom feed and as points on a map."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest

from .. import ics, web
from ..events.cards import card
from ..events.places import public_point
from ..feeds.atom import atom
from ..feeds.queries import AHEAD, BACK
from ..feeds.serve import A_DAY, ATOM, CALENDAR, serve_feed, utc_day
from ..geo import gazetteer
from ..geo.labels import labels
from ..spoken import named_language, speaking
from ..spots.page import map_point
from ..spots.queries import points as spot_points
from ..versions import LISTS, read_versions
from ..when import now
from .page import feed_link, kept_search, search_name
from .params import PARAMS, read_search
from .queries import entries, left, points, rows_for_feed
from .searches import Search

bp = Blueprint("searches", __name__)
# No search of a region has more; it bounds what one request may cost.
MOST_ENTRIES, MOST_NEWS, MOST_POINTS, MOST_SPOTS = 5000, 1000, 5000, 500


@bp.get("/calendar.ics", defaults={"slug": None})
@bp.get("/near/<slug>/calendar.ics")
def calendar(slug: str | None):
    """A search to subscribe to: from 30 days back to a year on, or the days it asks for."""
    day = utc_day(now())
    asked = _asked(slug, day)
    if not (asked.when or asked.from_on or asked.to_on):
        asked = replace(asked, since=day - BACK, until=day + AHEAD)

    def build(source: str, page: str) -> bytes:
        vevents = [*entries(asked, MOST_ENTRIES), *left(asked, day)]
        return ics.calendar(vevents, name=search_name(asked), zone=asked.zone, url=page, source=source)

    return _serve(asked, day, "searches.calendar", CALENDAR, build)


@bp.get("/feed.atom", defaults={"slug": None})
@bp.get("/near/<slug>/feed.atom")
def news(slug: str | None):
    """A search for readers of news."""
    day = utc_day(now())
    asked = _asked(slug, day)

    def build(source: str, page: str) -> bytes:
        changed_at = read_versions([LISTS])[LISTS][1] or day
        rows = rows_for_feed(asked, MOST_NEWS)
        return atom(rows, name=search_name(asked), page=page, source=source, changed_at=changed_at)

    return _serve(asked, day, "searches.news", ATOM, build)


@bp.get("/map.json", defaults={"slug": None})
@bp.get("/near/<slug>/map.json")
def on_map(slug: str | None):
    """The points of a search: all of them, not one page; and the places around that need hands."""
    moment = now()
    asked = _asked(slug, moment)
    events = [_point(row) for row in points(asked, moment, MOST_POINTS)]
    spots = [] if _is_narrow(asked) else spot_points(asked.point, asked.radius_m, MOST_SPOTS)
    return kept_search(jsonify(events + [map_point(spot) for spot in spots]), asked, moment)


@bp.get("/map/names.json")
def names():
    """Towns to write on a map without tiles: `box` is west, south, east, north in degrees."""
    found = labels(gazetteer(), *_box(request.args.get("box", "")))
    answer = jsonify([asdict(label) for label in found])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _is_narrow(asked: Search) -> bool:
    """Whether a search looks for something that no place can be."""
    return bool(asked.kind or asked.words or asked.tags or asked.online)


def _box(text: str) -> tuple[float, float, float, float]:
    """The sides of a view, within the globe; 400 for anything else."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BadRequest(_("The box is four numbers: west, south, east, north.")) from None
    if not all(abs(side) < 1000 for side in (west, south, east, north)):
        raise BadRequest(_("The box is four numbers: west, south, east, north."))
    return max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north)


def _asked(slug: str | None, moment: datetime) -> Search:
    """The search of this address. 404 for a place that nobody knows: a reader would get the whole world."""
    place = gazetteer().by_slug(slug) if slug else None
    asked = read_search(request.args, moment, place)
    if asked.unknown_place or (slug and place is None):
        abort(404)
    return asked


def _serve(asked: Search, day: datetime, endpoint: str, kind: str, build: Callable[[str, str], bytes]) -> Response:
    """The feed in the language that its address names, never the reader's: importers send no header."""
    number, changed_at = read_versions([LISTS])[LISTS]
    language = named_language()
    source, page = feed_link(asked, endpoint), feed_link(asked, "discover.home")
    with speaking(language):
        depends_on = (source, asked.point, language, number, changed_at)
        answer = serve_feed(depends_on, changed_at, day, lambda: build(source, page), kind=kind)
    return web.keep(answer, LISTS, until=day + A_DAY, params=PARAMS)


def _point(row) -> dict[str, Any]:
    lat, lon = public_point(row)
    shown = card(row, "", None)
    return {
        "id": row.id,
        "lat": lat,
        "lon": lon,
        "url": url_for("pages.event", slug=row.slug),
        "title": row.title,
        "words": f"{shown.date_words}, {shown.time_words}",
        "crew": row.group_id,
        "day": shown.day,
        "gone": shown.gone,
    }
