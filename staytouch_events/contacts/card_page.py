"""What the pages of one's own card show."""

from typing import Any

from flask import url_for

from ..access.contacts import card_token
from ..forms import ButtonForm
from ..links import site_link
from ..people.models import Person
from ..qr import qr_address
from .card_models import CREW, FIELDS, USUAL, VERSIONS, Card
from .card_queries import cards_of, details_of, said_of, says
from .card_vcards import card_in_code
from .words import field_words, version_words


def card_view(said: dict[str, Any]) -> dict[str, Any]:
    """A card for contacts/_card.html."""
    return said | {
        "photo_url": url_for("groups.picture", name=f"{said['photo']}-s") if said.get("photo") else None,
        "initial": said.get("name", "")[:1].upper() or "?",
    }


def my_card_context(person: Person, form) -> dict[str, Any]:
    """Everything of contacts/card.html."""
    return {
        "form": form,
        "first": CREW,
        "button": ButtonForm(formdata=None),
        "cards": [
            {
                "version": card.version,
                "words": version_words(card.version),
                "view": card_view(says(card)),
                "choices": [(field, field_words(field), field in card.fields) for field in FIELDS],
            }
            for card in cards_of(person)
        ],
    }


def code_context(card: Card) -> dict[str, Any]:
    """The page that holds the code up: the link's, and the vCard's for where there is no network."""
    said, link = says(card), card_link(card)
    return {
        "card": card,
        "words": version_words(card.version),
        "view": card_view(said),
        "link": link,
        "short_link": link.split("://", 1)[1],
        "code": qr_address(link),
        "offline_code": qr_address(card_in_code(said, link)),
        "given": [field_words(field) for field in card.fields if _says(said, field)],
        "others": [(other.version, version_words(other.version)) for other in cards_of(card.person)],
    }


def offers_of(person: Person) -> list[tuple[str, str]]:
    """Each version that a person can give, and in words what it would show of them, made already or not."""
    made, details = {card.version: card.fields for card in cards_of(person)}, details_of(person)
    offers = []
    for version in VERSIONS:
        fields = made.get(version, USUAL[version])
        said = said_of(person, details, fields)
        offers.append((version_words(version), ", ".join(field_words(field) for field in fields if _says(said, field))))
    return offers


def card_link(card: Card) -> str:
    """The full address that its code holds."""
    return site_link("shown_cards.one", token=card_token(card))


def _says(said: dict[str, Any], field: str) -> bool:
    return {"email": "emails", "phone": "phones"}.get(field, field) in said
