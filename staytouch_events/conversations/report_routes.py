"""Reporting a message, and the admins' list of what was reported."""

from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import message_to, own_side, report_numbered
from ..access.viewers import admin, signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..markdown import html
from ..when import now
from . import reporting
from .forms import ReportForm
from .queries import open_reports, settled_reports
from .routes import MESSAGE, NUMBER

bp = Blueprint("reports", __name__)
REPORTS = Limit("message-reports-from", 20, 86400)


@bp.get(f"/messages/{NUMBER}/messages/{MESSAGE}/report")
@signed_in
def ask(number: int, message: int):
    """The message, and what is wrong with it."""
    return _page(number, message, ReportForm(formdata=None))


@bp.post(f"/messages/{NUMBER}/messages/{MESSAGE}/report")
@signed_in
def report(number: int, message: int):
    """Report it."""
    reported, form = message_to(own_side(current_user, number), message), ReportForm()
    if not form.validate():
        return _page(number, message, form), 422
    spend(REPORTS, str(current_user.id), now())
    reporting.report(reported, current_user, form.words.data, now())
    db.session.commit()
    return web.done(url_for("reports.ask", number=number, message=message))


@bp.post(f"/messages/{NUMBER}/messages/{MESSAGE}/report/back")
@signed_in
def take_back(number: int, message: int):
    """It was not meant so."""
    reported = message_to(own_side(current_user, number), message)
    press()
    reporting.take_report_back(reported, current_user)
    db.session.commit()
    return web.done(url_for("messages.one", number=number))


@bp.get("/admin/reports")
@admin
def listing():
    """What was reported: each message alone, never the conversation around it."""
    context = {"waiting": open_reports(), "settled": settled_reports(), "button": ButtonForm(formdata=None)}
    return web.private(render_template("conversations/reports.html", **context))


@bp.post("/admin/reports/<int(max=2147483647):number>/<verb>")
@admin
def settle(number: int, verb: str):
    """Dismiss it, end the writer's writing, or take that back."""
    found = report_numbered(number)
    if verb not in reporting.VERBS:
        abort(404)
    press()
    reporting.VERBS[verb](found, now())
    db.session.commit()
    return web.done(url_for("reports.listing"))


def _page(number: int, message: int, form: ReportForm):
    side = own_side(current_user, number)
    reported = message_to(side, message)
    context = {
        "side": side,
        "message": reported,
        "text": html(reported.text),
        "form": form,
        "report": reporting.report_of(reported, current_user),
        "button": ButtonForm(formdata=None),
    }
    return web.private(render_template("conversations/report.html", **context))
