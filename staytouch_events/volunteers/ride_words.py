"""Rides in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.words import clock, short_day
from .ride_models import BACK, BOTH, Ride


def ride_words(ride: Ride) -> str:
    """ "from Berryessa BART at 8 am and back", with the day where it is not the event's first."""
    leaves, starts = ride.leaves_wall, ride.event.starts_wall
    time = clock(leaves) if leaves.date() == starts.date() else f"{short_day(leaves.date())}, {clock(leaves)}"
    if ride.way == BACK:
        return _("back to %(start)s at %(time)s", start=ride.start, time=time)
    if ride.way == BOTH:
        return _("from %(start)s at %(time)s and back", start=ride.start, time=time)
    return _("from %(start)s at %(time)s", start=ride.start, time=time)


def free_words(seats: int, place: str, way: str) -> str:
    """ "3 free seats from Berryessa"."""
    if way == BACK:
        return ngettext(
            "%(num)d free seat back to %(place)s", "%(num)d free seats back to %(place)s", seats, place=place
        )
    return ngettext("%(num)d free seat from %(place)s", "%(num)d free seats from %(place)s", seats, place=place)


def seat_words(seats: int) -> str:
    """ "2 seats"."""
    return ngettext("%(num)d seat", "%(num)d seats", seats)
