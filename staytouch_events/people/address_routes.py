"""Changing one's address."""

from flask import Blueprint, abort, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..refusals import Refused
from ..when import now
from . import addresses
from .forms import AddressForm
from .models import AddressChange

bp = Blueprint("addresses", __name__)
BY_PERSON = Limit("address-change", 5, 3600)


@bp.get("/settings/address")
@signed_in
def settings():
    """One's address, and the change that is under way."""
    return _page(AddressForm(formdata=None))


@bp.post("/settings/address")
@signed_in
def ask():
    """Mail both letters: the same page whomever the new address belongs to."""
    form, moment = AddressForm(), now()
    if not form.validate():
        return _page(form), 422
    if form.email.data == current_user.email:
        form.email.errors = [_("This is your address already.")]
        return _page(form), 422
    spend(BY_PERSON, str(current_user.id), moment)
    addresses.ask(current_user, form.email.data, moment)
    db.session.commit()
    return web.done(url_for("addresses.settings"))


@bp.post("/settings/address/stop")
@signed_in
def stop():
    """Keep the one there is."""
    press()
    addresses.stop_for(current_user)
    db.session.commit()
    return web.done(url_for("addresses.settings"))


@bp.get("/address/<token>")
def confirm(token: str):
    """Behind a mailed link: two buttons."""
    change = addresses.change_by(token, now())
    if change is None:
        abort(404)
    new_side, taken = addresses.is_new_side(change, token), ""
    try:
        addresses.check_free(change.new_email)
    except Refused as refusal:
        taken = str(refusal) if new_side else ""
    page = render_template("people/address_confirm.html", token=token, new=change.new_email, taken=taken)
    return web.private(page)


@bp.post("/address/<token>")
def agree(token: str):
    """Yes: with the other letter's button the address changes."""
    changed = addresses.press(token, now())
    db.session.commit()
    return web.private(render_template("people/address_agreed.html", changed=changed))


@bp.post("/address/<token>/stop")
def refuse(token: str):
    """No."""
    addresses.stop(token)
    db.session.commit()
    return web.private(render_template("people/address_stopped.html"))


def _page(form: AddressForm) -> str:
    change = db.session.get(AddressChange, current_user.id)
    return render_template(
        "people/address.html",
        form=form,
        person=current_user,
        change=change if change is not None and change.ends_at > now() else None,
        button=ButtonForm(formdata=None),
    )
