"""Finding events: the front page, and a page for every place."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from ..geo import gazetteer
from ..when import now
from .page import about_place, search_context
from .params import read_search

bp = Blueprint("discover", __name__)


@bp.get("/")
def home():
    """The list, for what the address asks."""
    moment = now()
    return render_template("pages/home.html", **search_context(read_search(request.args, moment), moment))


@bp.get("/near/<slug>")
def near(slug: str):
    """A place's own page; a longer form of its name leads to it."""
    moment, place = now(), gazetteer().by_slug(slug)
    if place is None:
        abort(404)
    if place.slug != slug:
        return redirect(url_for("discover.near", slug=place.slug, **request.args.to_dict(flat=False)), 301)
    asked = read_search(request.args, moment, place)
    return render_template("pages/home.html", **search_context(asked, moment), about=about_place(asked, place, moment))
