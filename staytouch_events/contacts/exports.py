"""What an account's export holds of cards and people."""

from sqlalchemy import select

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .card_models import CardAsk, CardDetails, FoundAt
from .card_queries import cards_of
from .models import Contact
from .people_queries import dates_of, notes_of, touches_of


@holds("card")
def _card(person: Person) -> list[Row]:
    details = db.session.get(CardDetails, person.id)
    said = ("phone", "company", "links", "languages", "skills", "note", "found_by_others", "asked_by_mail")
    return [{name: getattr(details, name) for name in said}] if details else []


@holds("card_versions")
def _versions(person: Person) -> list[Row]:
    return [{"version": card.version, "shows": card.fields} for card in cards_of(person)]


@holds("cards_asked_for")
def _asks(person: Person) -> list[Row]:
    asks = db.session.scalars(select(CardAsk).where(CardAsk.asker_id == person.id))
    return [{"asked": ask.asked.short_name, "words": ask.words, "at": ask.asked_at} for ask in asks]


@holds("found_after_events")
def _found(person: Person) -> list[Row]:
    rows = db.session.scalars(select(FoundAt).where(FoundAt.person_id == person.id))
    return [{"event": row.event.title, "shown": row.shown} for row in rows]


@holds("people")
def _people(person: Person) -> list[Row]:
    rows = db.session.scalars(select(Contact).where(Contact.owner_id == person.id, Contact.removed_at.is_(None)))
    return [_contact(row) for row in rows]


def _contact(row: Contact) -> Row:
    """One of one's people: what they gave, and everything that was written."""
    return {
        "name": row.name,
        "they share": row.shared,
        "you wrote": row.own,
        "met at": row.met_event.title if row.met_event else None,
        "met in words": row.met_words,
        "since": row.created_at,
        "notes": [{"on": note.noted_on, "text": note.text} for note in notes_of(row)],
        "dates": [
            {"what": day.what, "label": day.label, "month": day.month, "day": day.day, "year": day.year}
            for day in dates_of(row)
        ],
        "contacts logged": [
            {"what": touch.what, "at": touch.touched_at, "words": touch.words} for touch in touches_of(row)
        ],
    }
