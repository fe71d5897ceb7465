"""Signing in and out, and one's settings."""

from flask import Blueprint, current_app, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..limits import Limit, spend
from ..spoken import language
from ..text import mask_email
from ..when import now
from . import actions
from .forms import CodeForm, SettingsForm, SignInForm
from .homes import settle_home
from .settings_page import settings_page

bp = Blueprint("people", __name__)
BY_SENDER = Limit("sign-in-from", 60, 3600)
BY_ADDRESS = Limit("sign-in-to", 6, 3600)
CODES = Limit("sign-in-code", 60, 3600)


@bp.get("/login")
def login():
    """Ask for the address."""
    if current_user.is_authenticated:
        return web.done(web.safe_path(request.args.get("next")))
    form = SignInForm(data={"next": web.safe_path(request.args.get("next"))})
    return web.private(render_template("people/login.html", form=form))


@bp.post("/login")
def send_link():
    """Mail the link; the same page for every address."""
    form = SignInForm()
    if not form.validate():
        return web.again("people/login.html", form=form)
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    actions.ask_to_sign_in(email, web.safe_path(form.next.data), language(), moment)
    db.session.commit()
    code_form = CodeForm(formdata=None, data={"email": email})
    return web.private(render_template("people/sent.html", form=code_form, email=mask_email(email)))


@bp.post("/login/code")
def enter_by_code():
    """Take the code typed on this device."""
    form = CodeForm()
    moment = now()
    spend(CODES, request.remote_addr or "", moment)
    let_in = form.validate() and actions.sign_in_by_code(form.email.data, form.code.data, device(), moment)
    if let_in:
        leave_this_device()
    db.session.commit()
    if not let_in:
        if not form.errors:
            form.code.errors = [_("This code is not right, or too old. After five tries ask for a new mail.")]
        return web.again("people/sent.html", form=form, email=mask_email(form.email.data or ""))
    return welcome(*let_in)


@bp.get("/login/<token>")
def enter(token: str):
    """The page behind the mailed link: a button, because mail scanners follow links."""
    return web.private(render_template("people/enter.html", token=token))


@bp.post("/login/<token>")
def enter_by_link(token: str):
    """Spend the link."""
    let_in = actions.sign_in_by_link(token, device(), now())
    leave_this_device()
    db.session.commit()
    return welcome(*let_in)


@bp.post("/logout")
@signed_in
def logout():
    """Sign out here."""
    press()
    actions.sign_out(current_user.sign_in)
    db.session.commit()
    session.clear()
    return web.done("/")


@bp.post("/logout/everywhere")
@signed_in
def logout_everywhere():
    """Sign out on all devices."""
    press()
    actions.sign_out_everywhere(current_user)
    db.session.commit()
    session.clear()
    return web.done("/")


@bp.get("/settings")
@signed_in
def settings():
    """One's settings."""
    return settings_page()


@bp.post("/settings")
@signed_in
def save_settings():
    """Save them."""
    form = SettingsForm()
    if not form.validate():
        return settings_page(form), 422
    if not settle_home(current_user, form.home_place.data):
        form.home_place.errors = [_("No town or ZIP of this name is known here. Try the next bigger town.")]
        return settings_page(form), 422
    actions.rename(current_user, form.name.data, form.pronouns.data)
    current_user.language = form.language.data
    current_user.zone, current_user.unit = form.zone.data or current_user.zone, form.unit.data or None
    db.session.commit()
    return web.done(web.safe_path(request.args.get("next"), url_for("people.settings", saved=1)))


def device() -> str:
    """What the browser says it is."""
    return (request.user_agent.string or "")[:250]


def leave_this_device() -> None:
    """Whoever signs in again here ends the sign-in that this device had."""
    if current_user.is_authenticated:
        actions.sign_out(current_user.sign_in)


def welcome(sign_in, next_path: str):
    """Keep the sign-in on this device, and go on; whoever has no name yet says it first."""
    session.clear()
    session["_user_id"], session["_fresh"] = sign_in.public_id, True
    session.permanent = True
    if not sign_in.person.name:
        next_path = url_for("people.settings", next=next_path)
    current_app.logger.info("person %d signed in", sign_in.person_id)
    return web.done(next_path)
