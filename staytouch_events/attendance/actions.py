"""Marking who came and left. People who are there are held by no capacity."""

import re
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..events.models import PUBLISHED, Event
from ..links import new_public_id
from ..people.models import Person
from ..people.queries import person_by_email
from ..refusals import Refused
from ..rsvps.actions import Party as Size
from ..rsvps.actions import answer_of
from ..versions import raise_version
from .models import HELPER, IN, SELF, WALK_UP, Mark, Party, WalkUp
from .queries import last_size, presence_of
from .readiness import check_ready

BEFORE, AFTER = timedelta(hours=2), timedelta(hours=4)
_KEY = re.compile(r"[A-Za-z0-9-]{8,64}")


def mark(
    party: Party,
    kind: str,
    key: str,
    now: datetime,
    *,
    by: Person | None,
    size: Size | None = None,
    source: str = HELPER,
    anyway: bool = True,
) -> None:
    """Somebody came, left, or the last of it was a mistake. The same key again is the same mark.

    Raises Refused; where something is left to sign too, unless it is `anyway`, which is kept.
    """
    event = lock(party.event)
    check_on(event)
    if kind == IN and size is not None and size.size < 1:
        raise Refused(_("At least one person has to come."))
    _mark(event, party, kind, clean_key(key), now, by, size, source, anyway)


def walk_up(
    event: Event,
    name: str,
    size: Size,
    key: str,
    now: datetime,
    *,
    by: Person | None,
    source: str = HELPER,
    person: Person | None = None,
) -> WalkUp:
    """Somebody who had not answered is here, by name alone; the same key again is the same party. Raises Refused."""
    event, key = lock(event), clean_key(key)
    check_on(event)
    known = db.session.scalar(select(WalkUp).where(WalkUp.event_id == event.id, WalkUp.key == key))
    if known is not None:
        return known
    if size.size < 1:
        raise Refused(_("At least one person has to come."))
    party = WalkUp(event=event, key=key, name=name, person_id=person and person.id, created_at=now)
    db.session.add(party)
    db.session.flush()
    _mark(event, party, IN, key, now, by, size, source, True)
    return party


def mark_oneself(party: Party, kind: str, key: str, now: datetime) -> None:
    """Somebody checks in or out alone, or takes it back, in the hours for it. Raises Refused outside them."""
    check_hours(party.event, now)
    mark(party, kind, key, now, by=party.person, source=SELF)


def arrive_by_email(event: Event, email: str, key: str, now: datetime) -> Party | None:
    """Whoever answered with this address is here; a strange address changes nothing, and is not told so.

    Gives back the answer, for what else is said along with it.
    """
    check_hours(event, now)
    event = lock(event)
    check_on(event)
    person = person_by_email(email)
    rsvp = person and answer_of(event, person)
    if rsvp and not presence_of(rsvp).here:
        _mark(event, rsvp, IN, clean_key(key), now, None, None, SELF, True)
    return rsvp


def walk_in(event: Event, name: str, size: Size, key: str, now: datetime, person: Person | None) -> Party:
    """Somebody without an answer checks in alone, by name. Raises Refused outside the hours."""
    check_hours(event, now)
    return walk_up(event, name, size, key, now, by=person, source=WALK_UP, person=person)


def check_hours(event: Event, now: datetime) -> None:
    """Raise Refused, in words, while nobody checks in alone: but from 2 h before to 4 h after the start, or the end."""
    check_on(event)
    if now < event.starts_at - BEFORE:
        raise Refused(_("Check-in opens two hours before it starts."))
    if now > max(event.starts_at + AFTER, event.ends_at):
        raise Refused(_("Check-in is closed. The crew can still put you down."))


def check_on(event: Event) -> None:
    """Raise Refused where there is nothing to come to."""
    if event.state != PUBLISHED:
        raise Refused(_("This event is not on, so nobody can be checked in."))


def clean_key(key: str) -> str:
    """A mark's id as the phone made it, or one of ours."""
    return key if _KEY.fullmatch(key) else new_public_id()


def _mark(
    event: Event,
    party: Party,
    kind: str,
    key: str,
    now: datetime,
    by: Person | None,
    size: Size | None,
    source: str,
    anyway: bool,
) -> None:
    """Add the row, unless it is there. Under the event's lock."""
    if db.session.scalar(select(Mark.id).where(Mark.event_id == event.id, Mark.key == key)) is not None:
        return
    adults, minors = (0, 0) if kind != IN else (size.adults, size.minors) if size else _usual_size(party)
    unsigned = kind == IN and check_ready(party, adults, minors, anyway)
    column = "walk_up_id" if isinstance(party, WalkUp) else "rsvp_id"
    db.session.add(
        Mark(
            event_id=event.id,
            key=key,
            kind=kind,
            adults=adults,
            minors=minors,
            source=source,
            anyway=unsigned,
            made_by_id=by and by.id,
            received_at=now,
            **{column: party.id},
        )
    )
    db.session.flush()
    raise_version(f"attendance:{event.id}")


def _usual_size(party: Party) -> tuple[int, int]:
    """All of it came, unless somebody says otherwise."""
    if isinstance(party, WalkUp):
        return last_size(party) or (1, 0)
    return (party.adults, party.minors) if party.party else (1, 0)
