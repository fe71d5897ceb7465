"""Ways to take what people type: a name, and the country and region that they say with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from sqlite3 import Cursor

from ..text import fold
from .spelling import key

ZIP = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?\b")
# Beyond that nobody names a town.
MOST_WORDS, MOST_PARTS = 12, 6
Rows = Callable[..., Cursor]


@dataclass(frozen=True)
class Reading:
    """One way to take a text: a name, in a country and region if it says so."""

    name: str
    country: str | None = None
    region: str | None = None
    # Words left of the name that are no place: a street, a park.
    inside: bool = False
    # Whether the name stands alone in the text, but for country and region.
    whole: bool = False

    @property
    def said(self) -> int:
        """How much of country and region was said."""
        return (self.country is not None) + 2 * (self.region is not None)


def readings(rows: Rows, text: str) -> list[Reading]:
    """All ways to take a text, from what stands between commas and then between blanks."""
    folded = fold(text)
    bare = folded if ZIP.fullmatch(folded) else ZIP.sub("", folded)
    parts = [part for piece in re.split(r"[,;()\n]", bare) if (part := key(piece))]
    parts = [*parts[: MOST_PARTS - 2], *parts[MOST_PARTS - 2 :][-2:]]
    return list(dict.fromkeys(_readings(rows, parts))) if parts else []


def country_codes(rows: Rows, text: str) -> list[str]:
    """The ISO codes of a country as people write it: "U.S.A.", "the Netherlands", "Scotland"."""
    found = _regions_called(rows, key(text))
    return [country for country, region in found if not region] or [country for country, _region in found]


def _readings(rows: Rows, parts: list[str]) -> Iterator[Reading]:
    yield Reading(" ".join(parts), whole=True)
    yield from _from_right(rows, parts)
    words = parts[0].split()
    if len(parts) == 1 and 1 < len(words) <= MOST_WORDS:
        splits = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
        for split in (*splits, [" ".join(words[1:]), words[0]]):
            yield from (reading for reading in _from_right(rows, split) if reading.country)


def _from_right(rows: Rows, parts: list[str]) -> Iterator[Reading]:
    """Take a country, then a region, off the end; what is left of the name is inside it."""
    for country, region, used in _said(rows, parts):
        rest = parts[: len(parts) - used]
        yield Reading(" ".join(rest), country, region, whole=True)
        for at in range(len(rest)) if len(rest) > 1 else ():
            # "Brazil" after a comma is no town in Indiana.
            if not at or country or not any(not code for _country, code in _regions_called(rows, rest[at])):
                yield Reading(rest[at], country, region, inside=at > 0)


def _said(rows: Rows, parts: list[str]) -> Iterator[tuple[str | None, str | None, int]]:
    """(country, region, how many parts they take), for each way to read the end."""
    if len(parts) > 1:
        for country, region in _regions_called(rows, parts[-1]):
            yield country, region or None, 1
            if len(parts) > 2 and not region:
                inner = _regions_called(rows, parts[-2])
                yield from ((country, code, 2) for other, code in inner if code and other == country)
    yield None, None, 0


def _regions_called(rows: Rows, name: str) -> list[tuple[str, str]]:
    """(country, region's code or nothing) of every country and region of this name."""
    found = rows(
        "SELECT country, code FROM area_names JOIN areas ON areas.id = area_id"
        " WHERE folded = ? AND code IS NOT NULL ORDER BY code, whole DESC",
        name,
    )
    return [(row["country"], row["code"]) for row in found]
