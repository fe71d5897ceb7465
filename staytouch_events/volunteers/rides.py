"""Offering a ride, taking seats in one, giving both up. Everything here counts under the event's lock."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select

from ..db import db, lock
from ..events.models import Event
from ..refusals import Refused
from ..rsvps.models import SEATED, Rsvp
from ..versions import raise_version
from . import ride_letters as letters
from .actions import check_open_event
from .ride_models import Ride, RideSeat, share_way
from .ride_queries import passengers_of, ride_of, rides_of, seats_with, taken_by_ride

# Long enough to ask for a jacket left on the back seat.
KEPT = timedelta(days=7)
# A change of these is news to who rides along.
NEWS = ("way", "start", "town", "leaves_after", "note", "contact")


def offer(rsvp: Rsvp, fields: dict[str, Any], now: datetime) -> Ride:
    """Offer free seats, or change what was offered; whoever has one hears of it. Raises Refused."""
    event = lock(rsvp.event)
    _check_may_ride(rsvp, now)
    ride = ride_of(rsvp)
    if ride is None:
        ride = Ride(event=event, rsvp=rsvp, created_at=now)
    _check_free_way(rsvp, ride, fields["way"])
    _check_seats(ride, fields["seats"])
    news = ride.id is not None and any(getattr(ride, name) != fields[name] for name in NEWS)
    for name, value in fields.items():
        setattr(ride, name, value)
    db.session.add(ride)
    db.session.flush()
    letters.tell_driver(ride, now)
    for seat in passengers_of([ride.id]) if news else ():
        letters.tell_changed(seat, now)
        note(event, seat.rsvp)
    note(event, rsvp)
    return ride


def withdraw(ride: Ride, now: datetime, *, told: str | None = letters.TAKEN_BACK) -> None:
    """Take the offer back; whoever has a seat is told, and the driver, unless another letter says so."""
    event = lock(ride.event)
    for seat in passengers_of([ride.id]):
        _end(seat, letters.GONE, now)
    driver = ride.rsvp
    if told:
        letters.tell_off(ride, told, now)
    db.session.delete(ride)
    db.session.flush()
    note(event, driver)


def take_seats(ride: Ride, rsvp: Rsvp, seats: int, contact: str, now: datetime) -> RideSeat:
    """So many seats for a party, more or fewer than before; driver and party are told. Raises Refused."""
    event, ride = _lock_ride(ride)
    _check_may_ride(rsvp, now)
    if ride.rsvp_id == rsvp.id:
        raise Refused(_("This is your own ride."))
    _check_free_way(rsvp, ride, ride.way)
    if seats > rsvp.party:
        raise Refused(ngettext("You said that %(num)d comes.", "You said that %(num)d come.", rsvp.party))
    free = seats_free(ride, besides=rsvp)
    if seats > free:
        words = ngettext("Only %(num)d seat is free.", "Only %(num)d seats are free.", free)
        raise Refused(words if free else _("Somebody was faster: all seats of this ride are taken."))
    seat = seat_of(ride, rsvp)
    if seat is None:
        seat = RideSeat(ride=ride, rsvp=rsvp, created_at=now)
        db.session.add(seat)
    seat.seats, seat.contact = seats, contact
    db.session.flush()
    letters.tell_both(seat, letters.SEAT, letters.TAKEN, now)
    note(event, rsvp, ride.rsvp)
    return seat


def leave(ride: Ride, rsvp: Rsvp, now: datetime) -> None:
    """Give one's seats up; the driver is told."""
    event, ride = _lock_ride(ride)
    seat = seat_of(ride, rsvp)
    if seat is not None:
        letters.tell_both(seat, letters.LEFT, letters.LEAVES, now)
        db.session.delete(seat)
        db.session.flush()
        note(event, rsvp, ride.rsvp)


def put_off(seat: RideSeat, now: datetime) -> None:
    """The driver can't take somebody: they are told, and the seats are free."""
    event, driver = lock(seat.ride.event), seat.ride.rsvp
    _end(seat, letters.PUT_OFF, now)
    letters.tell_driver(seat.ride, now)
    note(event, driver)


