"""Answers, when somebody's account is deleted: to what is coming taken back, to what was made a nameless number."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select, update

from .. import happenings
from ..db import db, lock
from ..events.host_queries import crew_counters
from ..events.models import CANCELLED, Event
from ..links import new_public_id
from ..people.deletion import nameless
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from ..versions import LISTS, raise_version
from .actions import respond
from .additions import Party
from .models import DECLINED, Rsvp
from .queries import answers_to_come


@adds_to(SAYS)
def what_happens(person: Person, now: datetime) -> Iterator[str]:
    """How many spots are given back, and how many answers become numbers."""
    coming = [rsvp for rsvp in answers_to_come(person.id, now) if _is_to_come(rsvp.event, now)]
    if coming:
        yield ngettext(
            "Your answer to %(num)d event to come is taken back, with your shift, ride and what you bring: "
            "whoever waits in line moves up.",
            "Your answers to %(num)d events to come are taken back, with your shifts, rides and what you bring: "
            "whoever waits in line moves up.",
            len(coming),
        )
    answered = db.session.scalar(select(func.count()).where(Rsvp.person_id == person.id))
    if answered > len(coming):
        yield _("Where you took part before, your name becomes a number; how many came stays true.")


def give_up_answers(person: Person, *, now: datetime) -> None:
    """Nothing is left that this person said: the stand-in has their numbers."""
    rows = select(Rsvp).where(Rsvp.person_id == person.id).order_by(Rsvp.event_id)
    answers = db.session.scalars(rows).all()
    if not answers:
        return
    stand_in = Person(gone_at=now, created_at=now)
    db.session.add(stand_in)
    db.session.flush()
    stand_in.name = nameless(stand_in.id)
    for rsvp in answers:
        _unname(rsvp, stand_in, now)


def pass_on_answers(guest: Person, *, person: Person, now: datetime) -> None:
    """A guest's answers are this person's, but to events that both answered."""
    mine = select(Rsvp.event_id).where(Rsvp.person_id == person.id)
    theirs = Rsvp.person_id == guest.id, Rsvp.event_id.not_in(mine)
    db.session.execute(update(Rsvp).where(*theirs).values(person_id=person.id))


def _unname(rsvp: Rsvp, stand_in: Person, now: datetime) -> None:
    """Without name before it is taken back, so that no letter about it names anybody."""
    event = lock(rsvp.event)
    was, rsvp.name, rsvp.note = rsvp.name, nameless(rsvp.id), ""
    if rsvp.answer != DECLINED and _is_to_come(event, now):
        respond(event, rsvp.person, rsvp.name, DECLINED, Party(rsvp.adults, rsvp.minors), "", now)
    rsvp.person_id, rsvp.public_id = stand_in.id, new_public_id()
    db.session.flush()
    raise_version(*event.counters, f"attendance:{event.id}", *crew_counters(event), LISTS)
    happenings.answer_unnamed.send(rsvp, was=was, now=now)


def _is_to_come(event: Event, now: datetime) -> bool:
    return event.state != CANCELLED and not event.has_started(now)
