"""What organizers do with other people's answers."""

from datetime import datetime

from flask_babel import gettext as _

from .. import happenings
from ..db import db, lock
from ..events.actions import save
from ..events.models import CANCELLED, DRAFT, Event
from ..people.guests import person_with, person_without_address
from ..refusals import Refused
from . import letters
from .actions import Party, answer_of, move_line, note_change, settle
from .asking import keep_said
from .models import DECLINED, GOING, NONE, SEATED, WAITING, Rsvp
from .question_queries import Said
from .seats import has_room, leave_line, seat, seat_mark, seats_taken


def add(event: Event, name: str, email: str, party: Party, now: datetime, *, more_room: bool, tell: bool) -> Rsvp:
    """Put somebody on the list; a name alone will do. With `more_room` the capacity grows if it must.

    Raises Refused when the address has answered already, or the party does not fit.
    """
    event = lock(event)
    _check_open(event, party)
    person = person_with(email, name, event.group.language, now) if email else person_without_address(name, now)
    known = answer_of(event, person)
    if known is not None and known.standing != NONE:
        raise Refused(_("%(name)s is on the list already.", name=known.name))
    _check_room(event, party.size, more_room)
    note = known.note if known else ""
    rsvp = settle(event, person, known, name, GOING, party, note, now, typed=True, told=tell, at_once=True)
    if known is None:
        rsvp.by_host = True
    _raise_capacity(event, now)
    return rsvp


def change(
    rsvp: Rsvp, name: str, party: Party, now: datetime, *, more_room: bool, tell: bool, said: Said | None = None
) -> None:
    """Correct a name, a party, or what it said to questions. Raises Refused when the larger party does not fit."""
    event = lock(rsvp.event)
    _check_open(event, party)
    mark = seat_mark(event)
    if rsvp.standing == SEATED:
        _check_room(event, party.size - rsvp.party, more_room)
        leave_line(rsvp)
    rsvp.name, rsvp.adults, rsvp.minors = name, party.adults, party.minors
    db.session.flush()
    keep_said(rsvp, said or {}, now)
    _raise_capacity(event, now)
    move_line(event, now)
    if tell:
        letters.tell_answered(rsvp, now)
    note_change(event, rsvp, mark)
    happenings.answer_changed.send(rsvp, now=now)


def move_up(rsvp: Rsvp, now: datetime, *, more_room: bool, tell: bool) -> None:
    """Give a waiting party its seats out of turn. Raises Refused when there are none."""
    event = lock(rsvp.event)
    _check_open(event, Party(rsvp.adults, rsvp.minors))
    if rsvp.standing != WAITING:
        raise Refused(_("%(name)s is not in the line any more.", name=rsvp.name))
    mark = seat_mark(event)
    _check_room(event, rsvp.party, more_room)
    seat(rsvp)
    _raise_capacity(event, now)
    if tell:
        letters.tell_promoted(rsvp, now)
    note_change(event, rsvp, mark)
    happenings.answer_changed.send(rsvp, now=now)


def remove(rsvp: Rsvp, now: datetime, *, tell: bool) -> None:
    """Take a party off the list; its seats go to the line."""
    event = lock(rsvp.event)
    mark = seat_mark(event)
    rsvp.answer, rsvp.standing = DECLINED, NONE
    leave_line(rsvp)
    db.session.flush()
    if tell:
        letters.tell_removed(rsvp, now)
    move_line(event, now)
    note_change(event, rsvp, mark)
    happenings.answer_changed.send(rsvp, now=now)


def may_put_back(rsvp: Rsvp) -> bool:
    """Whether a party without a spot can be given one; its person is known still."""
    return rsvp.standing == NONE and rsvp.person.gone_at is None


def put_back(rsvp: Rsvp, now: datetime, *, more_room: bool, tell: bool) -> None:
    """Give a party that was taken off, or said no, its seats. Raises Refused when there are none."""
    event, party = lock(rsvp.event), Party(rsvp.adults, rsvp.minors)
    _check_open(event, party)
    if not may_put_back(rsvp):
        raise Refused(_("%(name)s is on the list already.", name=rsvp.name))
    _check_room(event, party.size, more_room)
    settle(event, rsvp.person, rsvp, rsvp.name, GOING, party, rsvp.note, now, told=tell, at_once=True)
    _raise_capacity(event, now)


def _check_open(event: Event, party: Party) -> None:
    """An organizer may go past hours and limits, but not into an event that is not there."""
    if event.state == DRAFT:
        raise Refused(_("This event is not published yet."))
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))
    if event.is_umbrella:
        raise Refused(_("This day has several sites. Choose the one you come to."))
    if party.size < 1:
        raise Refused(_("At least one person has to come."))


def _check_room(event: Event, people: int, more_room: bool) -> None:
    """An organizer may give seats that are kept for shifts, too."""
    if not more_room and people > 0 and not has_room(event, people, with_shift=True):
        raise Refused(_("There is no room. Raise the number of spots in the same step, or remove somebody first."))


def _raise_capacity(event: Event, now: datetime) -> None:
    """Let the capacity cover whoever an organizer seated; only after it, or the line would take the room."""
    taken = seats_taken(event)
    if event.capacity is not None and taken > event.capacity:
        save(event, {"capacity": taken}, now)
