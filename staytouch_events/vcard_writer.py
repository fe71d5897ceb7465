"""Writing vCards: 3.0, which phones take, and 4.0 (RFC 2426, RFC 6350)."""

import base64
import re
from collections.abc import Iterable, Iterator

from .vcard import NO_NAME, Line, Params, VCard, Way, escape, split_name

V3, V4 = "3.0", "4.0"
_FORMATS = ((b"\xff\xd8", "JPEG"), (b"\x89PNG", "PNG"), (b"GIF8", "GIF"))


def write_vcards(cards: Iterable[VCard], version: str = V3) -> bytes:
    """A file of cards: CRLF, folded at 75 octets."""
    return b"".join(write_vcard(card, version) for card in cards)


def write_vcard(card: VCard, version: str = V3) -> bytes:
    """One card."""
    lines = ("BEGIN:VCARD", f"VERSION:{version}", *_lines(card, version), "END:VCARD")
    return b"".join(_folded(line) for line in lines)


def _lines(card: VCard, version: str) -> Iterator[str]:
    beside = dict(card.params)
    parts = split_name(card.name) if card.parts == NO_NAME else card.parts
    yield from (
        _line(name, value, beside.get(name, ()))
        for name, value in (
            ("N", ";".join(escape(part) for part in parts)),
            ("FN", _text(card.name, version)),
            ("ORG", ";".join(escape(part) for part in card.org)),
            ("TITLE", _text(card.title, version)),
            ("BDAY", _birthday(card.birthday, version)),
            ("CATEGORIES", ",".join(escape(tag) for tag in card.tags)),
            ("NOTE", _text(card.note, version)),
            ("UID", _text(card.uid, version)),
            ("REV", _text(card.revised, version)),
        )
        if value
    )
    yield from _ways(card, version)
    if card.photo:
        yield _photo(card.photo, version)
    yield from (_kept(line, version) for line in card.rest)


def _text(text: str, version: str) -> str:
    """A value of one text: a semicolon is escaped in 3.0, and separates nothing in 4.0."""
    return escape(text) if version == V3 else ";".join(escape(part) for part in text.split(";"))


def _birthday(text: str, version: str) -> str:
    """1990-07-04 and --07-04 for 3.0, 19900704 and --0704 for 4.0."""
    return text[:2] + text[2:].replace("-", "") if version == V4 else text


def _ways(card: VCard, version: str) -> Iterator[str]:
    taken, number = {line.group.lower() for line in card.rest}, 0
    for name, ways in (("TEL", card.phones), ("EMAIL", card.emails), ("URL", card.links)):
        for way in ways:
            group = ""
            if way.label:
                number = next(n for n in range(number + 1, number + 2 + len(taken)) if f"item{n}" not in taken)
                group = f"item{number}"
            value = way.value.replace("\\", "\\\\") if name == "URL" else _text(way.value, version)
            yield _line(name, value, _way_params(way, version), group)
            if group:
                yield _line("X-ABLabel", _text(way.label, version), (), group)


def _way_params(way: Way, version: str) -> Params:
    kinds = [kind for kind in way.kinds if version != V4 or kind != "pref"]
    pref = (("PREF", "1"),) if version == V4 and "pref" in way.kinds else ()
    return (*(("TYPE", kind.upper() if version == V3 else kind) for kind in kinds), *pref, *way.params)


def _photo(data: bytes, version: str) -> str:
    kind = next((kind for start, kind in _FORMATS if data.startswith(start)), "WEBP" if data[8:12] == b"WEBP" else "")
    encoded = base64.b64encode(data).decode()
    if version == V4:
        return _line("PHOTO", f"data:image/{kind.lower() or '*'};base64,{encoded}")
    return _line("PHOTO", encoded, (("ENCODING", "b"), *((("TYPE", kind),) if kind else ())))


def _kept(line: Line, version: str) -> str:
    """What we do not understand, with bytes as the version at hand carries them."""
    params, value = line.params, line.value
    if ("ENCODING", "B") in params:
        others = tuple(pair for pair in params if pair[0] != "ENCODING")
        if version == V4:
            kind = dict(others).get("TYPE", "").lower()
            media = kind if "/" in kind else f"image/{kind}" if kind else "application/octet-stream"
            value, params = f"data:{media};base64,{value}", tuple(pair for pair in others if pair[0] != "TYPE")
        else:
            params = (("ENCODING", "b"), *others)
    return _line(line.name, value, params, line.group)


def _line(name: str, value: str, params: Params = (), group: str = "") -> str:
    """One property. A line break in a value that came escaped would begin another one."""
    said = "".join(f";{param}={_param(param, text)}" for param, text in params)
    return f"{group}.{name}{said}:{value}".removeprefix(".").replace("\r", "").replace("\n", "")


def _param(name: str, text: str) -> str:
    """A parameter's value (RFC 6868), in quotes where it needs them; a list of types does not."""
    written = text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{written}"' if re.search("[:;]" if name == "TYPE" else "[:;,]", written) else written


def _folded(line: str) -> bytes:
    """75 octets a line, cut between letters."""
    out, room = [], 75
    for letter in line:
        octets = letter.encode()
        if len(octets) > room:
            out.append(b"\r\n ")
            room = 74
        out.append(octets)
        room -= len(octets)
    return b"".join((*out, b"\r\n"))
