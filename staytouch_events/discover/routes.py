"""Finding events: the front page, and a page for every place."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from .. import web
from ..geo import gazetteer
from ..when import now
from .page import about_place, kept_search, search_context
from .params import read_search
from .searches import Search

bp = Blueprint("discover", __name__)


@bp.get("/")
def home():
    """The list, for what the address asks."""
    moment = now()
    asked = read_search(request.args, moment)
    return _page(search_context(asked, moment), asked, moment)


@bp.get("/near/<slug>")
def near(slug: str):
    """A place's own page; a longer form of its name leads to it."""
    moment, place = now(), gazetteer().by_slug(slug)
    if place is None:
        abort(404)
    if place.slug != slug:
        return redirect(url_for("discover.near", slug=place.slug, **request.args.to_dict(flat=False)), 301)
    asked = read_search(request.args, moment, place)
    context = search_context(asked, moment) | {"about": about_place(asked, place, moment)}
    return _page(context, asked, moment)


def _page(context: dict[str, Any], asked: Search, moment: datetime) -> Response:
    return kept_search(web.mapped(render_template("pages/home.html", **context), context["tiles"]), asked, moment)
