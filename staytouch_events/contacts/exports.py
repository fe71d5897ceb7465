"""What an account's export holds of cards and people."""

from datetime import datetime

from sqlalchemy import select

from ..access.contacts import people_of
from ..db import db
from ..people.exports import Row, file_of, holds
from ..people.models import Person
from .card_models import CardAsk, CardDetails, FoundAt
from .card_queries import cards_of
from .known_queries import tags_by_contact
from .models import Contact, ContactKind, TagRhythm
from .people_files import people_vcards
from .people_queries import dates_of, notes_of, touches_of
from .reach_models import PeopleFile, ReachOut
from .rhythm_queries import kinds_of, tag_rhythms_of


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


@holds("reminders")
def _reminders(person: Person) -> list[Row]:
    row, said = (
        db.session.get(ReachOut, person.id),
        ("is_on", "by_mail", "weekday", "hour", "quiet_from", "quiet_until"),
    )
    return [{name: getattr(row, name) for name in said}] if row else []


@holds("rhythms")
def _rhythms(person: Person) -> list[Row]:
    kinds = ({"kind": row.name or row.key, **_days(row)} for row in kinds_of(person))
    return [*kinds, *({"tag": tag, **_days(row)} for tag, row in tag_rhythms_of(person).items())]


@holds("people_files")
def _files(person: Person) -> list[Row]:
    rows = db.session.scalars(select(PeopleFile).where(PeopleFile.owner_id == person.id))
    return [{"name": row.name, "brought": row.created_at, "taken in": row.taken_at} for row in rows]


@file_of("people.vcf")
def _cards(person: Person, _now: datetime) -> bytes:
    return people_vcards(db.session.scalars(people_of(person).order_by(Contact.sort_name)).all(), "4.0")


def _days(row: Contact | ContactKind | TagRhythm) -> Row:
    return {"every so many days": row.ideal_days, "at the latest after": row.longest_days}


def _contact(row: Contact) -> Row:
    """One of one's people: what they gave, and everything that was written."""
    return {
        "name": row.name,
        "they share": row.shared,
        "you wrote": row.own,
        "met at": row.met_event.title if row.met_event else None,
        "met in words": row.met_words,
        "since": row.created_at,
        "kind": row.kind and (row.kind.name or row.kind.key),
        "tags": tags_by_contact([row.id]).get(row.id, []),
        "not before": row.snoozed_until_on,
        **_days(row),
        "notes": [{"on": note.noted_on, "text": note.text} for note in notes_of(row)],
        "dates": [
            {"what": day.what, "label": day.label, "month": day.month, "day": day.day, "year": day.year}
            for day in dates_of(row)
        ],
        "contacts logged": [
            {"what": touch.what, "at": touch.touched_at, "words": touch.words} for touch in touches_of(row)
        ],
    }
