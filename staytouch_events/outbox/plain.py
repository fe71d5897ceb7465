"""The text of a letter from its HTML, so that both are one template."""

import re
from html.parser import HTMLParser

_BLOCKS = {"p", "h1", "h2", "h3", "ul", "ol", "table", "tr", "div", "blockquote", "hr"}


def plain_text(html: str) -> str:
    """Headings and paragraphs apart, lists with dashes, links as "label: address"."""
    reader = _Reader()
    reader.feed(html)
    text = re.sub(r"[ \t\u00a0]+\n", "\n", "".join(reader.parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.address: str | None = None
        self.label_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "head", "title"):
            self.silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n" if tag == "tr" else "\n\n")
        elif tag == "a":
            self.address, self.label_from = dict(attrs).get("href"), len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "head", "title"):
            self.silent -= 1
        elif tag == "a" and self.address:
            label = "".join(self.parts[self.label_from :]).strip()
            if label != self.address:
                self.parts[self.label_from :] = [f"{label}: {self.address}" if label else self.address]
            self.address = None
        elif tag in ("td", "th"):
            self.parts.append(" ")
        elif tag in _BLOCKS and tag != "tr":
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        text = re.sub(r"[ \t\r\n]+", " ", data)
        self.parts.append(text.lstrip() if not self.parts or self.parts[-1].endswith(("\n", "- ")) else text)
