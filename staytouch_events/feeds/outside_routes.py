"""Calendars of one's own elsewhere: followed, read again, left."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.busy import outside_calendar
from ..access.viewers import signed_in
from ..db import db
from ..events.words import day_and_clock
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..refusals import Refused
from ..when import in_zone, now
from . import outside
from .forms import OutsideForm
from .queries import followed_by

bp = Blueprint("outside", __name__)
BY_PERSON = Limit("outside-calendars", 30, 3600)


@bp.get("/agenda/calendars")
@signed_in
def calendars():
    """Those that one follows, and a form for one more."""
    return _page(OutsideForm(formdata=None))


@bp.post("/agenda/calendars")
@signed_in
def follow():
    """Follow one more."""
    form, moment = OutsideForm(), now()
    if not form.validate():
        return _page(form), 422
    spend(BY_PERSON, str(current_user.id), moment)
    try:
        outside.follow_outside(current_user, form.url.data, form.name.data, moment)
    except Refused as refusal:
        form.url.errors = [str(refusal)]
        return _page(form), 422
    db.session.commit()
    return web.done(url_for("outside.calendars"))


@bp.post("/agenda/calendars/<int:number>/<any(again,leave):step>")
@signed_in
def change(number: int, step: str):
    """Read it now, or follow it no more."""
    row, moment = outside_calendar(current_user, number), now()
    press()
    if step == "leave":
        outside.leave_outside(row)
    else:
        spend(BY_PERSON, str(current_user.id), moment)
        outside.read_again(row, moment)
    db.session.commit()
    return web.done(url_for("outside.calendars"))


def _page(form: OutsideForm) -> str:
    zone = current_user.zone or "UTC"
    rows = [(row, row.read_at and day_and_clock(in_zone(row.read_at, zone))) for row in followed_by(current_user)]
    return render_template("feeds/outside.html", rows=rows, form=form, button=ButtonForm(formdata=None))
