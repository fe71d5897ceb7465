"""Exchanging cards, and taking it back; details that somebody left."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from ..access.writing import is_blocked
from ..db import db
from ..events.models import Event
from ..people.deletion import nameless
from ..people.models import Person
from ..refusals import Refused
from .card_models import Card
from .card_queries import says
from .cards import card_of, lock_person
from .meetings import event_of_both
from .models import EXCHANGE, LEFT, Contact
from .people_queries import contact_between, has_own

MOST_WAITING = 100


def keep(keeper: Person, card: Card, back: str, now: datetime) -> Contact:
    """Take somebody's card, and give one's own version `back` in the same breath, if any. Twice is once.

    Nothing is put into the people of somebody who blocked the other. Raises Refused for one's own card.
    """
    giver, version = card.person, back
    if giver.id == keeper.id:
        raise Refused(_("This is your own card. Let somebody else scan it."))
    lock_both(keeper, giver)
    met = event_of_both(keeper, giver, now)
    if version and not is_blocked(keeper, giver):
        give(giver, card_of(keeper, version), met, now)
    return give(keeper, card, met, now)


def give(to: Person, card: Card, met: Event | None, now: datetime) -> Contact:
    """Put a card into somebody's people, beside whatever they wrote. Under the lock of both."""
    contact, said = contact_between(to, card.person), says(card)
    if contact is None:
        contact = Contact(owner_id=to.id, person_id=card.person_id, origin=EXCHANGE, created_at=now)
        db.session.add(contact)
    contact.own = contact.own or {}
    contact.removed_at, contact.waits = None, False
    contact.card_id, contact.shared = card.id, said
    if contact.met_at is None:
        contact.met_at, contact.met_event_id = now, met and met.id
    contact.settle()
    db.session.flush()
    return contact


def take_back(contact: Contact) -> bool:
    """Undo an exchange on both sides, as far as it made them. What either wrote stays theirs.

    Whether something of this side is left. Raises Refused where there is nothing to undo.
    """
    if contact.person is None:
        raise Refused(_("There is no exchange to take back here."))
    owner, person = contact.owner, contact.person
    lock_both(owner, person)
    halves = [contact_between(*both) for both in ((person, owner), (owner, person))]
    return [half is not None and take_out(half, half.name) for half in halves][-1]


def take_out(contact: Contact, name: str) -> bool:
    """Take the card out of somebody's people, and say whether something is left.

    What they wrote stays, under this name where they wrote none.
    """
    if not has_own(contact):
        db.session.delete(contact)
        return False
    contact.own = {"name": name} | {part: said for part, said in contact.own.items() if said}
    contact.shared, contact.card_id, contact.person_id = {}, None, None
    contact.settle()
    return True


def leave(card: Card, said: dict[str, Any], word: str, now: datetime) -> None:
    """Somebody without an account leaves how to reach them: it waits until the owner looks. Raises Refused."""
    owner = lock_person(card.person)
    waiting = select(func.count()).select_from(Contact).where(Contact.owner_id == owner.id, Contact.waits)
    if db.session.scalar(waiting) >= MOST_WAITING:
        raise Refused(_("This person has a lot to look through just now. Tell them your number instead."))
    contact = Contact(owner_id=owner.id, origin=LEFT, waits=True, own={}, shared=said, met_at=now, created_at=now)
    contact.met_words = word
    contact.settle()
    db.session.add(contact)


def take_in(contact: Contact) -> None:
    """Keep what somebody left."""
    contact.waits = False


def forget_person(person: Person, *, now: datetime) -> None:
    """An account goes: who kept its card keeps what they wrote, and nothing else (reliability.md, 26)."""
    for contact in db.session.scalars(select(Contact).where(Contact.person_id == person.id)).all():
        take_out(contact, nameless(contact.id))


def lock_both(one: Person, other: Person) -> None:
    """Both people's people at once, whoever of the two comes first."""
    for person in sorted((one, other), key=lambda person: person.id):
        lock_person(person)
