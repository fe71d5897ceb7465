"""The admin's page about the site's own mail: does the world trust it, and what to fix."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import admin
from ..db import db
from ..forms import ButtonForm, press
from ..when import now
from .mail_check import plan_check, send_test
from .mail_check_page import check_context

bp = Blueprint("mail_check", __name__, url_prefix="/admin/mail")


@bp.get("")
@admin
def page():
    """What was found the last time."""
    return render_template("organize/mail_check.html", **check_context(), button=ButtonForm(formdata=None))


@bp.post("/check")
@admin
def check():
    """Look again; the worker does, within seconds."""
    press()
    plan_check(now())
    db.session.commit()
    return web.done(url_for("mail_check.page"))


@bp.post("/test")
@admin
def test():
    """A letter to the admin's own address."""
    press()
    send_test(current_user.email, current_user.language, now())
    db.session.commit()
    return web.done(url_for("mail_check.page"))
