"""Who was at an event together, and lets the others see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select

from ..access.writing import blocked_between
from ..attendance.queries import attendees, parties_of, presence_of
from ..db import db
from ..events.models import PUBLISHED, Event
from ..people.models import Person
from .card_models import CardAsk, CardDetails, FoundAt
from .models import Contact

# Whom one met on Saturday one writes to in the next two weeks.
STILL_FRESH = timedelta(days=14)


@dataclass(frozen=True)
class Met:
    """Somebody who was there: by the name of their party, and what there is between the two."""

    who: str
    person: Person
    # The number of what they asked, and whether the viewer asked.
    asks: str | None
    asked: bool


def people_met(event: Event, viewer: Person) -> list[Met] | None:
    """Whoever was checked in beside the viewer, lets it be seen, and has not exchanged cards; None for who was not."""
    came = {row.party.person_id: row.who for row in attendees(event) if row.presence.came and row.party.person_id}
    if viewer.id not in came:
        return None
    people = db.session.scalars(
        select(Person)
        .where(Person.id.in_(came), Person.id != viewer.id, Person.joined_at.is_not(None), _found_at(event))
        .where(~Person.id.in_(_held_by(viewer)), ~Person.id.in_(blocked_between(viewer)))
        .order_by(Person.name, Person.id)
    ).all()
    ids = [person.id for person in people]
    asking = select(CardAsk).where(CardAsk.asker_id.in_(ids), CardAsk.asked_id == viewer.id)
    asks = {row.asker_id: row.public_id for row in db.session.scalars(asking)}
    asked = set(
        db.session.scalars(select(CardAsk.asked_id).where(CardAsk.asker_id == viewer.id, CardAsk.asked_id.in_(ids)))
    )
    return [Met(came[person.id], person, asks.get(person.id), person.id in asked) for person in people]


def events_just_over(person: Person, now: datetime) -> list[Event]:
    """Events of the last days at which somebody was checked in, the latest first."""
    fresh = [party for party in parties_of(person) if now - STILL_FRESH < party.event.ends_at <= now]
    here = {party.event.id: party.event for party in fresh if presence_of(party).came}
    found = (event for event in here.values() if event.state == PUBLISHED)
    return sorted(found, key=lambda event: event.starts_at, reverse=True)


def is_found(event: Event, person: Person) -> bool:
    """Whether somebody lets the others who were there see them."""
    return db.session.scalar(select(Person.id).where(Person.id == person.id, _found_at(event))) is not None


def has_card_of(owner: Person, person: Person) -> bool:
    """Whether somebody has another's card in their people."""
    return db.session.scalar(select(_held_by(owner).where(Contact.person_id == person.id).exists()))


def asks_of(person: Person) -> list[CardAsk]:
    """Who wants to exchange cards and waits for a word, the newest first."""
    wanted = select(CardAsk).where(CardAsk.asked_id == person.id, CardAsk.declined_at.is_(None))
    return list(db.session.scalars(wanted.order_by(CardAsk.asked_at.desc(), CardAsk.id.desc())))


def _held_by(owner: Person):
    return select(Contact.person_id).where(
        Contact.owner_id == owner.id, Contact.card_id.is_not(None), Contact.removed_at.is_(None)
    )


def _found_at(event: Event) -> ColumnElement[bool]:
    """What they said of this event, else what they said in general; silence is a no."""
    said = (FoundAt.event_id == event.id, FoundAt.person_id == Person.id)
    here = exists().where(*said, FoundAt.shown)
    nothing = ~exists().where(*said)
    always = exists().where(CardDetails.person_id == Person.id, CardDetails.found_by_others)
    return or_(here, and_(nothing, always))
