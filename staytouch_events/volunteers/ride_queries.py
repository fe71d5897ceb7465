"""Rides, read."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp
from .ride_models import Ride, RideSeat


def rides_of(event: Event) -> Sequence[Ride]:
    """An event's rides with their drivers, the earliest first."""
    return db.session.scalars(
        select(Ride)
        .options(joinedload(Ride.event), joinedload(Ride.rsvp).joinedload(Rsvp.person))
        .where(Ride.event_id == event.id)
        .order_by(Ride.leaves_after, Ride.id)
    ).all()


def ride_of(rsvp: Rsvp) -> Ride | None:
    """The ride that goes with an answer as its driver's."""
    return db.session.scalar(select(Ride).where(Ride.rsvp_id == rsvp.id))


def passengers_of(ride_ids: Iterable[int]) -> Sequence[RideSeat]:
    """Who has seats in these rides, the first who took them first."""
    return db.session.scalars(
        select(RideSeat)
        .options(joinedload(RideSeat.ride), joinedload(RideSeat.rsvp).joinedload(Rsvp.person))
        .where(RideSeat.ride_id.in_(list(ride_ids)))
        .order_by(RideSeat.id)
    ).all()


def seats_with(rsvp: Rsvp) -> Sequence[RideSeat]:
    """The seats that a party has, the earliest ride first."""
    return db.session.scalars(
        select(RideSeat)
        .join(Ride, Ride.id == RideSeat.ride_id)
        .options(joinedload(RideSeat.ride).joinedload(Ride.rsvp), joinedload(RideSeat.ride).joinedload(Ride.event))
        .where(RideSeat.rsvp_id == rsvp.id)
        .order_by(Ride.leaves_after, Ride.id)
    ).all()


def taken_by_ride(ride_ids: Iterable[int]) -> dict[int, int]:
    """How many seats of each ride are taken, in one query."""
    rows = db.session.execute(
        select(RideSeat.ride_id, func.sum(RideSeat.seats))
        .where(RideSeat.ride_id.in_(list(ride_ids)))
        .group_by(RideSeat.ride_id)
    )
    return {ride_id: int(seats) for ride_id, seats in rows}
