"""How messages reach somebody: the switch in their settings, and the link that ends their mail."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.conversations import mail_by_token
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press_or_one_click
from .forms import MailForm
from .queries import correspondent_of
from .telling import correspondent

bp = Blueprint("message_mail", __name__)


@bp.get("/settings/messages")
@signed_in
def settings():
    """Who may write at once, and what comes by mail."""
    found = correspondent_of(current_user)
    given = {"mailed": found is None or found.mailed, "asks_first": found is not None and found.asks_first}
    return _settings_page(MailForm(formdata=None, data=given))


@bp.post("/settings/messages")
@signed_in
def save():
    """Save it."""
    form = MailForm()
    if not form.validate():
        return _settings_page(form), 422
    found = correspondent(current_user)
    found.mailed, found.asks_first = form.mailed.data, form.asks_first.data
    db.session.commit()
    return web.done(url_for("message_mail.settings", saved=1))


@bp.get("/unsubscribe/messages/<token>")
def unsubscribe(token: str):
    """A page with a button: mail scanners follow links."""
    return _page(token)


@bp.post("/unsubscribe/messages/<token>")
@web.own_proof
def end(token: str):
    """End it at once, for the page's button and for one click in a mail program (RFC 8058); or begin it again."""
    settings = mail_by_token(token)
    press_or_one_click()
    settings.mailed = "again" in request.form
    db.session.commit()
    return _page(token)


def _page(token: str):
    context = {"token": token, "mailed": mail_by_token(token).mailed, "button": ButtonForm(formdata=None)}
    return web.private(render_template("conversations/mail.html", **context))


def _settings_page(form: MailForm) -> str:
    return render_template("conversations/settings.html", form=form, saved="saved" in request.args)
