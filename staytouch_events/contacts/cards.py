"""One's own card: what it can say, what each version shows, and its link."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from ..db import db, lock
from ..people.models import Person
from .card_models import FIELDS, USUAL, VERSIONS, Card
from .card_queries import details_of, says
from .models import Contact


def save_details(person: Person, fields: dict[str, Any]) -> None:
    """Say what the cards can show; the first time makes them."""
    details = details_of(lock_person(person))
    for name, value in fields.items():
        setattr(details, name, value)
    db.session.add(details)
    for version in VERSIONS:
        card_of(person, version)
    renew(person)


def card_of(person: Person, version: str) -> Card:
    """One version of somebody's card, made where there is none. Under the person's lock."""
    card = db.session.scalar(select(Card).where(Card.person_id == person.id, Card.version == version))
    if card is None:
        card = Card(person_id=person.id, version=version, fields=list(USUAL[version]))
        db.session.add(card)
        db.session.flush()
    return card


def lock_person(person: Person) -> Person:
    """Hold the lock on what is a person's; whoever is signed in is only a proxy of their row."""
    return lock(db.session.get(Person, person.id))


def choose(card: Card, fields: Iterable[str]) -> None:
    """Have a version show just this beside the name."""
    wanted = set(fields)
    card.fields = [field for field in FIELDS if field in wanted]
    _renew_copies(card)


def revoke(card: Card) -> None:
    """Its link and code stop, and it has new ones. Whoever keeps the card keeps it."""
    card.generation += 1


def renew(person: Person, **_news: Any) -> None:
    """Whoever keeps a version of somebody's card sees what it says now."""
    for card in db.session.scalars(select(Card).where(Card.person_id == person.id)):
        _renew_copies(card)


def _renew_copies(card: Card) -> None:
    said = says(card)
    for contact in db.session.scalars(select(Contact).where(Contact.card_id == card.id)):
        contact.shared = said
        contact.settle()
