"""Reading vCards 2.1, 3.0 and 4.0, a whole phone's in one file, as phones and not only as the RFCs write them."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .vcard import NO_NAME, Line, VCard, Way, components, escape, plain_birthday, split, unescape
from .vcard_lines import read_line, text_of, whole_lines

MOST_PHOTO = 2_000_000
_DATA = re.compile(r"data:[^,]{0,100};base64,", re.IGNORECASE)
_AGENT = re.compile(r"AGENT(;[^:]*)?:\s*", re.IGNORECASE)
_WAYS = {"TEL": "phones", "EMAIL": "emails", "URL": "links"}
_TEXTS = {"FN": "name", "TITLE": "title", "NOTE": "note", "UID": "uid", "REV": "revised"}
_LISTS = {"N": ";", "ORG": ";", "CATEGORIES": ","}
# A list of people is written as a card, too.
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


@dataclass(frozen=True)
class Trouble:
    """What could not be read: from which line on, and why ("end", "empty", "group", "line", "many")."""

    line: int
    why: str


@dataclass
class Reading:
    """What a file held."""

    cards: list[VCard] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_vcards(data: bytes, most: int = 5_000) -> Reading:
    """All cards of a file in its order; at most so many, a broken one left out and told with its line."""
    reading = Reading()
    for number, lines in _bodies(whole_lines(text_of(data)), reading.troubles):
        if len(reading.cards) == most:
            reading.troubles.append(Trouble(number, "many"))
            break
        read = _properties(lines, reading.troubles)
        if any(line.key in _KINDS and line.value.lower() == "group" for line in read):
            reading.troubles.append(Trouble(number, "group"))
        elif (card := _named(_understood(read))) is None:
            reading.troubles.append(Trouble(number, "empty"))
        else:
            reading.cards.append(card)
    return reading


def _bodies(lines: Iterator[tuple[int, str]], troubles: list[Trouble]) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """The lines between BEGIN and END of each card; a card in a card, 2.1's AGENT, stays one value of the outer."""
    begun, body, agent = 0, [], []
    for number, line in lines:
        said = re.sub(r"\s", "", line[:40]).upper()
        if agent:
            agent.append(line)
            if said == "END:VCARD":
                at, head = body.pop()
                body.append((at, head + escape("\n".join(agent))))
                agent = []
        elif said == "BEGIN:VCARD" and begun and body and _AGENT.fullmatch(body[-1][1]):
            agent = [line]
        elif said == "BEGIN:VCARD":
            if begun:
                troubles.append(Trouble(begun, "end"))
            begun, body = number, []
        elif said == "END:VCARD" and begun:
            yield begun, body
            begun = 0
        elif begun:
            body.append((number, line))
    if begun:
        troubles.append(Trouble(begun, "end"))


def _properties(lines: list[tuple[int, str]], troubles: list[Trouble]) -> list[Line]:
    version = next((text[8:].strip() for _at, text in lines if text.upper().startswith("VERSION:")), "")
    read = [(number, read_line(text, version)) for number, text in lines]
    troubles += [Trouble(number, "line") for number, line in read if line is None]
    return [line for _at, line in read if line is not None and line.key not in ("VERSION", "PRODID")]


def _understood(lines: list[Line]) -> VCard:
    """The plain form: the first of what there is one of, all ways to reach somebody, and the rest as it stood."""
    labels = {line.group: line for line in lines if line.group and line.key == "X-ABLABEL"}
    named = {line.group for line in lines if line.key in _WAYS} & labels.keys()
    made, ways, params, rest = {}, {name: [] for name in _WAYS.values()}, [], []
    for line in lines:
        if line.key in _WAYS:
            ways[_WAYS[line.key]].append(_way(line, labels))
            continue
        key, value = _single(line)
        if value and key not in made:
            made[key] = value
            beside = tuple(pair for pair in line.params if pair[0] not in ("ENCODING", "VALUE", "X-APPLE-OMIT-YEAR"))
            params += [(line.key, beside)] if beside and key != "photo" else []
        elif line.value.strip("; ") and not (line.key == "X-ABLABEL" and line.group in named):
            rest.append(line)
    reached = {name: tuple(way for way in found if way.value) for name, found in ways.items()}
    return VCard(**{"name": "", **made}, **reached, params=tuple(params), rest=tuple(rest))


def _single(line: Line) -> tuple[str, object]:
    """The field that a property fills and what with; nothing for what is kept as it stands."""
    if line.key in _TEXTS:
        return _TEXTS[line.key], unescape(line.value).strip()
    if line.key in _LISTS:
        return _list(line)
    if line.key == "BDAY":
        apple = dict(line.params).get("X-APPLE-OMIT-YEAR", "")
        return "birthday", plain_birthday(line.value, bool(apple) and line.value.startswith(apple))
    if line.key == "PHOTO":
        return "photo", _photo(line)
    return "", None


def _list(line: Line) -> tuple[str, tuple[str, ...] | None]:
    parts = split(line.value, _LISTS[line.key])
    if line.key == "N":
        said = tuple(", ".join(filter(None, components(part, ","))).strip() for part in parts)
        return "parts", (*said, *NO_NAME)[:5] if any(said) else None
    texts = tuple(unescape(part).strip() for part in parts)
    if line.key == "ORG":
        return "org", texts if any(texts) else None
    return "tags", tuple(filter(None, texts))


def _photo(line: Line) -> bytes:
    """The picture's bytes; empty for one that is elsewhere, too large or broken."""
    data = _DATA.match(line.value)
    encoded = line.value[data.end() :] if data else line.value if ("ENCODING", "B") in line.params else ""
    if len(encoded) > MOST_PHOTO * 4 // 3:
        return b""
    try:
        return base64.b64decode(encoded)
    except (binascii.Error, ValueError):
        return b""


def _way(line: Line, labels: dict[str, Line]) -> Way:
    kinds, params = [], []
    for name, value in line.params:
        if name == "TYPE":
            kinds += [kind.strip().lower() for kind in value.split(",")]
        elif name == "PREF" and value == "1":
            kinds.append("pref")
        elif name not in ("ENCODING", "VALUE"):
            params.append((name, value))
    value = re.sub(r"^(tel|mailto):", "", unescape(line.value).strip(), flags=re.IGNORECASE)
    kinds = dict.fromkeys(sorted(filter(None, kinds), key="pref".__eq__))
    label = labels.get(line.group)
    return Way(value, tuple(kinds), unescape(label.value) if label else "", tuple(params))


def _named(card: VCard) -> VCard | None:
    """The card with a name to call it by: its own, or the next best thing; None where there is none."""
    family, given, further, before, after = card.parts
    whole = " ".join(filter(None, (before, given, further, family, after)))
    ways = (way.value for way in (*card.emails, *card.phones))
    name = card.name or whole or " ".join(filter(None, card.org)) or next(ways, "")
    return replace(card, name=name) if name else None
