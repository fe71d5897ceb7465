"""Signing in by a password, and having one."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import UNSENT, ButtonForm, press
from ..limits import Limit, spend
from ..refusals import Refused
from ..when import now
from . import passwords
from .actions import sign_out_elsewhere
from .forms import PasswordForm, PasswordSignInForm, SignInForm
from .routes import device, leave_this_device, welcome

bp = Blueprint("passwords", __name__)
BY_SENDER = Limit("password-from", 30, 3600)
BY_ADDRESS = Limit("password-of", 10, 3600)


@bp.get("/login/password")
def login():
    """Ask for address and password."""
    if current_user.is_authenticated:
        return web.done(web.safe_path(request.args.get("next")))
    form = PasswordSignInForm(formdata=None, data={"next": web.safe_path(request.args.get("next"))})
    return web.private(render_template("people/login_password.html", form=form))


@bp.post("/login/password")
def enter():
    """The same time and words for a wrong password, an address without one, and an unknown address."""
    form = PasswordSignInForm()
    if not form.validate():
        return web.again("people/login_password.html", form=form)
    moment, email = now(), form.email.data
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    sign_in = passwords.sign_in_by_password(email, form.password.data, device(), moment)
    if sign_in is None:
        form.password.errors = [_("Email and password don't go together. The mailed link always works.")]
        return web.again("people/login_password.html", form=form)
    leave_this_device()
    db.session.commit()
    return welcome(sign_in, web.safe_path(form.next.data))


@bp.get("/settings/password")
@signed_in
def settings():
    """Set, change or remove one's password."""
    return _page(PasswordForm(formdata=None))


@bp.post("/settings/password")
@signed_in
def save():
    """Set or change it, by whoever is surely this person: signed in just now, or knowing the one so far."""
    form, moment = PasswordForm(), now()
    fresh = passwords.is_fresh(current_user.sign_in, moment)
    if not fresh and current_user.password_hash is None:
        return _page(PasswordForm(UNSENT)), 422
    if not form.validate():
        return _page(form), 422
    if not fresh and not _knows(form, moment):
        form.current.errors = [_("This is not your password. Forgotten? Sign in by mail once more, below.")]
        return _page(form), 422
    try:
        passwords.set_password(current_user, form.password.data, moment)
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return _page(form), 422
    if form.elsewhere.data:
        sign_out_elsewhere(current_user, current_user.sign_in)
    db.session.commit()
    return web.done(url_for("passwords.settings", saved=1))


@bp.post("/settings/password/remove")
@signed_in
def remove():
    """Have none."""
    press()
    passwords.remove_password(current_user, now())
    db.session.commit()
    return web.done(url_for("passwords.settings"))


def _knows(form: PasswordForm, moment) -> bool:
    spend(BY_ADDRESS, current_user.email, moment)
    return passwords.is_right(current_user, form.current.data or "")


def _page(form: PasswordForm) -> str:
    again = {"email": current_user.email, "next": url_for("passwords.settings")}
    return render_template(
        "people/password.html",
        form=form,
        has=current_user.password_hash is not None,
        fresh=passwords.is_fresh(current_user.sign_in, now()),
        saved="saved" in request.args,
        button=ButtonForm(formdata=None),
        letter=SignInForm(UNSENT, data=again),
    )
