"""Places that need hands: their list, and the same on a map."""

from flask import Blueprint, abort, jsonify, render_template, request

from .. import web
from ..discover.params import read_search
from ..spots.page import map_point
from ..spots.queries import points
from ..text import parse_int
from ..versions import LISTS
from ..when import now
from .spots import spots_context

bp = Blueprint("spot_lists", __name__)
PARAMS = ("near", "within", "unit")
MOST_POINTS = 1000


@bp.get("/spots")
def listing():
    """The newest first."""
    asked = read_search(request.args, now())
    context = spots_context(asked, parse_int(request.args.get("after", ""), 1, 2**31 - 1))
    page = web.mapped(render_template("spots/list.html", **context), context["tiles"])
    return web.keep(page, LISTS, params=(*PARAMS, "after"))


@bp.get("/spots/map.json")
def on_map():
    """All of them, as static/js/map.js reads them."""
    asked = read_search(request.args, now())
    if asked.unknown_place:
        abort(404)
    found = [map_point(spot) for spot in points(asked.point, asked.radius_m, MOST_POINTS)]
    return web.keep(jsonify(found), LISTS, params=PARAMS)
