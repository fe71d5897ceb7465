"""Answering an event. Every way of answering, by page, mail or organizer, is one of these."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import bindparam, select

from .. import happenings
from ..db import db, lock
from ..events.host_queries import crew_counters
from ..events.models import CANCELLED, DRAFT, Event
from ..people.guests import person_with
from ..people.models import Person
from ..refusals import Refused
from ..versions import LISTS, raise_version
from . import letters
from .additions import Party, check_party
from .asking import ALONE, Beside, keep_said
from .models import DECLINED, GOING, NONE, SEATED, WAITING, Rsvp
from .queries import SeatMark
from .seats import has_room, leave_line, promotes, seat, seat_mark, seats_free, walk_line

_ANSWER = select(Rsvp).where(Rsvp.event_id == bindparam("event"), Rsvp.person_id == bindparam("person"))


@dataclass(frozen=True)
class Outcome:
    """What came of an answer. `short` is how many more seats were wished than are free."""

    rsvp: Rsvp
    short: int = 0


def answer_as_guest(
    event: Event,
    email: str,
    name: str,
    answer: str,
    party: Party,
    note: str,
    language: str,
    now: datetime,
    beside: Beside = ALONE,
) -> None:
    """An answer typed on the public page. A known address changes nothing: its letter asks to confirm.

    A new address is stored at once and holds its seat; both get exactly one letter, and the
    caller shows the same page. Raises Refused for what no address could be given.
    """
    event = lock(event)
    check_open(event, answer, party, now)
    check_room(event, answer, party)
    person = person_with(email, name, language, now)
    known = answer_of(event, person)
    if known is not None:
        letters.ask(known, answer, party, note, name, beside.said, now)
        return
    settle(event, person, None, name, answer, party, note, now, typed=True, beside=beside)


def respond(
    event: Event,
    person: Person,
    name: str,
    answer: str,
    party: Party,
    note: str,
    now: datetime,
    join_line: bool = False,
    beside: Beside = ALONE,
) -> Outcome:
    """What somebody who is sure to be this person answers; it takes effect at once.

    A seated party that grows gets the extra seats if they are free; else the answer stays as it
    was, and with `join_line` it waits for them. Raises Refused.
    """
    event = lock(event)
    check_open(event, answer, party, now)
    known = answer_of(event, person)
    if known is not None:
        known.by_host = False
    if known is not None and known.standing == SEATED and answer == GOING:
        keep_said(known, beside.said, now)
        return _resize(event, known, name, party, note, now, join_line)
    if known is None or known.standing == NONE:
        check_room(event, answer, party)
    return Outcome(settle(event, person, known, name, answer, party, note, now, beside=beside))


def withdraw(rsvp: Rsvp, now: datetime) -> None:
    """Take one's answer back: the seats go to the line."""
    respond(rsvp.event, rsvp.person, rsvp.name, DECLINED, Party(rsvp.adults, rsvp.minors), rsvp.note, now)


def answer_of(event: Event, person: Person) -> Rsvp | None:
    """The answer this person gave to this event."""
    return db.session.scalar(_ANSWER, {"event": event.id, "person": person.id})


def check_open(event: Event, answer: str, party: Party, now: datetime) -> None:
    """Raise Refused, in words, when nobody could answer like this now."""
    if event.state == DRAFT:
        raise Refused(_("This event is not published yet."))
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))
    if event.is_past(now):
        raise Refused(_("This event is over."))
    if event.is_umbrella:
        raise Refused(_("This day has several sites. Choose the one you come to."))
    if answer == DECLINED:
        return
    if event.answers_open_at and now < event.answers_open_at:
        raise Refused(_("Answers are not open yet."))
    if event.answers_close_at and now >= event.answers_close_at:
        raise Refused(_("Answers are closed. Write to the crew if you still want to come."))
    _check_party(event, party)


def _check_party(event: Event, party: Party) -> None:
    if party.size < 1:
        raise Refused(_("At least one person has to come."))
    if event.largest_party and party.size > event.largest_party:
        most = event.largest_party
        raise Refused(
            ngettext("One answer brings %(num)d person at most.", "One answer brings %(num)d people at most.", most)
        )
    if event.capacity is not None and party.size > event.capacity:
        raise Refused(
            _("A party of %(size)d is more than this event's %(seats)d spots.", size=party.size, seats=event.capacity)
        )
    check_party(event, party)


