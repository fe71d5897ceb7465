"""Reporting a place, its own page, and saying "me too"."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.spots import visible_spot
from ..db import db
from ..limits import Limit, spend
from ..pictures import take_new_upload
from ..spoken import language
from ..text import clean_line, mask_email
from ..versions import LISTS
from ..when import now
from . import actions
from .forms import choose_again, me_too_form, report_form
from .models import CLOSED, Spot
from .page import report_context, spot_context

bp = Blueprint("spots", __name__)
BY_SENDER = Limit("spot-from", 20, 3600)
BY_ADDRESS = Limit("spot-to", 10, 3600)


@bp.get("/spots/new")
def new():
    """The form, for anybody; `near` says where its map opens."""
    shown = report_context(report_form(formdata=None), _near())
    page = web.mapped(render_template("spots/report.html", **shown), shown["tiles"])
    return web.keep(page, LISTS, params=("near",))


@bp.post("/spots/new")
def report():
    """Report it: at once for somebody signed in, by letter for everyone else."""
    form, moment = report_form(), now()
    spend(BY_SENDER, request.remote_addr or "", moment)
    fields = form.fields()
    if fields is None:
        choose_again(form)
        return _again(form)
    guest = not current_user.is_authenticated
    if guest and form.website.data:
        return _written(form.email.data, reported=True)
    if guest:
        spend(BY_ADDRESS, form.email.data, moment)
    if not take_new_upload(form, fields):
        return _again(form)
    if guest:
        actions.report_as_guest(form.email.data, form.name.data or "", language(), fields, moment)
        db.session.commit()
        return _written(form.email.data, reported=True)
    spot = actions.report(current_user, fields, moment)
    db.session.commit()
    return web.done(url_for("spots.one", slug=spot.slug))


@bp.get("/spots/<slug>")
def one(slug: str):
    """One place."""
    spot = visible_spot(current_user, slug)
    page = _page(spot)
    return web.unlisted(page) if spot.state == CLOSED else web.keep(page, LISTS)


@bp.post("/spots/<slug>/me-too")
def me_too(slug: str):
    """Say so too: one tap signed in, by letter for everyone else."""
    spot, form = visible_spot(current_user, slug), me_too_form()
    if not form.validate():
        return _page(spot, form), 422
    if current_user.is_authenticated:
        actions.me_too(spot, current_user, now())
        db.session.commit()
        return web.done(url_for("spots.one", slug=slug))
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    if not form.website.data:
        actions.me_too_as_guest(spot, email, language(), moment)
        db.session.commit()
    return _written(email, reported=False)


def _page(spot: Spot, form=None) -> Response:
    shown = spot_context(spot, form)
    return web.mapped(render_template("spots/one.html", **shown), shown["tiles"])


def _again(form) -> Response:
    shown = report_context(form, _near())
    return web.mapped(web.again("spots/report.html", **shown), shown["tiles"])


def _written(email: str, reported: bool) -> Response:
    return web.private(render_template("spots/written.html", email=mask_email(email), reported=reported))


def _near() -> str:
    return clean_line(request.args.get("near", ""))[:200]
