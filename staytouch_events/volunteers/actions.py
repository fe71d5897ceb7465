"""Taking and giving up shifts: what people do for themselves. What organizers do is in staffing.py."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..outbox import withdraw_letters
from ..people.guests import person_with
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.actions import Party, answer_of, check_open, check_room, settle
from ..rsvps.asking import ALONE, Beside, keep_said
from ..rsvps.confirming import take_as_yes
from ..rsvps.letters import tell_hosts
from ..rsvps.models import GOING, NONE, SEATED, Rsvp
from ..versions import raise_version
from . import letters
from .hours import name_of
from .lines import first_offer, let_go, place_or_line, places_free, renew_entry, settle_places
from .models import ACTIVE, ASKED, HELD, WISHED, Shift, SignUp
from .models import NONE as NOTHING
from .queries import sign_ups_with
from .shifts import lock_shift


def claim_as_guest(shift: Shift, email: str, name: str, language: str, now: datetime, beside: Beside = ALONE) -> None:
    """A shift asked for on the public page. A known address changes nothing: its letter asks to confirm.

    A new address has it at once; both get exactly one letter, and the caller shows the same page.
    Raises Refused for what no address could be given.
    """
    event, shift = lock_shift(shift)
    check_shift_open(shift, now)
    check_open(event, GOING, Party(), now)
    check_room(event, GOING, Party(), helps=_helps(shift))
    person = person_with(email, name, language, now)
    known = answer_of(event, person)
    if known is not None:
        letters.ask(shift, known, beside.said, now)
        return
    _claim(event, shift, person, name, now, typed=True, beside=beside)


def claim(shift: Shift, person: Person, name: str, now: datetime, beside: Beside = ALONE) -> SignUp:
    """Take a place, a place in the line, or ask for one, by somebody who is sure to be this person.

    Where all places are taken and one is offered, it changes hands. Raises Refused.
    """
    event, shift = lock_shift(shift)
    check_shift_open(shift, now)
    return _claim(event, shift, person, name, now, beside=beside)


def release(sign_up: SignUp, now: datetime) -> None:
    """Give the shift up; the seat at the event stays."""
    event, _shift = lock_shift(sign_up.shift)
    _check_has(sign_up)
    let_go(sign_up, now)
    letters.tell(sign_up, letters.RELEASED, now)
    after(event, sign_up, now)


def offer(sign_up: SignUp, now: datetime) -> None:
    """Let somebody else have the place; until one takes it, it stays. Who waits in line takes it at once."""
    event, _shift = lock_shift(sign_up.shift)
    if sign_up.standing != HELD:
        raise Refused(_("You don't have this shift any more."))
    sign_up.offered_at = sign_up.offered_at or now
    db.session.flush()
    after(event, sign_up, now)


def keep(sign_up: SignUp, now: datetime) -> None:
    """Keep the place after all."""
    event, _shift = lock_shift(sign_up.shift)
    if sign_up.standing != HELD:
        raise Refused(_("Somebody has taken it already."))
    sign_up.offered_at = None
    after(event, sign_up, now)


def follow_answer(rsvp: Rsvp, *, now: datetime, first: bool = False, **_news: Any) -> None:
    """An answer came to something else: with a seat wishes come true, without one shifts are given up.

    Whoever answered hears of it in the letter about the answer.
    """
    # With somebody's first answer no sign-up can stand.
    sign_ups = [] if first else sign_ups_with([rsvp.id])
    if rsvp.standing == SEATED:
        moved = [row for row in sign_ups if row.standing == WISHED]
        for row in moved:
            place_or_line(row, now)
    else:
        moved = list(sign_ups) if rsvp.standing == NONE else []
        for row in moved:
            let_go(row, now)
    if moved:
        settle_places(rsvp.event, now)


def check_shift_open(shift: Shift, now: datetime) -> None:
    """Raise Refused, in words, when nobody could sign up now."""
    event = shift.event
    check_open_event(event, now)
    if shift.is_open(now):
        return
    if shift.opens_at and now < shift.opens_at:
        raise Refused(_("Sign-up for this shift is not open yet."))
    if shift.ends_at and now >= shift.ends_at:
        raise Refused(_("This shift is over."))
    raise Refused(_("Sign-up for this shift is closed. Write to the crew if you still want to help."))


def check_open_event(event: Event, now: datetime) -> None:
    """Raise Refused where the event itself takes nobody, whatever its hours of answering."""
    # A no is possible as long as anything is.
    check_open(event, "declined", Party(), now)


def check_overlap(shift: Shift, person_id: int, besides: SignUp | None = None) -> None:
    """Raise Refused, naming both, where a person has another shift of the event at the same time."""
    for row in _active(shift.event, person_id):
        if row.shift_id != shift.id and row is not besides and row.shift.overlaps(shift):
            raise Refused(_("%(new)s is at the same time as %(other)s.", new=name_of(shift), other=name_of(row.shift)))


def sign_up_of(shift: Shift, rsvp: Rsvp) -> SignUp | None:
    """This person's row for the shift, whatever it came to."""
    return db.session.scalar(select(SignUp).where(SignUp.shift_id == shift.id, SignUp.rsvp_id == rsvp.id))


