"""One's own card: what it says, and holding its code up."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import own_card
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from . import cards
from .card_forms import DetailsForm, details_form
from .card_page import code_context, my_card_context

bp = Blueprint("cards", __name__)


@bp.get("/contacts/card")
@signed_in
def mine():
    """What one's cards say, and to whom."""
    context = my_card_context(current_user, details_form(current_user, formdata=None))
    return render_template("contacts/card.html", **context, saved="saved" in request.args)


@bp.post("/contacts/card")
@signed_in
def save():
    """Save it; the first time makes the cards."""
    form = DetailsForm()
    fields = form.fields()
    if fields is None:
        return web.again("contacts/card.html", **my_card_context(current_user, form))
    cards.save_details(current_user, fields)
    db.session.commit()
    return web.done(url_for("cards.mine", saved=1))


@bp.get("/contacts/card/<version>")
@signed_in
def show(version: str):
    """Hold it up: the code as large as the screen."""
    return web.private(render_template("contacts/code.html", **code_context(own_card(current_user, version))))


@bp.post("/contacts/card/<version>")
@signed_in
def choose(version: str):
    """Choose what a version shows."""
    card = own_card(current_user, version)
    press()
    cards.choose(card, request.form.getlist("fields"))
    db.session.commit()
    return web.done(url_for("cards.mine", saved=1, _anchor=version))


@bp.post("/contacts/card/<version>/renew")
@signed_in
def renew(version: str):
    """Make a new link and code; the old ones stop."""
    card = own_card(current_user, version)
    press()
    cards.revoke(card)
    db.session.commit()
    return web.done(url_for("cards.mine", saved=1, _anchor=version))
