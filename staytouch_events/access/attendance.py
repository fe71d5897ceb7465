"""Who may check people in, and who is checked in; the loaders are the locks."""

import re
from datetime import datetime, timedelta

from flask import abort
from sqlalchemy import select

from ..attendance.models import WalkUp
from ..attendance.queries import presence_of
from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp
from ..volunteers.models import HELD, Role, Shift, SignUp
from .events import may_host, visible_event
from .rsvps import answer_by_token

BEFORE, AFTER = timedelta(hours=12), timedelta(hours=24)
_WHO = re.compile(r"([rw])([1-9][0-9]{0,8})")


def may_check_in(viewer, event: Event, now: datetime) -> bool:
    """Whether the viewer hosts the event, or helps there in these hours."""
    if may_host(viewer, event):
        return True
    return viewer.is_authenticated and _helps(event, viewer.id, now)


def checked_event(viewer, slug: str, now: datetime) -> Event:
    """The event, for whoever checks people in: 404 unseen, 403 seen but not theirs."""
    event = visible_event(viewer, slug)
    if not may_check_in(viewer, event, now):
        abort(403)
    return event


def helps(rsvp: Rsvp, now: datetime) -> bool:
    """Whether whoever gave this answer checks people in now."""
    return _helps(rsvp.event, rsvp.person_id, now)


def helping_answer(token: str, now: datetime) -> Rsvp:
    """The answer that a link stands for, of somebody who checks people in: 404 unknown, 403 not theirs to do."""
    rsvp = answer_by_token(token, now)
    if not helps(rsvp, now):
        abort(403)
    return rsvp


def has_come(rsvp: Rsvp) -> bool:
    """Whether the party of this answer is or was checked in."""
    return presence_of(rsvp).came


def party_of(event: Event, who: str) -> Rsvp | WalkUp:
    """A party of this event by its name, "r12" or "w3"; else 404."""
    found = _WHO.fullmatch(who)
    model = found and {"r": Rsvp, "w": WalkUp}[found[1]]
    row = model and db.session.scalar(select(model).where(model.id == int(found[2]), model.event_id == event.id))
    if row is None:
        abort(404)
    return row


def _helps(event: Event, person_id: int, now: datetime) -> bool:
    """A held shift of a role that checks people in, from 12 h before the event to 24 h after it."""
    if event.starts_at is None or not event.starts_at - BEFORE <= now <= event.ends_at + AFTER:
        return False
    shifts = (
        select(SignUp.id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Role, Role.id == Shift.role_id)
        .join(Rsvp, Rsvp.id == SignUp.rsvp_id)
        .where(Shift.event_id == event.id, Shift.removed_at.is_(None), Role.checks_in)
        .where(Rsvp.person_id == person_id, SignUp.standing == HELD)
    )
    return db.session.scalar(shifts.limit(1)) is not None
