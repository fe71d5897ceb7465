"""Reading events and groups from another program: no session, the same public facts for everybody."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin

from .. import web
from ..access.events import visible_event
from ..access.groups import visible_group
from ..discover.page import kept_search
from ..discover.params import PARAMS, read_search
from ..discover.queries import Found, groups_page, search
from ..discover.searches import Search, read_cursor
from ..events.host_queries import crew_counters
from ..events.queries import day_of_site
from ..groups.queries import member_count
from ..links import site_link
from ..rsvps.queries import numbers_of, seat_marks
from ..sites.room import rooms_of
from ..text import parse_int
from ..versions import LISTS
from ..volunteers.queries import needs_of, next_gate
from ..when import now
from .asked import BadField, checked_query, page_size
from .shape import COLUMNS, event_json, group_json, whole_event_json, whole_group_json

bp = Blueprint("api", __name__, url_prefix="/api/v1")
ANYBODY = AnonymousUserMixin()
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link",
}


@bp.after_app_request
def _open_to_reads(answer: Response) -> Response:
    """Any page elsewhere may read what anybody may read."""
    if request.path.startswith("/api/"):
        answer.headers.update(OPEN)
    return answer


@bp.get("/events")
def events():
    """A page of a search."""
    moment, size = now(), page_size()
    asked = _search(moment, read_cursor)
    found = search(asked, moment, size, COLUMNS)
    rows = [_event(row, found) for row in found.rows]
    answer = _page("events", rows, "api.events", asked.query() | {"limit": size}, found.after, total=found.total)
    return kept_search(answer, asked, moment, "limit")


@bp.get("/events/<slug>")
def event(slug: str):
    """One event, an unlisted one too for whoever has its address."""
    shown = visible_event(ANYBODY, slug)
    moment, mark, numbers = now(), seat_marks([shown])[shown.id], numbers_of([shown.id])[shown.id]
    need = needs_of([shown.id], moment).get(shown.id)
    day, sites = day_of_site(shown), rooms_of(shown, None, moment)
    answer = jsonify(whole_event_json(shown, mark, need, numbers, day if day and day.is_shown else None, sites))
    turns = (turn for turn in (next_gate(moment, shown), shown.ends_at) if turn and turn > moment)
    return web.keep(answer, *shown.counters, *crew_counters(shown), until=min(turns, default=None))


@bp.get("/groups")
def groups():
    """A page of public groups, by age."""
    size, asked = page_size(), _search(now(), _number)
    rows, last = groups_page(asked, _number(request.args.get("after") or "0"), size)
    shown = [group_json(group, far) for group, far in rows]
    answer = _page("groups", shown, "api.groups", asked.query() | {"limit": size}, last)
    return web.keep(answer, LISTS, params=(*PARAMS, "limit"))


@bp.get("/groups/<slug>")
def group(slug: str):
    """One group, an unlisted one too for whoever has its address."""
    shown = visible_group(ANYBODY, slug)
    return web.keep(jsonify(whole_group_json(shown, member_count(shown))), f"group:{shown.id}")


@bp.get("/openapi.json")
def openapi():
    """This interface, described (OpenAPI 3.1)."""
    text = (Path(__file__).parent / "openapi.json").read_text()
    answer = Response(text.replace("{site}", current_app.config["SETTINGS"].site_url), mimetype="application/json")
    return web.keep(answer)


def _event(row, found: Found) -> dict:
    mark, need, metres = found.marks[row.id], found.needs.get(row.id), found.metres.get(row.id)
    return event_json(row, row.group_name, row.group_slug, mark, need, metres)


def _number(text: str) -> int | None:
    return parse_int(text, 0, 2**62)


def _search(moment: datetime, reads: Callable[[str], object]) -> Search:
    asked = read_search(checked_query(reads), moment)
    if asked.unknown_place:
        raise BadField("near", _("No town or ZIP called “%(place)s” is known here.", place=asked.near_text))
    return asked


def _page(name: str, rows: list, endpoint: str, query: dict, after: str | None, **more) -> Response:
    """A page of rows, with the address of the next in the body and in Link (RFC 8288)."""
    following = site_link(endpoint, **query, after=after) if after else None
    answer = jsonify({name: rows, "next": following, **more})
    if following:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer
