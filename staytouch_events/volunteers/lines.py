"""Places in shifts: counting them, filling them from the line, and what that means for seats.

Everything here runs under the event's lock, and counts after the shift's.
"""

from datetime import datetime

from sqlalchemy import func, select

from ..db import db, lock
from ..events.host_queries import crew_counters
from ..events.models import CANCELLED, POSTPONED, Event
from ..rsvps.actions import move_line
from ..rsvps.models import SEATED, Rsvp
from ..versions import LISTS, raise_version
from . import letters
from .models import HELD, NONE, WAITING, WISHED, Shift, SignUp
from .queries import held_by_shift, sign_ups_of


def places_free(shift: Shift) -> int:
    """Places left, never below zero."""
    held = db.session.scalar(
        select(func.count()).select_from(SignUp).where(SignUp.shift_id == shift.id, SignUp.standing == HELD)
    )
    return max(0, shift.maximum - held)


def first_offer(shift: Shift) -> SignUp | None:
    """The place that was offered first to whoever takes it."""
    return db.session.scalar(
        select(SignUp)
        .where(SignUp.shift_id == shift.id, SignUp.standing == HELD, SignUp.offered_at.is_not(None))
        .order_by(SignUp.offered_at, SignUp.id)
        .limit(1)
    )


def place_in_shifts_line(sign_up: SignUp) -> int:
    """1 for the front."""
    return [row.id for row in _line(sign_up.shift)].index(sign_up.id) + 1


def place_or_line(sign_up: SignUp, now: datetime) -> None:
    """Give what there is: a free place, one that somebody offered, the end of the line.

    Without a seat at the event it is a wish until there is one.
    """
    if sign_up.rsvp.standing != SEATED:
        sign_up.standing = WISHED
    elif places_free(sign_up.shift):
        _place(sign_up, now)
    elif offer := first_offer(sign_up.shift):
        _swap(offer, sign_up, now)
    else:
        sign_up.standing, sign_up.line_at = WAITING, sign_up.line_at or now
        renew_entry(sign_up, now)
    db.session.flush()


def let_go(sign_up: SignUp, now: datetime) -> None:
    """Give up whatever it is."""
    sign_up.standing, sign_up.line_at, sign_up.offered_at = NONE, None, None
    renew_entry(sign_up, now)
    db.session.flush()


def renew_entry(sign_up: SignUp, now: datetime) -> None:
    """Count its calendar entry up."""
    sign_up.sequence += 1
    sign_up.changed_at = now


def settle_places(event: Event, now: datetime) -> None:
    """After any change: fill places from the lines, say whose seats are helpers', let the event's line move."""
    if event.state != CANCELLED:
        for shift in _with_lines(event):
            if event.state == POSTPONED or now < shift.ends_at:
                _fill(lock(shift), now)
    if _mark_answers(event):
        move_line(event, now)
    note(event)


def note(event: Event) -> None:
    """Raise what shows shifts: the event, and the lists, where open places are numbers (performance.md)."""
    raise_version(f"event:{event.id}", *crew_counters(event), LISTS)


def _fill(shift: Shift, now: datetime) -> None:
    """Promote the front of the line while there is a place, free or offered; each is told."""
    for waiting in _line(shift):
        if places_free(shift):
            _place(waiting, now)
        elif offer := first_offer(shift):
            _swap(offer, waiting, now)
        else:
            return
        db.session.flush()
        letters.tell(waiting, letters.PROMOTED, now)


def _with_lines(event: Event) -> list[Shift]:
    waiting = select(SignUp.shift_id).where(SignUp.standing == WAITING)
    return list(
        db.session.scalars(select(Shift).where(Shift.event_id == event.id, Shift.id.in_(waiting)).order_by(Shift.id))
    )


def _line(shift: Shift) -> list[SignUp]:
    return list(
        db.session.scalars(
            select(SignUp)
            .where(SignUp.shift_id == shift.id, SignUp.standing == WAITING)
            .order_by(SignUp.line_at, SignUp.id)
        )
    )


def _place(sign_up: SignUp, now: datetime) -> None:
    sign_up.standing, sign_up.line_at, sign_up.offered_at = HELD, None, None
    renew_entry(sign_up, now)


def _swap(offer: SignUp, taker: SignUp, now: datetime) -> None:
    """One step: the place is never free in between."""
    let_go(offer, now)
    _place(taker, now)
    letters.tell(offer, letters.SWAPPED, now)
    raise_version(f"person:{offer.rsvp.person_id}")


def _mark_answers(event: Event) -> bool:
    """Keep `has_shift` true of who holds a place, or wishes for one that is free; whether it changed anything."""
    sign_ups = sign_ups_of(event)
    held = held_by_shift({row.shift_id for row in sign_ups})
    helping = {
        row.rsvp_id
        for row in sign_ups
        if row.standing == HELD or (row.standing == WISHED and held.get(row.shift_id, 0) < row.shift.maximum)
    }
    known = db.session.scalars(select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.has_shift | Rsvp.id.in_(helping)))
    changed = [rsvp for rsvp in known if rsvp.has_shift != (rsvp.id in helping)]
    for rsvp in changed:
        rsvp.has_shift = not rsvp.has_shift
    db.session.flush()
    return bool(changed)
