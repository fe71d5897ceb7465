"""Posting letters about rides; each renews the invitation, which says how one gets there.

Facts hold who, never how to reach them: that is read when the letter is written, and only for those who share the car.
"""

from datetime import datetime
from typing import Any

from .. import outbox
from ..rsvps.letters import CHANGE_WAITS, renew_invitation
from ..rsvps.models import Rsvp
from .ride_models import Ride, RideSeat

# What passengers hear: a seat, given up, put off by the driver, the ride is gone, it changed.
SEAT, LEFT, PUT_OFF, GONE, CHANGED = "seat", "left", "put_off", "gone", "changed"
# What both hear when the event is called off.
CALLED_OFF = "called_off"
# What drivers hear: the ride as it stands, somebody took seats or leaves, they or the crew took it off.
OFFERED, TAKEN, LEAVES, TAKEN_BACK, OFF = "offered", "taken", "leaves", "taken_back", "off"


def tell_driver(ride: Ride, now: datetime) -> None:
    """The ride as it stands; several changes within ten minutes are one letter."""
    _post(OFFERED, ride.rsvp, ride, {}, now, key=f"ride:{ride.rsvp_id}", wait=CHANGE_WAITS)


def tell_off(ride: Ride, news: str, now: datetime) -> None:
    """To the driver: the ride is off, by their own word or the crew's."""
    outbox.withdraw_letters(f"ride:{ride.rsvp_id}", now, "the ride is off")
    _post(news, ride.rsvp, ride, {}, now)


def tell_both(seat: RideSeat, passengers: str, drivers: str, now: datetime) -> None:
    """Both sides of a seat."""
    tell_passenger(seat, passengers, now)
    tell_drivers_side(seat, drivers, now)


def tell_passenger(seat: RideSeat, news: str, now: datetime) -> None:
    """What became of one's seats; while the letter waits, later news takes its place."""
    facts = {"name": seat.ride.rsvp.name, "seats": seat.seats}
    _post(news, seat.rsvp, seat.ride, facts, now, key=_key("seat", seat))


def tell_drivers_side(seat: RideSeat, news: str, now: datetime) -> None:
    """To the driver: who took or left seats."""
    facts = {"name": seat.rsvp.name, "seats": seat.seats, "passenger": seat.rsvp_id}
    _post(news, seat.ride.rsvp, seat.ride, facts, now, key=_key("driver", seat))


def tell_changed(seat: RideSeat, now: datetime) -> None:
    """To a passenger: the ride is another now; within ten minutes one letter."""
    facts = {"name": seat.ride.rsvp.name, "seats": seat.seats}
    _post(CHANGED, seat.rsvp, seat.ride, facts, now, key=_key("changed", seat), wait=CHANGE_WAITS)


def tell_called_off(ride: Ride, rsvp: Rsvp, now: datetime) -> None:
    """To somebody in the car: the event is off, and the ride with it. Its own letter ends the calendar entry."""
    key = f"ride-{CALLED_OFF}:{ride.rsvp_id}:{rsvp.id}"
    _post(CALLED_OFF, rsvp, ride, {"name": ride.rsvp.name}, now, key=key, renews=False)


def _key(side: str, seat: RideSeat) -> str:
    """By answers, which stay: a number of a seat that was given up may be another's next."""
    return f"ride-{side}:{seat.ride.rsvp_id}:{seat.rsvp_id}"


def _post(
    news: str, rsvp: Rsvp, ride: Ride, facts: dict[str, Any], now: datetime, renews: bool = True, **how: Any
) -> None:
    if renews:
        renew_invitation(rsvp)
    if rsvp.person.email is None:
        return
    outbox.post(
        "volunteers.ride",
        to=rsvp.person.email,
        name=rsvp.name,
        language=rsvp.person.language,
        facts={"rsvp": rsvp.id, "news": news, "driver": ride.rsvp_id, "start": ride.start, **facts},
        now=now,
        about=f"rsvp:{rsvp.id}",
        **how,
    )
