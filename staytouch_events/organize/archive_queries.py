"""What a group takes along when it moves to another site: itself, its people, its events and who answers them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event, EventSlug
from ..groups.models import Group, GroupSlug, Membership
from ..imports.models import ImportedDate
from ..people.models import Person
from ..rsvps.models import Rsvp
from ..spots.models import SpotEvent
from .archive_part_queries import parts_told

FORMAT, VERSION = "staytouch-group", 3
# Those that are read; the first had people, events and answers alone, the second nothing of who came, of polls and of
# bring lists.
READ = (1, 2, VERSION)
# What the other site makes anew; what names rows of this one stays here, too.
MADE_ANEW = {"id", "vevent", "words"}
# Of a person: what an organizer may take along, and nothing of the account.
OF_PERSON = ("name", "email", "language")


def told(group: Group) -> dict[str, Any]:
    """Everything, as JSON has it. People are named by their place in `people`."""
    events = db.session.scalars(select(Event).where(Event.group_id == group.id).order_by(Event.id)).all()
    members = db.session.scalars(
        select(Membership).where(Membership.group_id == group.id).order_by(Membership.id)
    ).all()
    answers = answers_of(group)
    numbers = sorted({row.person_id for row in (*members, *answers)})
    places = {number: place for place, number in enumerate(numbers)}
    where = {event.id: place for place, event in enumerate(events)}
    places_of = {
        "groups": {group.id: 0},
        "people": places,
        "events": where,
        "rsvps": {row.id: place for place, row in enumerate(answers)},
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "group": {**columns(group), "number": group.id, "old_slugs": _slugs(GroupSlug, GroupSlug.group_id, group.id)},
        "people": [_person(number) for number in numbers],
        "members": [{**columns(row), "person": places[row.person_id]} for row in members],
        "events": [{**_event(event), "day": where.get(event.umbrella_id)} for event in events],
        "answers": [{**columns(row), "person": places[row.person_id], "event": where[row.event_id]} for row in answers],
        "spots": _spots(where),
        **parts_told(places_of),
    }


def answers_of(group: Group) -> Sequence[Rsvp]:
    """Every answer to the group's events."""
    return db.session.scalars(
        select(Rsvp).join(Event, Event.id == Rsvp.event_id).where(Event.group_id == group.id).order_by(Rsvp.id)
    ).all()


def columns(row: Any) -> dict[str, Any]:
    """A row's own columns, dates as text."""
    return {
        column.name: _plain(getattr(row, column.name))
        for column in row.__table__.columns
        if column.name not in MADE_ANEW and not column.foreign_keys
    }


def _event(event: Event) -> dict[str, Any]:
    taken = db.session.get(ImportedDate, event.id)
    return {
        **columns(event),
        "old_slugs": _slugs(EventSlug, EventSlug.event_id, event.id),
        "imported": None if taken is None else {"taken": taken.taken, "read_at": _plain(taken.read_at)},
    }


def _spots(where: dict[int, int]) -> list[dict[str, Any]]:
    """The places that events were made of, to read: on the map they are the site's, not the crew's."""
    rows = select(SpotEvent).options(joinedload(SpotEvent.spot)).where(SpotEvent.event_id.in_(where))
    made = db.session.scalars(rows.order_by(SpotEvent.event_id))
    return [{**columns(row.spot), "event": where[row.event_id]} for row in made]


def _person(number: int) -> dict[str, Any]:
    person = db.session.get(Person, number)
    return {name: getattr(person, name) for name in OF_PERSON}


def _slugs(table, column, number: int) -> list[str]:
    return list(db.session.scalars(select(table.slug).where(column == number).order_by(table.slug)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
