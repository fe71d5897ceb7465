"""Organizers and the logs of their event: approve, send back, take out again."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.impact import log_of
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..when import now
from . import actions
from .desk import desk_context
from .forms import SendBackForm
from .page import usual_unit

bp = Blueprint("impact_desk", __name__)


@bp.get("/events/<slug>/manage/impact")
@signed_in
def logs(slug: str):
    """All logs of an event, what waits first."""
    event = hosted_event(current_user, slug)
    return render_template("impact/desk.html", **desk_context(event, usual_unit(current_user, event), now()))


@bp.post("/events/<slug>/manage/impact/<int(max=2147483647):number>")
@signed_in
def decide(slug: str, number: int):
    """It is so, or it is not."""
    event = hosted_event(current_user, slug)
    log = log_of(event, number)
    if request.form.get("do") == "approve":
        press()
        actions.approve(log, current_user, now())
    else:
        form = SendBackForm()
        if not form.validate():
            context = desk_context(event, usual_unit(current_user, event), now(), (number, form))
            return web.again("impact/desk.html", **context)
        actions.send_back(log, form.reason.data, current_user, now())
    db.session.commit()
    return web.done(url_for("impact_desk.logs", slug=slug))
