"""Asking whoever comes again after an event was put off to a new date, and the seats of those who say nothing."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from .. import happenings
from ..db import db, lock
from ..events.models import PUBLISHED, Event
from ..events.postponing import usual_confirm_by
from ..jobs import cancel_job, job, schedule
from ..refusals import Refused
from ..versions import raise_version
from . import letters
from .actions import Party, check_open, move_line, note_change, respond
from .additions import IN_ROSTER, adds_to
from .models import DECLINED, GOING, MAYBE, NONE, SEATED, Rsvp
from .queries import lapsed_answers, unconfirmed
from .seats import leave_line, seat_mark

REMIND, END = "rsvps.confirm", "rsvps.silent"
# How long before the hour the silent are reminded, and how short a wait is no reminder's worth.
AHEAD, SHORT = timedelta(hours=6), timedelta(hours=2)


def ask_again(event: Event, *, before: dict[str, Any], confirm_by: datetime | None, now: datetime) -> None:
    """It has a new date: one letter that says so and asks.

    Nobody is asked who waits in the line, or whom no letter reaches: an organizer put them down.
    """
    until = confirm_by or usual_confirm_by(event.starts_at, now)
    for rsvp in letters.concerned(event):
        asked = rsvp.person.email is not None and (rsvp.standing == SEATED or rsvp.answer == MAYBE)
        rsvp.confirm_by_at = until if asked else None
    letters.tell_at_once("rsvps.moved", event, now, before=letters.as_it_was(event, before))
    _plan(event, now)


def move_question(event: Event, *, before: dict[str, Any], now: datetime) -> None:
    """The event moved while people are asked: the hour moves along, but never past the start."""
    was = before.get("starts_at")
    if was is None or "previous_starts_at" in before:
        return
    for rsvp in unconfirmed(event):
        until = rsvp.confirm_by_at + (event.starts_at - was)
        rsvp.confirm_by_at = until if now < until < event.starts_at else usual_confirm_by(event.starts_at, now)
    _plan(event, now)


def drop_question(event: Event, *, now: datetime, **_news: Any) -> None:
    """There is no date any more, or it is the old one: nobody has to confirm."""
    for rsvp in unconfirmed(event):
        rsvp.confirm_by_at = None
    _plan(event, now)


def take_as_yes(rsvp: Rsvp, *, now: datetime, **_news: Any) -> None:
    """Whoever answers, by whatever door, needs no asking."""
    rsvp.confirm_by_at = None


def confirm(rsvp: Rsvp, now: datetime) -> None:
    """ "Still coming": the answer stands for the new date.

    Whoever lost the seat by silence gets what there is: a seat, or the end of the line. Raises Refused.
    """
    event = lock(rsvp.event)
    if rsvp.has_lapsed:
        respond(event, rsvp.person, rsvp.name, GOING, Party(rsvp.adults, rsvp.minors), rsvp.note, now)
        return
    check_open(event, DECLINED, Party(), now)
    if rsvp.standing != SEATED and rsvp.answer != MAYBE:
        raise Refused(_("Nothing is asked of you. Change your answer below if it is another."))
    take_as_yes(rsvp, now=now)
    raise_version(f"event:{event.id}")


@job(REMIND)
def remind_silent(facts: dict[str, Any], now: datetime) -> None:
    """Ask the silent once more, some hours before."""
    event = db.session.get(Event, facts["event"])
    if event is None or event.state != PUBLISHED:
        return
    for rsvp in unconfirmed(event):
        letters.ask_to_confirm(rsvp, now)


@job(END)
def give_on(facts: dict[str, Any], now: datetime) -> None:
    """The hour is over: the seats of the silent go to the line. A maybe holds none and stays one."""
    event = db.session.get(Event, facts["event"])
    if event is None:
        return
    event = lock(event)
    if event.state != PUBLISHED or event.has_started(now):
        return
    mark, silent = seat_mark(event), [rsvp for rsvp in unconfirmed(event) if rsvp.confirm_by_at <= now]
    lapsed = [rsvp for rsvp in silent if rsvp.standing == SEATED]
    for rsvp in silent:
        rsvp.confirm_by_at = None
    for rsvp in lapsed:
        rsvp.standing = NONE
        leave_line(rsvp)
    db.session.flush()
    for rsvp in lapsed:
        letters.tell_lapsed(rsvp, now)
        happenings.answer_changed.send(rsvp, now=now)
    move_line(event, now)
    raise_version(f"event:{event.id}")
    for rsvp in lapsed:
        note_change(event, rsvp, mark)


@adds_to(IN_ROSTER)
def silence_words(event: Event) -> dict[int, str]:
    """Who has not said yet that they come on the new date, and whose seat went on for it."""
    words = {rsvp.id: _("has not confirmed the new date") for rsvp in unconfirmed(event)}
    return words | {rsvp.id: _("did not confirm: the spot went on") for rsvp in lapsed_answers(event)}


def _plan(event: Event, now: datetime) -> None:
    """Have the hour, and the reminder before it, come when they should; or not, where nobody is asked."""
    db.session.flush()
    key, asked = str(event.id), unconfirmed(event)
    until = min((rsvp.confirm_by_at for rsvp in asked), default=None)
    for kind, due_at in ((END, until), (REMIND, until and _reminder_at(until, now))):
        if due_at is None:
            cancel_job(kind, key)
        else:
            schedule(kind, key, due_at, {"event": event.id})


def _reminder_at(until: datetime, now: datetime) -> datetime | None:
    wait = until - now
    return until - min(AHEAD, wait / 2) if wait >= SHORT else None
