"""What pages show of rides: counts on the event's, one's own on that of one's answer, all of them to organizers."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..access.rsvps import manage_token
from ..events.models import Event
from ..rsvps.additions import IN_ROSTER, ON_PAGE, adds_to
from ..rsvps.models import DECLINED, SEATED, Rsvp
from .bring_page import why_not
from .ride_models import Ride, RideSeat, share_way
from .ride_queries import passengers_of, rides_of, seats_with, taken_by_ride
from .ride_words import free_words, ride_words, seat_words


def rides_context(event: Event, mine: Rsvp | None, moment: datetime) -> dict[str, Any] | None:
    """The rides part of an event's page: to everybody how many seats are free, to who answered from where."""
    if _closed(event, moment):
        return None
    rides, answered = rides_of(event), mine is not None and mine.answer != DECLINED
    if not (rides or answered):
        return None
    free = _free(rides)
    return {
        "title": _title(rides, sum(free.values())),
        "lines": _lines(rides, free) if answered else [],
        "url": url_for("rsvps.manage", token=manage_token(mine), _anchor="rides") if answered else None,
    }


@adds_to(ON_PAGE)
def answers_rides(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """On the page of one's answer: one's own ride or seats, and what others offer."""
    event = rsvp.event
    if _closed(event, moment) or rsvp.answer == DECLINED:
        return {"rides": None}
    rides = rides_of(event)
    free = _free(rides)
    own = next((ride for ride in rides if ride.rsvp_id == rsvp.id), None)
    seats = seats_with(rsvp)
    busy = [own] if own else []
    busy += [seat.ride for seat in seats]
    others = [ride for ride in rides if ride not in busy and not any(share_way(ride.way, other.way) for other in busy)]
    return {
        "rides": {
            "seated": rsvp.standing == SEATED,
            "own": _own(own) if own else None,
            "seats": [_seat(seat) for seat in seats],
            "others": [_offer(ride, free[ride.id]) for ride in others if free[ride.id]],
            "lines": _lines(rides, free),
            "may_offer": own is None,
        }
    }


def ride_context(ride: Ride, rsvp: Rsvp) -> dict[str, Any]:
    """One ride as a party with an answer sees it; whose it is, only where names are shown."""
    seat = next((row for row in seats_with(rsvp) if row.ride_id == ride.id), None)
    named = seat is not None or (rsvp.standing == SEATED and not ride.event.names_hidden)
    free = _free([ride])[ride.id]
    return _offer(ride, free) | {
        "driver": ride.rsvp.name.split()[0] if named else None,
        "seat": _seat(seat) if seat else None,
        "most": min(free + (seat.seats if seat else 0), max(1, rsvp.party)),
    }


def rides_board(event: Event) -> list[dict[str, Any]]:
    """Every ride with who is in it, for the organizers; how to reach anybody stays between those in the car."""
    rides = rides_of(event)
    people: dict[int, list[str]] = {}
    for seat in passengers_of(ride.id for ride in rides):
        people.setdefault(seat.ride_id, []).append(f"{seat.rsvp.name}, {seat_words(seat.seats)}")
    free = _free(rides)
    return [
        _offer(ride, free[ride.id]) | {"driver": ride.rsvp.name, "people": people.get(ride.id, [])} for ride in rides
    ]


@adds_to(IN_ROSTER)
def rides_in_roster(event: Event) -> dict[int, str]:
    """Who drives and who rides along, for the organizers."""
    rides = rides_of(event)
    found = {ride.rsvp_id: _("drives, %(seats)s", seats=seat_words(ride.seats)) for ride in rides}
    for seat in passengers_of(ride.id for ride in rides):
        words = _("rides with %(name)s", name=seat.ride.rsvp.name)
        found[seat.rsvp_id] = f"{found[seat.rsvp_id]}; {words}" if seat.rsvp_id in found else words
    return found


def _closed(event: Event, moment: datetime) -> bool:
    """Whether nobody rides: it is over or off, or nowhere."""
    somewhere = event.venue or event.address or event.place_name
    return not somewhere or event.starts_wall is None or why_not(event, moment) is not None


def _free(rides: list[Ride]) -> dict[int, int]:
    taken = taken_by_ride(ride.id for ride in rides)
    return {ride.id: max(0, ride.seats - taken.get(ride.id, 0)) for ride in rides}


def _title(rides: list[Ride], seats: int) -> str:
    if seats:
        return ngettext("%(num)d free seat in a car", "%(num)d free seats in cars", seats)
    return _("All seats in cars are taken") if rides else _("Share a ride")


def _lines(rides: list[Ride], free: dict[int, int]) -> list[str]:
    """ "3 free seats from Berryessa", one a place and way."""
    places: dict[tuple[str, str], int] = {}
    for ride in rides:
        key = (ride.town or ride.start, ride.way)
        places[key] = places.get(key, 0) + free[ride.id]
    return [free_words(seats, place, way) for (place, way), seats in places.items() if seats]


def _offer(ride: Ride, free: int) -> dict[str, Any]:
    return {
        "id": ride.id,
        "words": ride_words(ride),
        "title": _beginning(ride_words(ride)),
        "town": ride.town,
        "note": ride.note,
        "taken": ride.seats - free,
        "seats": ride.seats,
        "free": free,
        "free_words": _("%(free)d of %(all)d free", free=free, all=ride.seats),
    }


def _beginning(words: str) -> str:
    """As a sentence begins."""
    return words[:1].upper() + words[1:]


def _own(ride: Ride) -> dict[str, Any]:
    passengers = passengers_of([ride.id])
    told = [
        {"id": row.id, "name": row.rsvp.name, "seats": seat_words(row.seats), "contact": row.contact}
        for row in passengers
    ]
    return _offer(ride, ride.seats - sum(row.seats for row in passengers)) | {"passengers": told}


def _seat(seat: RideSeat) -> dict[str, Any]:
    ride = seat.ride
    return {
        "id": ride.id,
        "words": ride_words(ride),
        "seats": seat.seats,
        "seat_words": seat_words(seat.seats),
        "driver": ride.rsvp.name,
        "contact": ride.contact,
        "note": ride.note,
    }
