"""People who were at one event ask each other to exchange cards; nothing is given before both want it."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from .. import outbox
from ..access.writing import is_blocked
from ..db import db
from ..events.models import Event
from ..people.models import Person
from ..refusals import Refused
from .card_models import CREW, CardAsk, FoundAt
from .card_queries import details_of
from .cards import card_of, lock_person
from .exchange import give, lock_both
from .met_queries import has_card_of, is_found

# An invitation to write to a stranger loses its point with the Saturday it was about.
LETTER_LASTS = timedelta(days=30)


def let_be_found(person: Person, event: Event, shown: bool) -> None:
    """Say whether the others who were at this event see oneself there."""
    lock_person(person)
    row = db.session.scalar(select(FoundAt).where(FoundAt.event_id == event.id, FoundAt.person_id == person.id))
    if row is None:
        row = FoundAt(event_id=event.id, person_id=person.id)
        db.session.add(row)
    row.shown = shown


def ask(asker: Person, asked: Person, event: Event, now: datetime) -> None:
    """Ask somebody who was there, too; one letter, once. Whoever asks back has said yes. Raises Refused."""
    lock_both(asker, asked)
    if not is_found(event, asked) or is_blocked(asker, asked):
        raise Refused(_("They are not shown there any more."))
    back = ask_between(asked, asker)
    if back is not None:
        accept(back, CREW, now)
        return
    if ask_between(asker, asked) is not None or has_card_of(asker, asked):
        return
    row = CardAsk(asker_id=asker.id, asked_id=asked.id, card=card_of(asker, CREW), event_id=event.id, asked_at=now)
    db.session.add(row)
    db.session.flush()
    if asked.email and details_of(asked).asked_by_mail is not False:
        outbox.post(
            "contacts.asked",
            to=asked.email,
            name=asked.name,
            language=asked.language,
            facts={"ask": row.id},
            now=now,
            until=now + LETTER_LASTS,
            zone=asked.zone or event.zone,
        )


def accept(row: CardAsk, version: str, now: datetime) -> None:
    """Yes: both have each other, and met at the event that it was about."""
    asker, asked, card, event = row.asker, row.asked, row.card, row.event
    lock_both(asker, asked)
    give(asker, card_of(asked, version), event, now)
    give(asked, card, event, now)
    db.session.delete(row)


def decline(row: CardAsk, now: datetime) -> None:
    """Not now: whoever asked is told nothing, and can't ask again."""
    row.declined_at = row.declined_at or now


def no_letters(person: Person) -> None:
    """No more letters when somebody asks."""
    details = details_of(lock_person(person))
    details.asked_by_mail = False
    db.session.add(details)


def ask_between(asker: Person, asked: Person) -> CardAsk | None:
    """What one asked the other, answered or not."""
    return db.session.scalar(select(CardAsk).where(CardAsk.asker_id == asker.id, CardAsk.asked_id == asked.id))
