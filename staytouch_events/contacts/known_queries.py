"""What is known of somebody: what they share and what their keeper wrote, put side by side without touching either."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from ..access.contacts import people_of
from ..db import db
from ..people.models import Person
from ..text import fold
from .models import REACHED_BY, Contact, ContactDate, ContactTag

Said = dict[str, Any]
LISTS = ("links", "languages", "skills")
# Fewer digits are no number that two people share by chance.
DIGITS = 7


def known(contact: Contact) -> Said:
    """All of it: of what there is one of, the keeper's word; of the rest, the keeper's first."""
    return joined(contact.own, contact.shared)


def joined(first: Said, second: Said) -> Said:
    """Both together, nothing of the first one lost or moved."""
    made: Said = {**second, **{part: said for part, said in first.items() if said}}
    for part in (*REACHED_BY, *LISTS):
        both = [*first.get(part, ()), *second.get(part, ())]
        if both:
            made[part] = list({same(part, item): item for item in reversed(both)}.values())[::-1]
    return made


def beyond(said: Said, shared: Said) -> Said:
    """What of it is not shared anyway."""
    made: Said = {}
    for part, value in said.items():
        if isinstance(value, str):
            kept = value if value != shared.get(part) else ""
        else:
            there = {same(part, item) for item in shared.get(part, ())}
            kept = [item for item in value if same(part, item) not in there]
        if kept:
            made[part] = kept
    return made


def same(part: str, item: Any) -> str:
    """What makes two ways to reach somebody one."""
    text = item[1] if part in REACHED_BY else item
    return (number_key(text) or fold(text)) if part == "phones" else fold(text)


def number_key(text: str) -> str:
    """The digits that make a number: with its country and without it is the same one."""
    digits = re.sub(r"[^0-9]", "", text)
    return digits[-9:] if len(digits) >= DIGITS else ""


def tags_by_contact(ids: Iterable[int]) -> dict[int, list[str]]:
    """The tags of each, by name."""
    rows = db.session.execute(
        select(ContactTag.contact_id, ContactTag.tag)
        .where(ContactTag.contact_id.in_(list(ids)))
        .order_by(ContactTag.tag)
    )
    found: dict[int, list[str]] = {}
    for contact_id, tag in rows:
        found.setdefault(contact_id, []).append(tag)
    return found


def dates_by_contact(ids: Iterable[int]) -> dict[int, list[ContactDate]]:
    """The dates to remember of each."""
    found: dict[int, list[ContactDate]] = {}
    for row in db.session.scalars(select(ContactDate).where(ContactDate.contact_id.in_(list(ids)))):
        found.setdefault(row.contact_id, []).append(row)
    return found


class Doubles:
    """Somebody's people by what tells them apart: mail, number, name."""

    def __init__(self, owner: Person) -> None:
        """All of them, read once."""
        self._by: dict[tuple[str, str], Contact | int] = {}
        for contact in db.session.scalars(people_of(owner).order_by(Contact.id)):
            self.add(contact, known(contact))

    def add(self, who: Contact | int, said: Said) -> None:
        """Know one more: somebody kept, or the position of a card in a file."""
        for key in _keys(said):
            self._by.setdefault(key, who)

    def of(self, said: Said) -> tuple[Contact | int, str] | None:
        """Who it may be, and by what: "mail", "number" or "name"."""
        return next(((self._by[key], key[0]) for key in _keys(said) if key in self._by), None)


def _keys(said: Said) -> list[tuple[str, str]]:
    mails = [("mail", fold(item[1])) for item in said.get("emails", ())]
    numbers = [("number", number_key(item[1])) for item in said.get("phones", ())]
    return [key for key in (*mails, *numbers, ("name", fold(said.get("name", "")))) if key[1]]
