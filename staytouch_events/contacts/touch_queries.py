"""When somebody last was in touch with their people, read off what happened; nothing is kept beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from ..access.contacts import kept_by
from ..attendance.models import Mark, WalkUp
from ..attendance.queries import Presence, presence_after
from ..conversations.meeting_queries import appointments_with
from ..conversations.queries import last_messages
from ..db import db
from ..events.models import PUBLISHED, Event
from ..people.models import Person
from ..rsvps.models import GOING, Rsvp
from .models import MEETING, WROTE, Contact, ContactTouch

# What a touch was, beside the kinds of logged ones.
MET, EVENT = "met", "event"
# Of somebody's own events: who was together before these is known from one of these, or long overdue.
MOST_EVENTS = 400


@dataclass(frozen=True)
class Touch:
    """One real contact. `event` is the event's id, title and slug, where it was at one."""

    contact_id: int
    at: datetime
    what: str
    words: str = ""
    event: tuple[int, str, str] | None = None
    # Of a logged one, to take it back.
    row_id: int | None = None


Source = Callable[[Person, Sequence[int] | None], Iterable[Touch]]
# What counts as a contact: (owner, ids of contacts or None for all) -> touches, in a fixed number of queries.
SOURCES: list[Source] = []


def source(function: Source) -> Source:
    """Register what counts as a contact."""
    SOURCES.append(function)
    return function


def touches(owner: Person, only: Sequence[int] | None = None) -> Iterator[Touch]:
    """All contacts with the people somebody keeps, or with some of them, in no order."""
    for told in SOURCES:
        yield from told(owner, only)


def last_touches(owner: Person, now: datetime, only: Sequence[int] | None = None) -> dict[int, Touch]:
    """The last real contact with each; who is not in it was never met, called or written to."""
    last: dict[int, Touch] = {}
    for touch in touches(owner, only):
        known = last.get(touch.contact_id)
        if touch.at <= now and (known is None or touch.at > known.at):
            last[touch.contact_id] = touch
    return last


@source
def _logged(owner: Person, only: Sequence[int] | None) -> Iterator[Touch]:
    """Calls, meetings and messages elsewhere that were written down."""
    wanted = select(
        ContactTouch.contact_id, ContactTouch.touched_at, ContactTouch.what, ContactTouch.words, ContactTouch.id
    ).join(Contact, Contact.id == ContactTouch.contact_id)
    for contact_id, at, what, words, row_id in db.session.execute(wanted.where(*_theirs(owner, only))):
        yield Touch(contact_id, at, what, words, row_id=row_id)


@source
def _met(owner: Person, only: Sequence[int] | None) -> Iterator[Touch]:
    """The exchange itself: a contact just made is a contact."""
    wanted = (
        select(Contact.id, Contact.met_at, Contact.met_words, Event.id, Event.title, Event.slug)
        .outerjoin(Event, Event.id == Contact.met_event_id)
        .where(Contact.met_at.is_not(None), *_theirs(owner, only))
    )
    for contact_id, at, words, *event in db.session.execute(wanted):
        yield Touch(contact_id, at, MET, words, tuple(event) if event[0] else None)


@source
def _written(owner: Person, only: Sequence[int] | None) -> Iterator[Touch]:
    """The last message here, whoever wrote it."""
    theirs = _contacts_by_person(owner, only)
    for person_id, at in last_messages(owner, theirs).items() if theirs else ():
        yield Touch(theirs[person_id], at, WROTE)


@source
def _appointments(owner: Person, only: Sequence[int] | None) -> Iterator[Touch]:
    """Appointments that were kept, as far as nobody called them off."""
    theirs = _contacts_by_person(owner, only)
    for person_id, at, what in appointments_with(owner, theirs) if theirs else ():
        yield Touch(theirs[person_id], at, MEETING, what)


@source
def _events(owner: Person, only: Sequence[int] | None) -> Iterator[Touch]:
    """Events that are over and that both came to, as far as anybody was checked in; else both had said they come."""
    theirs = _contacts_by_person(owner, only)
    mine = _events_of(owner) if theirs else {}
    if not mine:
        return
    both = [owner.id, *theirs]
    came, checked = _came(mine, both)
    for event_id, person_id in _said(mine, theirs):
        if event_id not in checked:
            came.update({(event_id, person_id), (event_id, owner.id)})
    for event_id, person_id in came:
        if person_id in theirs and (event_id, owner.id) in came:
            at, title, slug = mine[event_id]
            yield Touch(theirs[person_id], at, EVENT, event=(event_id, title, slug))


def _events_of(owner: Person) -> dict[int, tuple[datetime, str, str]]:
    """The last events that somebody may have been at, by id: start, title, slug."""
    said = select(Rsvp.event_id).where(Rsvp.person_id == owner.id, Rsvp.answer == GOING)
    walked = select(WalkUp.event_id).where(WalkUp.person_id == owner.id)
    rows = db.session.execute(
        select(Event.id, Event.starts_at, Event.title, Event.slug)
        .where(Event.state == PUBLISHED, or_(Event.id.in_(said), Event.id.in_(walked)))
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(MOST_EVENTS)
    )
    return {event_id: tuple(event) for event_id, *event in rows}


def _said(events: Iterable[int], people: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Who said they'd come where: (event, person)."""
    wanted = select(Rsvp.event_id, Rsvp.person_id).where(
        Rsvp.event_id.in_(list(events)), Rsvp.person_id.in_(list(people)), Rsvp.answer == GOING
    )
    return (tuple(row) for row in db.session.execute(wanted))


def _came(events: Iterable[int], people: Iterable[int]) -> tuple[set[tuple[int, int]], set[int]]:
    """Who of these people was checked in where, (event, person); and at which of the events anybody was."""
    who, ids = func.coalesce(Rsvp.person_id, WalkUp.person_id), list(events)
    rows = db.session.execute(
        select(Mark, who)
        .outerjoin(Rsvp, Rsvp.id == Mark.rsvp_id)
        .outerjoin(WalkUp, WalkUp.id == Mark.walk_up_id)
        .where(Mark.event_id.in_(ids), who.in_(list(people)))
        .order_by(Mark.received_at, Mark.id)
    )
    found: dict[tuple[int, str], tuple[int, Presence]] = {}
    for mark, person_id in rows:
        before = found.get((mark.event_id, mark.who), (person_id, Presence()))[1]
        found[mark.event_id, mark.who] = (person_id, presence_after(before, mark))
    came = {(event_id, person) for (event_id, _who), (person, presence) in found.items() if presence.came}
    return came, set(db.session.scalars(select(Mark.event_id).where(Mark.event_id.in_(ids)).distinct()))


def _contacts_by_person(owner: Person, only: Sequence[int] | None) -> dict[int, int]:
    """The contacts that are people of this site, by the person."""
    people = select(Contact.person_id, Contact.id).where(Contact.person_id.is_not(None), *_theirs(owner, only))
    return dict(db.session.execute(people).all())


def _theirs(owner: Person, only: Sequence[int] | None) -> tuple:
    return (*kept_by(owner), Contact.id.in_(only)) if only is not None else kept_by(owner)
