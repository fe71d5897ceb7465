"""The organizers' look at an event's rides."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.rides import hosted_ride
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..when import now
from .ride_letters import OFF
from .ride_page import rides_board
from .rides import withdraw

bp = Blueprint("ride_desk", __name__)


@bp.get("/events/<slug>/manage/rides")
@signed_in
def manage(slug: str):
    """Every ride with who is in it."""
    event = hosted_event(current_user, slug)
    button = ButtonForm(formdata=None)
    return render_template("volunteers/rides_board.html", event=event, rides=rides_board(event), button=button)


@bp.post("/events/<slug>/manage/rides/<int(max=2147483647):number>/remove")
@signed_in
def remove(slug: str, number: int):
    """Take a ride off: driver and passengers are told."""
    ride = hosted_ride(current_user, slug, number)
    press()
    withdraw(ride, now(), told=OFF)
    db.session.commit()
    return web.done(url_for("ride_desk.manage", slug=slug))