def check_room(event: Event, answer: str, party: Party, *, helps: bool = False) -> None:
    """Raise Refused where there is neither room nor a line; whoever `helps` may have a seat kept for shifts."""
    if answer == GOING and not event.waitlist and not has_room(event, party.size, with_shift=helps):
        raise Refused(_("This event is full."))


def settle(
    event: Event,
    person: Person,
    known: Rsvp | None,
    name: str,
    answer: str,
    party: Party,
    note: str,
    now: datetime,
    typed: bool = False,
    told: bool = True,
    at_once: bool = False,
    helps: bool = False,
    beside: Beside = ALONE,
) -> Rsvp:
    """Write the answer over the known one, put a going party at the end of the line, then walk the line.

    `at_once` seats it out of turn: an organizer's word. `helps` says that it comes for a shift that
    has a place for it; `beside` is what comes with it. Under the event's lock.
    """
    mark = seat_mark(event)
    rsvp = known
    if rsvp is None:
        rsvp = Rsvp(event_id=event.id, person_id=person.id, standing=NONE, created_at=now, came_from=beside.came_from)
        db.session.add(rsvp)
    rsvp.name, rsvp.answer, rsvp.note = name, answer, note
    rsvp.adults, rsvp.minors, rsvp.answered_at = party.adults, party.minors, now
    rsvp.youngest = rsvp.youngest if party.youngest is None else party.youngest
    rsvp.has_shift = rsvp.has_shift or helps
    # Where there is no limit nobody waits, and there is no line to walk.
    if answer == GOING and (at_once or event.capacity is None):
        seat(rsvp)
    elif answer == GOING:
        rsvp.standing, rsvp.line_at = WAITING, rsvp.line_at or now
    else:
        rsvp.standing = NONE
        leave_line(rsvp)
    db.session.flush()
    keep_said(rsvp, beside.said, now)
    if event.capacity is not None:
        move_line(event, now, new=rsvp)
    first = known is None
    if told:
        # All letters are written together.
        with db.session.no_autoflush:
            letters.tell_answered(rsvp, now, typed=typed, first=first)
            letters.tell_hosts(rsvp, now, first=first)
    note_change(event, rsvp, mark)
    happenings.answer_changed.send(rsvp, now=now, first=first)
    return rsvp


def _resize(event: Event, rsvp: Rsvp, name: str, party: Party, note: str, now: datetime, join_line: bool) -> Outcome:
    """Make a seated party larger or smaller."""
    mark = seat_mark(event)
    extra = party.size - rsvp.party
    fits = extra <= 0 or has_room(event, extra, with_shift=rsvp.has_shift)
    rsvp.name, rsvp.note, rsvp.answered_at = name, note, now
    if fits:
        rsvp.adults, rsvp.minors = party.adults, party.minors
        rsvp.youngest = rsvp.youngest if party.youngest is None else party.youngest
        leave_line(rsvp)
    elif join_line and event.waitlist:
        rsvp.wanted_adults, rsvp.wanted_minors = party.adults, party.minors
        rsvp.line_at = rsvp.line_at or now
    else:
        return Outcome(rsvp, short=extra - (seats_free(event, with_shift=rsvp.has_shift) or 0))
    db.session.flush()
    move_line(event, now)
    letters.tell_answered(rsvp, now)
    letters.tell_hosts(rsvp, now)
    note_change(event, rsvp, mark)
    happenings.answer_changed.send(rsvp, now=now)
    return Outcome(rsvp)


def move_line(event: Event, now: datetime, new: Rsvp | None = None) -> None:
    """Walk the line and tell who was promoted or passed; `new` hears of it in its own letter."""
    if not promotes(event, now):
        if new is not None and new.standing == WAITING and has_room(event, new.party, with_shift=new.has_shift):
            seat(new)
        return
    promoted, passed = walk_line(event, now)
    for rsvp in promoted:
        if rsvp is not new:
            letters.tell_promoted(rsvp, now)
            happenings.answer_changed.send(rsvp, now=now)
    for rsvp in passed:
        if rsvp is not new and rsvp.passed_at is None:
            rsvp.passed_at = now
            letters.tell_passed(rsvp, now)


def line_may_move(event: Event, *, now: datetime, **_news: Any) -> None:
    """The event changed: more room, a later hour. Lowering capacity removes nobody."""
    move_line(event, now)


def note_change(event: Event, rsvp: Rsvp, mark: SeatMark) -> None:
    """Raise what shows answers: the event, the person's calendar, and the lists only when their picture changes."""
    raise_version(*event.counters, f"person:{rsvp.person_id}")
    if seat_mark(event) != mark:
        raise_version(LISTS, *crew_counters(event))
