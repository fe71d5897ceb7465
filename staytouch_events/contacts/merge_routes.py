"""Two that are one: chosen, looked at side by side, put together."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import own_contact
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..text import clean_line
from ..when import now
from . import gathering
from .card_page import card_view
from .find_queries import Asked, found
from .known_queries import known
from .models import Contact

bp = Blueprint("merging", __name__)
SHOWN = 20


@bp.get("/contacts/<public_id>/merge")
@signed_in
def choose(public_id: str):
    """With whom?"""
    contact, words = own_contact(current_user, public_id), clean_line(request.args.get("q", ""))[:100]
    wanted = found(current_user, Asked(q=words), now()).where(Contact.id != contact.id).limit(SHOWN)
    return render_template("contacts/merge.html", contact=contact, q=words, people=db.session.scalars(wanted).all())


@bp.get("/contacts/<public_id>/merge/<other_id>")
@signed_in
def compare(public_id: str, other_id: str):
    """Both side by side, and what becomes of them."""
    pair = [own_contact(current_user, one) for one in (public_id, other_id)]
    views = [card_view(known(one)) for one in pair]
    return render_template("contacts/merge_two.html", pair=pair, views=views, button=ButtonForm(formdata=None))


@bp.post("/contacts/<public_id>/merge/<other_id>")
@signed_in
def merge(public_id: str, other_id: str):
    """Put them together."""
    first, second = (own_contact(current_user, one) for one in (public_id, other_id))
    press()
    kept = gathering.merge(first, second).public_id
    db.session.commit()
    return web.done(url_for("person.one", public_id=kept))