def follow_answer(rsvp: Rsvp, *, now: datetime, first: bool = False, **_news: Any) -> None:
    """An answer came to something else: without a seat at the event there is no ride, and a smaller party has fewer.

    Whoever answered hears of it in the letter about the answer, the others by their own.
    """
    if first:
        return
    comes = rsvp.standing == SEATED
    ride = None if comes else ride_of(rsvp)
    if ride is not None:
        withdraw(ride, now, told=None)
    for seat in seats_with(rsvp):
        if comes and seat.seats <= rsvp.party:
            continue
        if comes:
            seat.seats = rsvp.party
            db.session.flush()
            letters.tell_drivers_side(seat, letters.TAKEN, now)
        else:
            letters.tell_drivers_side(seat, letters.LEAVES, now)
            db.session.delete(seat)
            db.session.flush()
        note(rsvp.event, rsvp, seat.ride.rsvp)


def follow_cancelled(event: Event, *, now: datetime, **_news: Any) -> None:
    """The event is off: whoever was to share a car hears that the ride is, too. It stands again if the event does."""
    for ride in rides_of(event):
        passengers = passengers_of([ride.id])
        for rsvp in [ride.rsvp, *(seat.rsvp for seat in passengers)] if passengers else ():
            letters.tell_called_off(ride, rsvp, now)


def seat_of(ride: Ride, rsvp: Rsvp) -> RideSeat | None:
    """The seats that this party has in the ride."""
    return next((seat for seat in seats_with(rsvp) if seat.ride_id == ride.id), None)


def seats_free(ride: Ride, besides: Rsvp | None = None) -> int:
    """Seats left, never below zero."""
    own = seat_of(ride, besides) if besides is not None else None
    return max(0, ride.seats - taken_by_ride([ride.id]).get(ride.id, 0) + (own.seats if own else 0))


def note(event: Event, *rsvps: Rsvp) -> None:
    """Raise what shows rides: the event's page and the calendars of who goes by them."""
    raise_version(f"event:{event.id}", *(f"person:{rsvp.person_id}" for rsvp in rsvps))


def _end(seat: RideSeat, news: str, now: datetime) -> None:
    """Somebody loses their seats, and is told why."""
    letters.tell_passenger(seat, news, now)
    note(seat.ride.event, seat.rsvp)
    db.session.delete(seat)
    db.session.flush()


def _lock_ride(ride: Ride) -> tuple[Event, Ride]:
    number = ride.id
    event = lock(ride.event)
    found = db.session.get(Ride, number)
    if found is None:
        raise Refused(_("This ride is not offered any more."))
    return event, found


def _check_may_ride(rsvp: Rsvp, now: datetime) -> None:
    check_open_event(rsvp.event, now)
    if rsvp.standing != SEATED:
        raise Refused(_("Rides are for people who have a spot at the event."))


def _check_free_way(rsvp: Rsvp, ride: Ride, way: str) -> None:
    """Nobody goes twice the same way."""
    others = [seat.ride for seat in seats_with(rsvp)] + [own for own in [ride_of(rsvp)] if own]
    if any(other.id != ride.id and share_way(other.way, way) for other in others):
        raise Refused(_("You have a ride that way already. Give it up first."))


def _check_seats(ride: Ride, seats: int) -> None:
    taken = taken_by_ride([ride.id]).get(ride.id, 0) if ride.id else 0
    if seats < taken:
        raise Refused(
            ngettext(
                "%(num)d seat is taken. Tell them first that you can't take them.",
                "%(num)d seats are taken. Tell somebody first that you can't take them.",
                taken,
            )
        )


def purge_rides(now: datetime) -> int:
    """Delete the rides, and who reaches whom how, of events that ended a week ago; how many."""
    over = select(Event.id).where(Event.ends_at < now - KEPT)
    return db.session.execute(delete(Ride).where(Ride.event_id.in_(over))).rowcount
