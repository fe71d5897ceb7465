"""What organizers and role leads do with other people's sign-ups."""

from datetime import datetime

from flask_babel import gettext as _

from ..events.models import CANCELLED, DRAFT, Event
from ..people.guests import person_with, person_without_address
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.actions import Party, answer_of, settle
from ..rsvps.models import GOING, NONE, SEATED, WAITING, Rsvp
from ..rsvps.seats import has_room, seat
from . import letters
from .actions import after, check_overlap, write_sign_up
from .hours import name_of
from .lines import let_go, place_or_line, places_free
from .models import ACTIVE, ASKED, HELD, Shift, SignUp
from .shifts import lock_shift


def place(shift: Shift, name: str, email: str, now: datetime, *, tell: bool) -> SignUp:
    """Put somebody into a shift by name or address; without a seat they get one. Raises Refused."""
    event, shift = lock_shift(shift)
    person = person_with(email, name, event.group.language, now) if email else person_without_address(name, now)
    return _put(event, shift, person, name, now, tell)


def place_guest(shift: Shift, rsvp: Rsvp, now: datetime, *, tell: bool) -> SignUp:
    """Put somebody who answered into a shift. Raises Refused."""
    event, shift = lock_shift(shift)
    return _put(event, shift, rsvp.person, rsvp.name, now, tell)


def move(sign_up: SignUp, shift: Shift, now: datetime, *, tell: bool) -> SignUp:
    """From one shift to another of the event. Raises Refused where that is full, or at the time of a third."""
    event, shift = lock_shift(shift)
    if sign_up.standing not in ACTIVE:
        raise Refused(_("%(name)s does not have this shift any more.", name=sign_up.rsvp.name))
    _check_place(event, shift)
    check_overlap(shift, sign_up.rsvp.person_id, besides=sign_up)
    was = letters.as_it_is(sign_up.shift)
    let_go(sign_up, now)
    row = write_sign_up(shift, sign_up.rsvp, now)
    place_or_line(row, now)
    after(event, row, now)
    if tell:
        letters.tell(row, letters.MOVED, now, was=was)
    return row


def remove(sign_up: SignUp, now: datetime, *, tell: bool) -> None:
    """Take somebody off a shift, told or not; the seat at the event stays."""
    event, _shift = lock_shift(sign_up.shift)
    if sign_up.standing not in ACTIVE:
        raise Refused(_("%(name)s does not have this shift any more.", name=sign_up.rsvp.name))
    let_go(sign_up, now)
    if tell:
        letters.tell(sign_up, letters.REMOVED, now)
    after(event, sign_up, now)


def decide(sign_up: SignUp, yes: bool, now: datetime) -> None:
    """Say yes or no to somebody who asked; they are told either way. A yes to a full shift is its line."""
    event, _shift = lock_shift(sign_up.shift)
    if sign_up.standing != ASKED:
        raise Refused(_("Somebody has answered %(name)s already.", name=sign_up.rsvp.name))
    if yes:
        place_or_line(sign_up, now)
    else:
        let_go(sign_up, now)
    after(event, sign_up, now)
    if yes:
        letters.tell_standing(sign_up, now)
    else:
        letters.tell(sign_up, letters.REFUSED, now)


def _put(event: Event, shift: Shift, person: Person, name: str, now: datetime, tell: bool) -> SignUp:
    _check_place(event, shift)
    check_overlap(shift, person.id)
    rsvp = _seated(event, person, name, now)
    row = write_sign_up(shift, rsvp, now)
    if row.standing == HELD:
        raise Refused(_("%(name)s has this shift already.", name=rsvp.name))
    place_or_line(row, now)
    after(event, row, now)
    if tell:
        letters.tell_standing(row, now, typed=True)
    return row


def _seated(event: Event, person: Person, name: str, now: datetime) -> Rsvp:
    """Their answer, with a seat out of turn: an organizer's word. Raises Refused where there is none."""
    rsvp = answer_of(event, person)
    if rsvp is not None and rsvp.standing == SEATED:
        return rsvp
    party = Party(rsvp.adults, rsvp.minors) if rsvp is not None and rsvp.party else Party()
    if not has_room(event, party.size, with_shift=True):
        raise Refused(_("There is no spot left at the event. Raise their number, or remove somebody first."))
    if rsvp is not None and rsvp.standing == WAITING:
        seat(rsvp)
        return rsvp
    note = rsvp.note if rsvp is not None and rsvp.standing == NONE else ""
    return settle(event, person, rsvp, name, GOING, party, note, now, told=False, at_once=True, helps=True)


def _check_place(event: Event, shift: Shift) -> None:
    """An organizer may go past hours and questions, but not into what is not there."""
    if event.state == DRAFT:
        raise Refused(_("This event is not published yet."))
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))
    if not places_free(shift):
        raise Refused(
            _("All places are taken: %(shift)s. Raise their number, or move somebody first.", shift=name_of(shift))
        )
