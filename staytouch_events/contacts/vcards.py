"""Somebody's people as vCards, and vCards as people."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..pictures import jpeg_of
from ..text import clean_line, clean_text
from ..vcard import NO_NAME, Line, VCard, Way, components, escape
from ..vcard_reader import read_vcards
from ..vcard_writer import write_vcard
from .known_queries import Said, known, number_key
from .models import BIRTHDAY, Contact, ContactDate

LINE, TEXT, MOST = 200, 5_000, 20
# Google's own, which say nothing.
NO_TAGS = ("mycontacts", "starred")


def said_in(card: VCard) -> Said:
    """What a card says, in the shape of card_models."""
    streets = [components(line.value) for line in card.rest if line.key == "ADR"]
    said: dict[str, Any] = {
        "name": _line(card.name),
        "company": _line(card.org[0]) if card.org else "",
        "title": _line(card.title),
        "note": clean_text(card.note)[:TEXT],
        "phones": _ways(card.phones),
        "emails": [[kind, address.lower()] for kind, address in _ways(card.emails)],
        "addresses": [["", _line(", ".join(filter(None, parts)))] for parts in streets[:MOST]],
        "links": [address for _kind, address in _ways(card.links)],
    }
    return {part: value for part, value in said.items() if value}


def tags_in(card: VCard) -> list[str]:
    """The tags that a card brings."""
    return [_line(tag)[:40] for tag in card.tags[:MOST] if tag.lower() not in NO_TAGS]


def birthday_in(card: VCard) -> tuple[int, int, int | None] | None:
    """Month, day, and the year where it is known."""
    text = card.birthday
    if not text:
        return None
    return int(text[-5:-3]), int(text[-2:]), None if text.startswith("--") else int(text[:4])


def kept_of(card: VCard) -> str:
    """What is kept of a card to be written again: all but its picture."""
    return write_vcard(replace(card, photo=b"")).decode()


def kept_together(kept: str, more: VCard) -> str:
    """The same when another card of the same person comes: all of the first, and what is new of it."""
    if not kept:
        return kept_of(more)
    first = _read(kept)
    lists = {name: _both(getattr(first, name), getattr(more, name)) for name in ("phones", "emails", "links")}
    rest = (*first.rest, *(line for line in more.rest if line not in first.rest))
    return kept_of(replace(first, **lists, org=first.org or more.org, rest=rest))


def card_of(contact: Contact, tags: Iterable[str], dates: Iterable[ContactDate]) -> VCard:
    """One of somebody's people, with all that an imported card said beside."""
    said = known(contact)
    came = _read(contact.kept_vcard) if contact.kept_vcard else VCard("")
    company = said.get("company", "")
    born = next((date for date in dates if date.what == BIRTHDAY), None)
    streets = [line for line in came.rest if line.key == "ADR"]
    return replace(
        came,
        name=said.get("name", ""),
        parts=came.parts if said.get("name") == _line(came.name) else NO_NAME,
        phones=_given(said.get("phones", ()), came.phones, number_key),
        emails=_given(said.get("emails", ()), came.emails, str.lower),
        links=_given([["", address] for address in said.get("links", ())], came.links, str),
        org=came.org if came.org and _line(came.org[0]) == company else (company,) if company else (),
        title=said.get("title", ""),
        note=said.get("note", ""),
        birthday=_birthday(born) if born else came.birthday,
        photo=jpeg_of(said["photo"]) if said.get("photo") else b"",
        tags=tuple(tags),
        uid=came.uid or contact.public_id,
        rest=came.rest if streets else (*came.rest, *_streets(said.get("addresses", ()))),
    )


def _line(text: str) -> str:
    return clean_line(text)[:LINE]


def _ways(ways: Iterable[Way]) -> list[list[str]]:
    found = ([_kind(way.kinds), _line(way.value)] for way in ways)
    return [pair for pair in found if pair[1]][:MOST]


def _kind(kinds: Iterable[str]) -> str:
    return next((kind for kind in ("cell", "home", "work") if kind in kinds), "")


def _read(kept: str) -> VCard:
    return next(iter(read_vcards(kept.encode()).cards), VCard(""))


def _both(first: tuple[Way, ...], second: tuple[Way, ...]) -> tuple[Way, ...]:
    there = {way.value for way in first}
    return (*first, *(way for way in second if way.value not in there))


def _given(pairs: Iterable[list[str]], came: tuple[Way, ...], key) -> tuple[Way, ...]:
    """Ways as they are now; one that a card brought keeps its label and all its kinds."""
    brought = {key(way.value) or way.value: way for way in came}
    made = (Way(value, (kind,) if kind else ()) for kind, value in pairs)
    return tuple(brought.get(key(way.value) or way.value, way) for way in made)


def _birthday(row: ContactDate) -> str:
    return f"{row.year:04}-{row.month:02}-{row.day:02}" if row.year else f"--{row.month:02}-{row.day:02}"


def _streets(addresses: Iterable[list[str]]) -> list[Line]:
    """A postal address in one line, as its street."""
    return [Line("ADR", f";;{escape(text)};;;;") for _kind, text in addresses]
