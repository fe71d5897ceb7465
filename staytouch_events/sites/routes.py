"""A day's sites: their list and map for everybody, adding them for its organizers."""

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, visible_event
from ..access.viewers import signed_in
from ..db import db
from ..events.host_queries import crew_counters
from ..events.index import is_listed
from ..events.models import Event
from ..forms import UNSENT, press
from ..refusals import Refused
from ..when import now
from . import actions
from .forms import SiteForm, site_form
from .page import list_context, manage_context, map_points
from .queries import next_turn

bp = Blueprint("sites", __name__)


@bp.get("/events/<slug>/sites")
def listing(slug: str):
    """All sites of a day on a list and a map."""
    day, moment = _day(slug), now()
    context = list_context(day, moment)
    return _kept(web.mapped(render_template("sites/list.html", **context), context["tiles"]), day)


@bp.get("/events/<slug>/sites.json")
def on_map(slug: str):
    """Their points."""
    day = _day(slug)
    return _kept(jsonify(map_points(day, now())), day)


@bp.get("/events/<slug>/manage/sites")
@signed_in
def manage(slug: str):
    """The sites with their numbers, and the form for one more."""
    event = hosted_event(current_user, slug)
    return _manage(event, site_form(event, UNSENT))


@bp.post("/events/<slug>/manage/sites")
@signed_in
def add(slug: str):
    """Add a site."""
    event = hosted_event(current_user, slug)
    form = site_form(event)
    site = form.site(event)
    if site is None:
        return _manage(event, form), 422
    try:
        actions.add_site(event, site, now())
    except Refused as refused:
        db.session.rollback()
        form.name.errors = [str(refused)]
        return _manage(event, form), 422
    db.session.commit()
    return web.done(url_for("sites.manage", slug=slug))


@bp.post("/events/<slug>/manage/sites/end")
@signed_in
def end(slug: str):
    """Make it one event again."""
    event = hosted_event(current_user, slug)
    press()
    actions.end_day(event, now())
    db.session.commit()
    return web.done(url_for("events.edit", slug=slug))


def _day(slug: str) -> Event:
    day = visible_event(current_user, slug)
    if not day.is_umbrella:
        abort(404)
    return day


def _kept(page, day: Event):
    if not is_listed(day):
        return web.unlisted(page)
    until = next_turn(day, now())
    return web.keep(page, f"event:{day.id}", *crew_counters(day), until=until, params=("near", "unit"))


def _manage(event: Event, form: SiteForm) -> str:
    changed = "changed" in request.args
    return render_template("sites/manage.html", **manage_context(event, form, now(), changed))
