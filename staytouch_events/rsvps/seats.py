"""Counting seats and walking the line. Everything here runs under the event's lock."""

from datetime import datetime

from sqlalchemy import bindparam, case, func, or_, select

from ..db import db
from ..events.models import CANCELLED, Event
from .models import SEATED, WAITING, Rsvp
from .queries import SeatMark, mark_of, seats_left

# Made once: every answer asks these while it holds the event's lock.
_PEOPLE, _OF_EVENT = Rsvp.adults + Rsvp.minors, Rsvp.event_id == bindparam("event")
_TAKEN = select(
    func.coalesce(func.sum(_PEOPLE), 0), func.coalesce(func.sum(case((Rsvp.has_shift, _PEOPLE), else_=0)), 0)
).where(_OF_EVENT, Rsvp.standing == SEATED)
_LINE = (
    select(Rsvp)
    .where(_OF_EVENT, or_(Rsvp.standing == WAITING, Rsvp.wanted_adults.is_not(None)))
    .order_by(Rsvp.line_at, Rsvp.id)
)


def seats_taken(event: Event) -> int:
    """People who have a seat, adults and minors alike."""
    return _taken(event)[0]


def seats_free(event: Event, *, with_shift: bool = False) -> int | None:
    """Seats left, never below zero; None where there is no limit. Kept ones are for people with a shift."""
    if event.capacity is None:
        return None
    return _left(event, *_taken(event), with_shift)


def seat_mark(event: Event) -> SeatMark | None:
    """The picture of an event's seats as they are now."""
    return mark_of(event.capacity, seats_free(event))


def has_room(event: Event, people: int, *, with_shift: bool = False) -> bool:
    """Whether this many more fit in now."""
    free = seats_free(event, with_shift=with_shift)
    return free is None or people <= free


def line(event: Event) -> list[Rsvp]:
    """Who waits, in the order of joining: parties without seats, and seated ones that want more."""
    return list(db.session.scalars(_LINE, {"event": event.id}))


def promotes(event: Event, now: datetime) -> bool:
    """Whether the line still moves: until the start, or the hour that the host set."""
    if event.state == CANCELLED or event.has_started(now):
        return False
    return event.promotes_until_at is None or now < event.promotes_until_at


def walk_line(event: Event, now: datetime) -> tuple[list[Rsvp], list[Rsvp]]:
    """Promote, from the front, each party that fits; (promoted, passed by a smaller one).

    A party that does not fit keeps its place, and those behind it may go first.
    """
    promoted, stuck, passed = [], [], []
    waiting = line(event) if seats_free(event, with_shift=True) != 0 else []
    taken, helping = _taken(event)
    for rsvp in waiting:
        asked = _seats_asked(rsvp)
        if event.capacity is not None and asked > _left(event, taken, helping, rsvp.has_shift):
            stuck.append(rsvp)
            continue
        taken += asked
        helping += asked if rsvp.has_shift else 0
        seat(rsvp)
        promoted.append(rsvp)
        passed += [other for other in stuck if other not in passed and _seats_asked(other) > asked]
    return promoted, passed


def seat(rsvp: Rsvp) -> None:
    """Give a party the seats it waits for and take it out of the line."""
    if rsvp.wanted_adults is not None:
        rsvp.adults, rsvp.minors = rsvp.wanted_adults, rsvp.wanted_minors or 0
    rsvp.standing = SEATED
    leave_line(rsvp)


def leave_line(rsvp: Rsvp) -> None:
    """Forget the place in the line and what was wished for there."""
    rsvp.line_at = rsvp.wanted_adults = rsvp.wanted_minors = rsvp.passed_at = None


def place_in_line(rsvp: Rsvp) -> int:
    """1 for the front."""
    ids = [other.id for other in line(rsvp.event)]
    return ids.index(rsvp.id) + 1


def _taken(event: Event) -> tuple[int, int]:
    """People who have a seat; of these, the ones in parties with a shift."""
    taken, helping = db.session.execute(_TAKEN, {"event": event.id}).one()
    return taken, helping


def _left(event: Event, taken: int, helping: int, with_shift: bool) -> int:
    return seats_left(event.capacity, 0 if with_shift else event.seats_for_shifts, taken, helping)


def _seats_asked(rsvp: Rsvp) -> int:
    """Seats needed beyond those held."""
    return rsvp.wanted - (rsvp.party if rsvp.standing == SEATED else 0)