def write_sign_up(shift: Shift, rsvp: Rsvp, now: datetime) -> SignUp:
    """One row a person and shift, written again when they come back."""
    row = sign_up_of(shift, rsvp)
    if row is None:
        row = SignUp(shift=shift, rsvp=rsvp, standing=NOTHING, created_at=now, changed_at=now)
        db.session.add(row)
        db.session.flush()
    row.created_at = now
    return row


def after(event: Event, sign_up: SignUp, now: datetime) -> None:
    """What every change of a sign-up ends in."""
    settle_places(event, now)
    raise_version(f"person:{sign_up.rsvp.person_id}")


def going(
    event: Event,
    person: Person,
    name: str,
    now: datetime,
    *,
    helps: bool = False,
    told: bool = False,
    typed: bool = False,
    beside: Beside = ALONE,
) -> Rsvp:
    """The answer that help goes with: a maybe, a no or none becomes going, by the party it was.

    It is told in a letter of its own, or the caller's letter tells of both.
    """
    rsvp = answer_of(event, person)
    if rsvp is not None and rsvp.standing != NONE:
        keep_said(rsvp, beside.said, now)
        return rsvp
    party = Party(rsvp.adults, rsvp.minors) if rsvp is not None and rsvp.party else Party()
    check_open(event, GOING, party, now)
    check_room(event, GOING, party, helps=helps)
    kept = rsvp.note if rsvp is not None else ""
    how = {"typed": typed, "told": told, "helps": helps, "beside": beside}
    rsvp = settle(event, person, rsvp, name, GOING, party, kept, now, **how)
    if not told:
        tell_hosts(rsvp, now)
    return rsvp


def _claim(
    event: Event,
    shift: Shift,
    person: Person,
    name: str,
    now: datetime,
    typed: bool = False,
    beside: Beside = ALONE,
) -> SignUp:
    _check_new(shift, person)
    check_overlap(shift, person.id)
    before = answer_of(event, person)
    seated = before is not None and before.standing == SEATED
    rsvp = going(event, person, name, now, helps=_helps(shift), beside=beside)
    take_as_yes(rsvp, now=now)
    row = write_sign_up(shift, rsvp, now)
    if shift.asks_first:
        row.standing = ASKED
        renew_entry(row, now)
        letters.ask_hosts(row, now)
    else:
        place_or_line(row, now)
    after(event, row, now)
    if not seated:
        # Our letter says that there is a seat as well.
        withdraw_letters(f"promoted:{rsvp.id}", now, "overtaken by a shift")
    letters.tell_standing(row, now, typed=typed)
    return row


def _helps(shift: Shift) -> bool:
    """Whether a newcomer would get a place at once, and with it a seat that is kept for shifts."""
    return not shift.asks_first and bool(places_free(shift) or first_offer(shift))


def _check_new(shift: Shift, person: Person) -> None:
    if any(row.shift_id == shift.id for row in _active(shift.event, person.id)):
        raise Refused(_("You have signed up for this shift already."))


def _check_has(sign_up: SignUp) -> None:
    if sign_up.standing not in ACTIVE:
        raise Refused(_("You don't have this shift any more."))


def _active(event: Event, person_id: int) -> list[SignUp]:
    rsvp = db.session.scalar(select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.person_id == person_id))
    return list(sign_ups_with([rsvp.id])) if rsvp else []
