"""Counting seats and walking the line. Everything here runs under the event's lock."""

from datetime import datetime

from sqlalchemy import func, or_, select

from ..db import db
from ..events.models import CANCELLED, Event
from .models import SEATED, WAITING, Rsvp
from .queries import SeatMark, mark_of


def seats_taken(event: Event) -> int:
    """People who have a seat, adults and minors alike."""
    return db.session.scalar(
        select(func.coalesce(func.sum(Rsvp.adults + Rsvp.minors), 0)).where(
            Rsvp.event_id == event.id, Rsvp.standing == SEATED
        )
    )


def seats_free(event: Event) -> int | None:
    """Seats left, never below zero; None where there is no limit."""
    return None if event.capacity is None else max(0, event.capacity - seats_taken(event))


def seat_mark(event: Event) -> SeatMark | None:
    """The picture of an event's seats as they are now."""
    return mark_of(event.capacity, 0 if event.capacity is None else seats_taken(event))


def has_room(event: Event, people: int) -> bool:
    """Whether this many more fit in now."""
    free = seats_free(event)
    return free is None or people <= free


def line(event: Event) -> list[Rsvp]:
    """Who waits, in the order of joining: parties without seats, and seated ones that want more."""
    return list(
        db.session.scalars(
            select(Rsvp)
            .where(Rsvp.event_id == event.id, or_(Rsvp.standing == WAITING, Rsvp.wanted_adults.is_not(None)))
            .order_by(Rsvp.line_at, Rsvp.id)
        )
    )


def promotes(event: Event, now: datetime) -> bool:
    """Whether the line still moves: until the start, or the hour that the host set."""
    if event.state == CANCELLED or event.has_started(now):
        return False
    return event.promotes_until_at is None or now < event.promotes_until_at


def walk_line(event: Event, now: datetime) -> tuple[list[Rsvp], list[Rsvp]]:
    """Promote, from the front, each party that fits; (promoted, passed by a smaller one).

    A party that does not fit keeps its place, and those behind it may go first.
    """
    free, promoted, stuck, passed = seats_free(event), [], [], []
    for rsvp in line(event) if free != 0 else ():
        asked = _seats_asked(rsvp)
        if free is not None and asked > free:
            stuck.append(rsvp)
            continue
        seat(rsvp)
        free = None if free is None else free - asked
        promoted.append(rsvp)
        passed += [other for other in stuck if other not in passed]
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


def _seats_asked(rsvp: Rsvp) -> int:
    """Seats needed beyond those held."""
    return rsvp.wanted - (rsvp.party if rsvp.standing == SEATED else 0)
