"""Saying what one brings: on the event's public side, and on the page of one's answer."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.bring import item_for, visible_item
from ..access.rsvps import answer_by_token, manage_token
from ..db import db
from ..forms import press_by_link
from ..limits import spend
from ..refusals import Refused
from ..rsvps.actions import answer_of
from ..rsvps.routes import BY_ADDRESS, BY_SENDER
from ..spoken import language
from ..text import mask_email
from ..when import now
from . import bring
from .bring_forms import QuantityForm, bring_form
from .bring_page import thing, why_not
from .bring_queries import claimed_by_item

bp = Blueprint("bring", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get(f"/events/<slug>/bring/{NUMBER}")
def one(slug: str, number: int):
    """One thing, and the form to say that one brings it."""
    item = visible_item(current_user, slug, number)
    given = {"name": current_user.name} if current_user.is_authenticated else {}
    return render_template("volunteers/bring.html", **_context(item, bring_form(formdata=None, data=given)))


@bp.post(f"/events/<slug>/bring/{NUMBER}")
def take(slug: str, number: int):
    """Bring it: at once for somebody signed in, by letter for everyone else."""
    item, form = visible_item(current_user, slug, number), bring_form()
    if not form.validate():
        return web.again("volunteers/bring.html", **_context(item, form))
    try:
        return _take_signed_in(item, form) if current_user.is_authenticated else _take_as_guest(item, form)
    except Refused as refusal:
        db.session.rollback()
        item = visible_item(current_user, slug, number)
        return web.again("volunteers/bring.html", 409, **_context(item, form), refusal=str(refusal))


@bp.post(f"/rsvps/<token>/bring/{NUMBER}")
def change(token: str, number: int):
    """Bring so many, or none after all: the holder of the link needs no session."""
    rsvp = answer_by_token(token, now())
    item = item_for(rsvp, number)
    if request.form.get("do") == "release":
        press_by_link()
        bring.release(item, rsvp, now())
    else:
        bring.claim(item, _quantity(), rsvp.person, rsvp.name, now())
    db.session.commit()
    return web.private(web.done(url_for("rsvps.manage", token=token, _anchor="bring")))


def _quantity() -> int:
    """The number typed; what is none is refused in words."""
    form = QuantityForm()
    if not form.validate():
        raise Refused("; ".join(str(text) for errors in form.errors.values() for text in errors))
    return form.quantity.data


def _take_signed_in(item, form):
    claim = bring.claim(item, form.quantity.data, current_user, form.name.data, now())
    db.session.commit()
    return web.done(url_for("rsvps.manage", token=manage_token(claim.rsvp), _anchor="bring"))


def _take_as_guest(item, form):
    moment, email, event = now(), form.email.data, item.event
    spend(BY_SENDER, request.remote_addr or "", moment)
    spend(BY_ADDRESS, email, moment)
    if not form.website.data:
        bring.claim_as_guest(item, form.quantity.data, email, form.name.data, language(), moment)
        db.session.commit()
    return web.private(render_template("volunteers/brought.html", event=event, email=mask_email(email)))


def _context(item, form) -> dict:
    event, shown = item.event, thing(item, claimed_by_item(item.event).get(item.id, 0))
    return {
        "event": event,
        "thing": shown,
        "closed": why_not(event, now()),
        "form": form,
        "mine": _mine(item),
    }


def _mine(item) -> dict | None:
    """What the viewer brings of it already."""
    rsvp = answer_of(item.event, current_user) if current_user.is_authenticated else None
    claim = bring.claim_of(item, rsvp) if rsvp else None
    if claim is None:
        return None
    return {"quantity": claim.quantity, "url": url_for("rsvps.manage", token=manage_token(rsvp), _anchor="bring")}
