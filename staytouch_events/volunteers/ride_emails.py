"""What letters about rides say, and what every letter and calendar entry about an answer says of one's own."""

from datetime import datetime

from flask_babel import gettext as _

from ..db import db
from ..events.models import CANCELLED
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..rsvps.additions import ABOUT, Line, adds_to
from ..rsvps.emails import letter_about
from ..rsvps.models import Rsvp
from . import ride_letters as letters
from .ride_models import Ride
from .ride_queries import passengers_of, ride_of, seats_with
from .ride_words import ride_words, seat_words
from .rides import seat_of


@adds_to(ABOUT)
def ride_lines(rsvp: Rsvp) -> list[Line]:
    """How one gets there, and how to reach who shares the car."""
    own = ride_of(rsvp)
    lines = [Line(_label(own, True), "\n".join(_passengers(own)))] if own else []
    for seat in seats_with(rsvp):
        reach = _("Reach %(name)s: %(contact)s", name=seat.ride.rsvp.name, contact=seat.ride.contact)
        told = [seat_words(seat.seats), reach, seat.ride.note]
        lines.append(Line(_label(seat.ride, False), "\n".join(part for part in told if part)))
    return lines


@letter("volunteers.ride")
def _ride(row: Letter, now: datetime) -> Rendered:
    rsvp, facts = db.session.get(Rsvp, row.facts["rsvp"]), row.facts
    off = facts["news"] == letters.CALLED_OFF
    if rsvp is None or rsvp.event.is_past(now) or off != (rsvp.event.state == CANCELLED):
        raise Dropped("the event is over, off, or on again")
    _check_point(rsvp, facts)
    context = {"news": facts["news"], "other": facts.get("name"), "start": facts["start"]}
    seats = seat_words(facts["seats"]) if "seats" in facts else None
    return letter_about(
        row, rsvp, _subject(facts), "email/volunteers/ride.html", calendar=not off, seats=seats, **context
    )


def _check_point(rsvp: Rsvp, facts: dict) -> None:
    """Raise Dropped where a later letter, or a page, has said something else."""
    ride, news = ride_of(db.session.get(Rsvp, facts["driver"])), facts["news"]
    if news in (letters.OFFERED, letters.SEAT, letters.CHANGED, letters.TAKEN) and ride is None:
        raise Dropped("the ride is gone")
    if news in (letters.SEAT, letters.CHANGED) and seat_of(ride, rsvp) is None:
        raise Dropped("the seat was given up meanwhile")
    if news == letters.TAKEN and seat_of(ride, db.session.get(Rsvp, facts["passenger"])) is None:
        raise Dropped("the seat was given up meanwhile")


def _subject(facts: dict) -> str:
    start, name = facts["start"], facts.get("name")
    return {
        letters.SEAT: _("You have a ride: %(start)s", start=start),
        letters.LEFT: _("Ride given up: %(start)s", start=start),
        letters.PUT_OFF: _("No seat any more: %(start)s", start=start),
        letters.GONE: _("Your ride is off: %(start)s", start=start),
        letters.CALLED_OFF: _("The ride is off, too: %(start)s", start=start),
        letters.CHANGED: _("Your ride has changed: %(start)s", start=start),
        letters.OFFERED: _("Your offer of a ride: %(start)s", start=start),
        letters.TAKEN: _("%(name)s rides with you", name=name),
        letters.LEAVES: _("%(name)s does not ride with you", name=name),
        letters.TAKEN_BACK: _("Ride taken back: %(start)s", start=start),
        letters.OFF: _("The crew took your ride off: %(start)s", start=start),
    }[facts["news"]]


def _label(ride: Ride, driver: bool) -> str:
    words = ride_words(ride)
    if ride.event.state == CANCELLED:
        return _("The ride that is off: %(ride)s", ride=words)
    return _("You drive: %(ride)s", ride=words) if driver else _("Your ride: %(ride)s", ride=words)


def _passengers(ride: Ride) -> list[str]:
    rows = passengers_of([ride.id])
    free = ride.seats - sum(row.seats for row in rows)
    told = [f"{row.rsvp.name}, {seat_words(row.seats)}: {row.contact}" for row in rows]
    return [*told, _("%(free)d of %(all)d seats are free.", free=free, all=ride.seats)]
