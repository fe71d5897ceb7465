"""Who puts down what was done, who approves it, and which logs and recognitions exist for whom."""

from datetime import datetime

from flask import abort
from sqlalchemy import select

from ..attendance.models import WalkUp
from ..attendance.queries import presence_of
from ..db import db
from ..events.models import PUBLISHED, Event
from ..groups.models import Group
from ..impact.models import APPROVED, ImpactLog, ImpactPhoto, Recognition
from ..people.models import Person
from ..rsvps.models import Rsvp
from .attendance import may_check_in
from .events import visible_event
from .rsvps import answer_by_token


def may_propose(viewer, event: Event, now: datetime) -> bool:
    """Whether the viewer may put down what was done: whoever was checked in, helpers in their hours, hosts."""
    if event.state != PUBLISHED or not event.has_started(now) or not viewer.is_authenticated:
        return False
    return may_check_in(viewer, event, now) or was_there(viewer, event)


def was_there(person: Person, event: Event) -> bool:
    """Whether somebody was checked in there: with their answer, or as a walk-up."""
    for model in (Rsvp, WalkUp):
        parties = db.session.scalars(select(model).where(model.event_id == event.id, model.person_id == person.id))
        if any(presence_of(party).came for party in parties.all()):
            return True
    return False


def proposing_event(viewer, slug: str, now: datetime) -> Event:
    """The event, for whoever may put down what was done there: 404 unseen, 403 seen but not theirs."""
    event = visible_event(viewer, slug)
    if not may_propose(viewer, event, now):
        abort(403)
    return event


def proposing_answer(token: str, now: datetime) -> Rsvp:
    """The answer that a link stands for, of somebody who may propose: 404 unknown, 403 not theirs to do."""
    rsvp = answer_by_token(token, now)
    if not may_propose(rsvp.person, rsvp.event, now):
        abort(403)
    return rsvp


def log_of(event: Event, number: int) -> ImpactLog:
    """One log of this event, for its hosts; else 404."""
    log = db.session.scalar(select(ImpactLog).where(ImpactLog.id == number, ImpactLog.event_id == event.id))
    if log is None:
        abort(404)
    return log


def may_edit(person: Person, log: ImpactLog, hosts: bool) -> bool:
    """Whether somebody may change a log: who hosts always, its writer until it is approved."""
    return hosts or (log.proposed_by_id == person.id and log.state != APPROVED)


def written_log(person: Person, event: Event, number: int, hosts: bool) -> ImpactLog:
    """One log, for who hosts and for its writer, who sees it approved too; 404 for everyone else.

    Whether somebody hosts is the door's to say: a link to an answer makes nobody an organizer.
    """
    log = log_of(event, number)
    if not (hosts or log.proposed_by_id == person.id):
        abort(404)
    return log


def edited_log(person: Person, event: Event, number: int, hosts: bool) -> ImpactLog:
    """The same, to be changed: 403 for its writer once it was approved."""
    log = written_log(person, event, number, hosts)
    if not may_edit(person, log, hosts):
        abort(403)
    return log


def photo_of(log: ImpactLog, number: int) -> ImpactPhoto:
    """One pair of pictures of this log; else 404."""
    photo = db.session.scalar(select(ImpactPhoto).where(ImpactPhoto.id == number, ImpactPhoto.log_id == log.id))
    if photo is None:
        abort(404)
    return photo


def recognition_of(group: Group, number: int) -> Recognition:
    """One recognition that this group gives; else 404."""
    found = select(Recognition).where(Recognition.id == number, Recognition.group_id == group.id)
    row = db.session.scalar(found)
    if row is None:
        abort(404)
    return row
