"""Descriptions of calendars elsewhere, HTML or plain text, to Markdown that reads as they do."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset("p div ul ol blockquote table tr h1 h2 h3 h4 h5 h6 pre section article".split())
HEADINGS = {"h1": "### ", "h2": "### ", "h3": "### ", "h4": "#### ", "h5": "#### ", "h6": "#### "}
AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~"}
UNSEEN = frozenset("script style head title template".split())
_TAG = re.compile(r"</?(?:p|br|a|b|i|u|em|strong|span|div|ul|ol|li|html|html-blob|h[1-6]|table)\b[^<>]*>", re.I)
_ADDRESS = re.compile(r"(https?://\S+)")
_MARKS = re.compile(r"([\\`*_\[\]<>])")
_OPENING = re.compile(r"^(\s*)([#+-]|\d+[.)])(?=\s)")


def to_markdown(text: str) -> str:
    """Markdown that reads as the text does, whichever of the two it is."""
    if not _TAG.search(text):
        return _lines(text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _tidied("".join(reader.out))


def _lines(text: str) -> str:
    """Plain text whose line breaks stay."""
    lines = [_OPENING.sub(r"\1\\\2", _escaped(line.strip())) for line in text.strip().splitlines()]
    return _tidied("\n".join(line + "  " if line else "" for line in lines))


def _escaped(text: str) -> str:
    """Marks of Markdown as letters, but for those inside of addresses, which are no marks there."""
    parts = _ADDRESS.split(text)
    return "".join(part if _ADDRESS.fullmatch(part) else _MARKS.sub(r"\\\1", part) for part in parts)


def _tidied(text: str) -> str:
    text = re.sub(r"(?m)^ +$|^ (?=\S)", "", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" +\n(?=\n)", "\n", text)).strip()


class _Reader(HTMLParser):
    """Writes Markdown while it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[tuple[str, int]] = []
        self.unseen = 0

    def handle_starttag(self, tag, attrs):
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.out.append("  \n")
        elif tag == "li":
            self.out.append("\n" + "  " * (len(self.lists) - 1) + self._bullet())
        elif tag == "hr":
            self.out.append("\n\n---\n\n")
        elif tag in AROUND:
            self.out.append(AROUND[tag])
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else None)
        if tag in BLOCKS and len(self.lists) < 2:
            self.out.append("\n\n" + HEADINGS.get(tag, ""))

    def handle_endtag(self, tag):
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in AROUND:
            self._close(AROUND[tag])
        elif tag == "a" and self.links:
            self._link(*self.links.pop())
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in BLOCKS and not self.lists:
            self.out.append("\n\n")

    def handle_data(self, data):
        if not self.unseen:
            text = re.sub(r"\s+", " ", data)
            self.out.append(text if self.links else _escaped(text))

    def _bullet(self) -> str:
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number}. "

    def _close(self, mark: str) -> None:
        """End what was begun; blanks before the end stand after it, or the mark is none."""
        last = self.out[-1] if self.out else ""
        if last == mark:
            self.out.pop()
            return
        bare = last.rstrip(" ")
        self.out[-1:] = [bare, mark, last[len(bare) :]]

    def _link(self, address: str, since: int) -> None:
        words = " ".join("".join(self.out[since:]).split())
        del self.out[since:]
        address = address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        if not address.startswith(("http://", "https://", "mailto:")):
            self.out.append(_escaped(words))
        elif words in ("", address):
            self.out.append(address)
        else:
            label = _MARKS.sub(r"\\\1", words)
            self.out.append(f"[{label}]({address})")
