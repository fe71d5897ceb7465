"""Rides and seats in them: who sees and ends which; the loaders are the locks."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp
from ..volunteers.ride_models import Ride, RideSeat
from .events import hosted_event


def ride_for(rsvp: Rsvp, number: int) -> Ride:
    """A ride to the event that this answer is to; else 404."""
    return _ride_of(rsvp.event, number)


def hosted_ride(viewer, slug: str, number: int) -> Ride:
    """A ride to an event that the viewer hosts: 404 unseen, 403 seen but not theirs."""
    return _ride_of(hosted_event(viewer, slug), number)


def seat_in_own_ride(rsvp: Rsvp, number: int) -> RideSeat:
    """Somebody's seats in the ride that goes with this answer as its driver's; else 404."""
    seat = db.session.scalar(
        select(RideSeat).join(Ride, Ride.id == RideSeat.ride_id).where(RideSeat.id == number, Ride.rsvp_id == rsvp.id)
    )
    if seat is None:
        abort(404)
    return seat


def _ride_of(event: Event, number: int) -> Ride:
    ride = db.session.scalar(select(Ride).where(Ride.id == number, Ride.event_id == event.id))
    if ride is None:
        abort(404)
    return ride
