"""Whom it is time to write to, and what one does about it."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import kept_person, own_contact, touch_of
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..text import clean_line, parse_int
from ..when import now
from . import reaching
from .due_page import due_context, invite_context
from .invite_queries import invitable
from .models import CALL, Contact

bp = Blueprint("due", __name__)
DONE = ("logged", "later")


@bp.get("/contacts/due")
@signed_in
def listing():
    """Who, why, and the next step."""
    done = request.args.get("done")
    who = kept_person(current_user, request.args.get("of", "")) if done in DONE else None
    touch = parse_int(request.args.get("touch", ""), 1, 2**31 - 1)
    context = due_context(current_user, now())
    return render_template("contacts/due.html", **context, done=done if who else None, who=who, touch=touch)


@bp.post("/contacts/<public_id>/log")
@signed_in
def log(public_id: str):
    """They talked, met or wrote."""
    contact = own_contact(current_user, public_id)
    press()
    touch = logged(contact)
    db.session.commit()
    return web.done(url_for("due.listing", done="logged", of=public_id, touch=touch.id))


@bp.post("/contacts/<public_id>/later")
@signed_in
def later(public_id: str):
    """In a week."""
    contact = own_contact(current_user, public_id)
    press()
    reaching.later(contact, now())
    db.session.commit()
    return web.done(url_for("due.listing", done="later", of=public_id))


@bp.post("/contacts/<public_id>/due/undo")
@signed_in
def undo(public_id: str):
    """Take back what was just put down or put off."""
    contact = own_contact(current_user, public_id)
    press()
    take_back(contact)
    db.session.commit()
    return web.done(url_for("due.listing"))


@bp.get("/contacts/<public_id>/invite")
@signed_in
def invite(public_id: str):
    """Ask somebody along to what is on soon."""
    contact = own_contact(current_user, public_id)
    event = invitable(current_user, [contact], now()).get(contact.id) or abort(404)
    urls = {"log_url": url_for("due.log", public_id=public_id), "back_url": url_for("due.listing")}
    return render_template("contacts/invite.html", **invite_context(contact, event), **urls)


def logged(contact: Contact):
    """What the button pressed says of it."""
    what = request.form.get("what", CALL)
    if what not in reaching.LOGGED:
        abort(400)
    return reaching.log(contact, what, clean_line(request.form.get("words", ""))[:200], now())


def take_back(contact: Contact) -> None:
    """The contact that was put down, else that it was put off."""
    number = parse_int(request.form.get("touch", ""), 1, 2**31 - 1)
    if number:
        reaching.unlog(touch_of(contact, number), now())
    else:
        reaching.sooner(contact)
