"""Looking after a place: an event is made of it, it is marked cleaned, closed, opened again."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.spots import tended_spot, visible_spot
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..pictures import take_new_upload
from ..when import now
from . import actions
from .forms import CleanedForm, CloseForm
from .planning import make_event

bp = Blueprint("tending", __name__)


@bp.post("/spots/<slug>/event/<group_slug>")
@signed_in
def plan(slug: str, group_slug: str):
    """A draft that cleans it up, of a crew that the viewer organizes."""
    spot, group = visible_spot(current_user, slug), organized_group(current_user, group_slug)
    press()
    event = make_event(spot, group, now())
    db.session.commit()
    return web.done(url_for("events.edit", slug=event.slug))


@bp.get("/spots/<slug>/cleaned")
@signed_in
def clean(slug: str):
    """How does it look now?"""
    spot = tended_spot(current_user, slug)
    return render_template("spots/cleaned.html", spot=spot, form=CleanedForm(formdata=None))


@bp.post("/spots/<slug>/cleaned")
@signed_in
def mark_cleaned(slug: str):
    """It is clean, with a photo or without."""
    spot, form, fields = tended_spot(current_user, slug), CleanedForm(), {"picture": None}
    if not form.validate() or not take_new_upload(form, fields):
        return web.again("spots/cleaned.html", spot=spot, form=form)
    actions.mark_cleaned(spot, fields["picture"], now())
    db.session.commit()
    return web.done(url_for("spots.one", slug=slug))


@bp.get("/spots/<slug>/close")
@signed_in
def ask_close(slug: str):
    """Why?"""
    spot = tended_spot(current_user, slug)
    return render_template("spots/close.html", spot=spot, form=CloseForm(formdata=None))


@bp.post("/spots/<slug>/close")
@signed_in
def close(slug: str):
    """It was no report for here."""
    spot, form = tended_spot(current_user, slug), CloseForm()
    if not form.validate():
        return web.again("spots/close.html", spot=spot, form=form)
    actions.close(spot, form.closed_as.data, form.reason.data or "", now())
    db.session.commit()
    return web.done(url_for("spots.one", slug=slug))


@bp.post("/spots/<slug>/reopen")
@signed_in
def reopen(slug: str):
    """It needs hands after all."""
    spot = tended_spot(current_user, slug)
    press()
    actions.reopen(spot, now())
    db.session.commit()
    return web.done(url_for("spots.one", slug=slug))
