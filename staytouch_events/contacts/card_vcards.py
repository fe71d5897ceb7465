"""A card as phones take it."""

import re
from typing import Any

from ..geo import site_place
from ..pictures import jpeg_of
from ..vcard import VCard, Way
from ..vcard_writer import write_vcard

# What a phone reads from a screen at arm's length (a code of version 13).
MOST_OCTETS = 425
# What matters most first.
IN_CODE = ("name", "phones", "emails", "company")
AMERICAN = ("US", "CA")


def card_file(said: dict[str, Any], uid: str, link: str) -> bytes:
    """All that a card says, with its link, so that who has no account finds it again."""
    return write_vcard(_vcard(said, uid, (*said.get("links", ()), link), photo=True))


def card_in_code(said: dict[str, Any], link: str) -> str:
    """As much as a code can hold: name, ways to reach, company; the card's link where there is room."""
    for parts, links in ((IN_CODE, (link,)), (IN_CODE, ()), (IN_CODE[:2], ())):
        held = write_vcard(_vcard({part: said[part] for part in parts if part in said}, "", links))
        if len(held) <= MOST_OCTETS:
            break
    return held.decode()


def dialled(number: str) -> str:
    """A number that was typed for people as phones want it (E.164): with the country that it names, or the site's."""
    digits, here = re.sub(r"[^0-9]", "", number), site_place()
    if number.strip().startswith("+"):
        return f"+{digits}"
    if here and here.country_code in AMERICAN and len(digits.removeprefix("1")) == 10:
        return f"+1{digits.removeprefix('1')}"
    return digits


def _vcard(said: dict[str, Any], uid: str, links: tuple[str, ...], photo: bool = False) -> VCard:
    facts = [", ".join(said[part]) for part in ("languages", "skills") if said.get(part)]
    facts = [text for text in (said.get("pronouns"), *facts, said.get("note")) if text]
    return VCard(
        name=said["name"],
        phones=tuple(Way(dialled(number), (kind,) if kind else ()) for kind, number in said.get("phones", ())),
        emails=tuple(Way(address, (kind,) if kind else ()) for kind, address in said.get("emails", ())),
        links=tuple(Way(address) for address in links),
        org=(said["company"],) if said.get("company") else (),
        title=said.get("title", ""),
        note="\n".join(facts),
        photo=(photo and said.get("photo") and jpeg_of(said["photo"])) or b"",
        uid=uid,
    )
