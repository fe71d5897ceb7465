"""What a card says, and whose it is."""

from typing import Any

from sqlalchemy import select

from ..db import db
from ..people.models import Person
from .card_models import VERSIONS, Card, CardDetails

Said = dict[str, Any]


def details_of(person: Person) -> CardDetails:
    """What a person's cards can show; empty, and not kept, where nothing was said yet."""
    return db.session.get(CardDetails, person.id) or CardDetails(
        person_id=person.id, **dict.fromkeys(("phone", "company", "note"), ""), links=[], languages=[], skills=[]
    )


def cards_of(person: Person) -> list[Card]:
    """The versions that were made, in their order."""
    cards = db.session.scalars(select(Card).where(Card.person_id == person.id)).all()
    return sorted(cards, key=lambda card: VERSIONS.index(card.version))


def says(card: Card) -> Said:
    """What a card shows, in the shape of card_models."""
    return said_of(card.person, details_of(card.person), card.fields)


def said_of(person: Person, details: CardDetails, fields: list[str]) -> Said:
    """The name, and those of the fields about which something is known."""
    known = {
        "photo": ("photo", person.photo or ""),
        "pronouns": ("pronouns", person.pronouns),
        "email": ("emails", [["", person.email]] if person.email else []),
        "phone": ("phones", [["cell", details.phone]] if details.phone else []),
        "company": ("company", details.company),
        "languages": ("languages", details.languages),
        "skills": ("skills", details.skills),
        "links": ("links", details.links),
        "note": ("note", details.note),
    }
    shown = dict(known[field] for field in known if field in fields)
    return {"name": person.name} | {part: said for part, said in shown.items() if said}
