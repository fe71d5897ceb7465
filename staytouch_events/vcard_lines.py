"""The lines of vCards: unfolded, decoded, and taken apart into name, parameters and value."""

import quopri
import re
from collections.abc import Iterator

from .vcard import Line, escape

_HEAD = re.compile(r'(?:([\w-]+)\.)?([\w-]+)((?:;(?:"[^"]*"|[^";:])*+)*+)\s*:', re.ASCII)
# ;NAME=value, ;NAME="a:b", or 2.1's bare ;HOME
_PARAM = re.compile(r';\s*(?:([\w-]+)\s*=)?((?:"[^"]*"|[^";])*)', re.ASCII)
_ENCODING = re.compile(r"[;=]\s*(QUOTED-PRINTABLE|BASE64|B)\s*(?:;|$)", re.IGNORECASE)
_ENCODINGS = ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT")
_RAW = re.compile(r"[\ud800-\udfff]")


def text_of(data: bytes) -> str:
    """A file in letters. Bytes that are no UTF-8 are lone surrogates until their line has said what they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").replace("\x00", "")
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape").replace("\x00", "")


def whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines unfolded, with the number of their first; soft breaks and unindented base64 are joined, too."""
    first, parts, encoding, old = 0, [], "", False
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if encoding == "Q" and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in (" ", "\t") and parts:
            # 2.1 breaks a line before a blank that belongs to the text.
            parts.append(line if old else line[1:])
        elif encoding == "B" and line and ":" not in line:
            parts.append(line)
        else:
            if parts:
                yield first, "".join(parts)
            first, parts = number, [line] if line.strip() else []
            found = _ENCODING.search(line.partition(":")[0])
            encoding = found[1][0].upper() if found else ""
            if line.upper().startswith("VERSION:"):
                old = line[8:].strip() == "2.1"
    if parts:
        yield first, "".join(parts)


def read_line(text: str, version: str) -> Line | None:
    """One property with its value as 3.0 and 4.0 escape it; None where it is none."""
    head = _HEAD.match(text)
    if head is None:
        return None
    params = [_param(name, value, version) for name, value in _PARAM.findall(head[3])]
    said = {name: value.upper() for name, value in params}
    value, encoding = text[head.end() :], said.get("ENCODING", "")
    if encoding in ("B", "BASE64"):
        value = re.sub(r"\s", "", value)
    else:
        value = _escaped(_decoded(value, encoding, said.get("CHARSET", "")), encoding, version, head[2].upper())
    binary = (("ENCODING", "B"),) if encoding in ("B", "BASE64") else ()
    others = (param for param in params if param[0] not in ("CHARSET", "ENCODING"))
    return Line(head[2], value, (*binary, *others), head[1] or "")


def _param(name: str, value: str, version: str) -> tuple[str, str]:
    """A parameter; 2.1's bare ones are encodings where they are known as such, else types."""
    value = value.strip().replace('"', "")
    if not name:
        return ("ENCODING" if value.upper() in _ENCODINGS else "TYPE"), value
    if version != "2.1":
        value = re.sub(r"\^([n'^])", lambda found: {"n": "\n", "'": '"', "^": "^"}[found[1]], value)
    return name.upper(), value


def _decoded(value: str, encoding: str, charset: str) -> str:
    """The value in letters: of the set that it names, else UTF-8, else what Windows wrote."""
    quoted = encoding == "QUOTED-PRINTABLE"
    if not quoted and not _RAW.search(value):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    raw = quopri.decodestring(raw) if quoted else raw
    for name in (charset or "utf-8", "utf-8"):
        try:
            text = raw.decode(name)
        except (ValueError, LookupError):
            continue
        return _RAW.sub("\ufffd", text).replace("\x00", "")
    return raw.decode("cp1252", "replace").replace("\x00", "")


def _escaped(value: str, encoding: str, version: str, name: str) -> str:
    """What 2.1 left as it was is escaped, each component by itself; a card in a card came escaped."""
    if version == "2.1" and name != "AGENT":
        parts = re.findall(r"(?:^|;)((?:\\[;:,]|[^;])*)", value)
        return ";".join(escape(re.sub(r"\\([;:,])", r"\1", part)) for part in parts)
    if encoding == "QUOTED-PRINTABLE":
        return value.replace("\r\n", "\n").replace("\n", "\\n")
    return value
