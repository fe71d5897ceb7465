"""What somebody writes of their people, and taking them out; all of it theirs alone."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from ..db import db
from ..pictures import drop_when_committed
from .models import Contact, ContactDate, ContactNote, ContactTouch

# What was taken out can be put back so long.
KEPT_REMOVED = timedelta(days=30)


def write_own(contact: Contact, own: dict[str, Any]) -> None:
    """Keep one's own words, beside what the person shares."""
    contact.own = {part: said for part, said in own.items() if said}
    contact.settle()


def say_where(contact: Contact, words: str) -> None:
    """Say in one's own words where one met; without any the event is forgotten, too."""
    contact.met_words = words
    if not words:
        contact.met_event_id = None


def remove(contact: Contact, now: datetime) -> None:
    """Take somebody out of one's people; what they have of oneself is theirs."""
    contact.removed_at = now


def restore(contact: Contact) -> None:
    """Put them back, as they were."""
    contact.removed_at = None


def add_note(contact: Contact, text: str, on: date, now: datetime) -> ContactNote:
    """Write something down."""
    note = ContactNote(contact_id=contact.id, text=text, noted_on=on, created_at=now)
    db.session.add(note)
    db.session.flush()
    return note


def change_note(note: ContactNote, text: str, on: date) -> None:
    """Write it differently."""
    note.text, note.noted_on = text, on


def remove_note(note: ContactNote, now: datetime) -> None:
    """Take it out."""
    note.removed_at = now


def restore_note(note: ContactNote) -> None:
    """Put it back."""
    note.removed_at = None


def add_date(contact: Contact, what: str, label: str, day: tuple[int, int, int | None]) -> None:
    """Remember a day of the year: month, day, and the year where it is known."""
    month, of_month, year = day
    db.session.add(ContactDate(contact_id=contact.id, what=what, label=label, month=month, day=of_month, year=year))


def drop_date(row: ContactDate) -> None:
    """Forget it."""
    db.session.delete(row)


def log_touch(contact: Contact, what: str, words: str, at: datetime) -> None:
    """Put down that one talked, met or wrote; whoever was to be reached is not due any more."""
    db.session.add(ContactTouch(contact_id=contact.id, what=what, words=words, touched_at=at))
    contact.snoozed_until_on = None


def drop_touch(touch: ContactTouch) -> None:
    """It was a mistake."""
    db.session.delete(touch)


def purge_removed(now: datetime) -> int:
    """Delete for good whoever, and whatever note, was taken out long ago; how many."""
    long_ago = now - KEPT_REMOVED
    people = db.session.scalars(select(Contact).where(Contact.removed_at < long_ago)).all()
    for person in people:
        drop_when_committed(person.own.get("photo"))
        db.session.delete(person)
    return len(people) + db.session.execute(delete(ContactNote).where(ContactNote.removed_at < long_ago)).rowcount
