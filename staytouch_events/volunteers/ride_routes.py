"""Offering a ride and taking seats, on the page of one's answer; the holder of the link needs no session."""

from typing import Any

from flask import Blueprint, render_template, url_for

from .. import web
from ..access.rides import ride_for, seat_in_own_ride
from ..access.rsvps import answer_by_token
from ..db import db
from ..forms import ButtonForm, press_by_link
from ..refusals import Refused
from ..rsvps.models import Rsvp
from ..when import now
from . import rides
from .ride_forms import RideForm, SeatsForm, as_typed, new_ride
from .ride_models import Ride
from .ride_page import ride_context
from .ride_queries import ride_of

bp = Blueprint("rides", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get("/rsvps/<token>/ride")
def own(token: str):
    """The form to offer a ride, or to change what was offered."""
    rsvp = answer_by_token(token, now())
    ride = ride_of(rsvp)
    form = as_typed(ride) if ride else new_ride(rsvp.event)
    return web.private(render_template("volunteers/ride_own.html", **_own(rsvp, token, form)))


@bp.post("/rsvps/<token>/ride")
def offer(token: str):
    """Offer it, or change it: whoever has a seat hears of it."""
    rsvp, form = answer_by_token(token, now()), RideForm()
    fields = form.fields(rsvp.event)
    if fields is None:
        return web.private(web.again("volunteers/ride_own.html", **_own(rsvp, token, form)))
    try:
        rides.offer(rsvp, fields, now())
    except Refused as refusal:
        db.session.rollback()
        shown = _own(answer_by_token(token, now()), token, form)
        return web.private(web.again("volunteers/ride_own.html", 409, **shown, refusal=str(refusal)))
    db.session.commit()
    return _back(token)


@bp.post("/rsvps/<token>/ride/withdraw")
def withdraw(token: str):
    """Take the offer back: whoever has a seat is told."""
    ride = ride_of(answer_by_token(token, now()))
    _press()
    if ride is not None:
        rides.withdraw(ride, now())
        db.session.commit()
    return _back(token)


@bp.post(f"/rsvps/<token>/ride/passengers/{NUMBER}")
def put_off(token: str, number: int):
    """Tell a passenger that there is no seat for them any more."""
    seat = seat_in_own_ride(answer_by_token(token, now()), number)
    _press()
    rides.put_off(seat, now())
    db.session.commit()
    return _back(token)


@bp.get(f"/rsvps/<token>/rides/{NUMBER}")
def one(token: str, number: int):
    """One ride, and the form to ask for seats."""
    rsvp = answer_by_token(token, now())
    ride = ride_for(rsvp, number)
    form = SeatsForm(formdata=None, data={"seats": max(1, rsvp.party)})
    return web.private(render_template("volunteers/ride.html", **_one(ride, rsvp, token, form)))


@bp.post(f"/rsvps/<token>/rides/{NUMBER}")
def take(token: str, number: int):
    """Take seats: at once, while there are some."""
    rsvp, form = answer_by_token(token, now()), SeatsForm()
    ride = ride_for(rsvp, number)
    if not form.validate():
        return web.private(web.again("volunteers/ride.html", **_one(ride, rsvp, token, form)))
    try:
        rides.take_seats(ride, rsvp, form.seats.data, form.contact.data, now())
    except Refused as refusal:
        db.session.rollback()
        rsvp = answer_by_token(token, now())
        shown = _one(ride_for(rsvp, number), rsvp, token, form)
        return web.private(web.again("volunteers/ride.html", 409, **shown, refusal=str(refusal)))
    db.session.commit()
    return _back(token)


@bp.post(f"/rsvps/<token>/rides/{NUMBER}/leave")
def leave(token: str, number: int):
    """Give one's seats up: the driver is told."""
    rsvp = answer_by_token(token, now())
    ride = ride_for(rsvp, number)
    _press()
    rides.leave(ride, rsvp, now())
    db.session.commit()
    return _back(token)


def _press() -> None:
    press_by_link()


def _back(token: str):
    return web.private(web.done(url_for("rsvps.manage", token=token, _anchor="rides")))


def _own(rsvp: Rsvp, token: str, form: RideForm) -> dict[str, Any]:
    offered = ride_of(rsvp) is not None
    return {"event": rsvp.event, "token": token, "form": form, "offered": offered, "button": ButtonForm(formdata=None)}


def _one(ride: Ride, rsvp: Rsvp, token: str, form: SeatsForm) -> dict[str, Any]:
    return {"event": rsvp.event, "token": token, "form": form, "ride": ride_context(ride, rsvp)}
