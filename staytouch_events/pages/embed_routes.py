"""Lists for other people's pages: light, without forms or scripts, the only ones that may stand in a frame."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_login import AnonymousUserMixin

from .. import web
from ..access.events import visible_events
from ..access.groups import visible_group
from ..colour import STOCKS
from ..discover.page import address, kept_search
from ..discover.params import read_search
from ..discover.queries import search
from ..events.cards import card
from ..events.host_models import hosted_by
from ..events.models import DRAFT, Event
from ..events.queries import coming, next_end, without_sites
from ..geo import gazetteer
from ..links import site_link
from ..text import parse_int
from ..versions import LISTS
from ..volunteers.queries import next_gate
from ..when import now
from .group import cards

bp = Blueprint("embeds", __name__)
USUAL, MOST = 6, 20
THEMES = ("auto", "light", "dark")
LOOKS = ("theme", "paper", "limit", "title")
ANYBODY = AnonymousUserMixin()


@bp.get("/embed/groups/<slug>")
def group(slug: str):
    """What a crew does next."""
    shown, moment = visible_group(ANYBODY, slug), now()
    mine = without_sites(visible_events(ANYBODY)).where(hosted_by([shown.id]), Event.state != DRAFT)
    rows = cards(coming(mine, moment, _limit()), moment)
    page = _page(rows, shown.name, site_link("pages.group", slug=slug))
    until = min(filter(None, (next_end(moment), next_gate(moment))), default=None)
    return web.keep(page, f"group:{shown.id}", LISTS, until=until, params=LOOKS)


@bp.get("/embed/near/<slug>")
def near(slug: str):
    """What is on around a place."""
    place, moment = gazetteer().by_slug(slug), now()
    if place is None:
        abort(404)
    asked = read_search(request.args, moment, place)
    found = search(asked, moment, _limit())
    rows = [card(row, row.group_name, found.marks[row.id], found.needs.get(row.id)) for row in found.rows]
    return kept_search(_page(rows, place.label, site_link("discover.home") + address(asked)[1:]), asked, moment, *LOOKS)


def _page(rows: list, title: str, url: str):
    answer = web.framed(render_template("embed/list.html", cards=rows, title=title, url=url, **_look()))
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _look() -> dict[str, Any]:
    """How it is to look: nonsense looks as usual."""
    theme, paper = request.args.get("theme", ""), request.args.get("paper", "")
    return {
        "theme": theme if theme in THEMES else "auto",
        "paper": paper if paper in STOCKS else "",
        "titled": request.args.get("title") != "0",
    }


def _limit() -> int:
    return parse_int(request.args.get("limit", ""), 1, MOST) or USUAL
