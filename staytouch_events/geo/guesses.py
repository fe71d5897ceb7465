"""What a text may mean that names no town exactly: one misspelt, one inside a longer text, one half typed."""

from collections.abc import Iterable

from .readings import MOST_WORDS, Reading, Rows
from .spelling import allowed, deletions, edits, key

# Names compared with a misspelt one, towns of a region looked through, ways to take a text that are tried.
MOST_COMPARED, MOST_IN_REGION, MOST_TRIED = 500, 2000, 3
MOST_NAMES = 12
# A longer text hides only towns of some size.
LEAST_INSIDE = 15_000


def misspelt(rows: Rows, readings: Iterable[Reading]) -> list[tuple[Reading, str, int]]:
    """(reading, a name near its own, letters wrong) for the readings that say most, nearest names first."""
    tried = sorted((reading for reading in readings if not reading.inside), key=lambda reading: -reading.said)
    found = []
    for reading in tried[:MOST_TRIED]:
        # Of three letters with one wrong little is left, unless the country is said.
        most = allowed(reading.name) if len(reading.name) > 3 or reading.said else 0
        near = {name: edits(reading.name, name, most) for name in _candidates(rows, reading, most)} if most else {}
        close = sorted((wrong, name) for name, wrong in near.items() if 0 < wrong <= most)
        found += [(reading, name, wrong) for wrong, name in close[:MOST_NAMES]]
    return found


def _candidates(rows: Rows, reading: Reading, most: int) -> set[str]:
    """Names that may be near: of the well-known ones that share a beginning, and of the region said."""
    numbers = deletions(reading.name, most)
    found = rows(
        "SELECT DISTINCT folded FROM deletions JOIN known ON known.id = known_id"
        f" WHERE number IN ({','.join('?' * len(numbers))}) AND length(folded) BETWEEN ? AND ? LIMIT ?",
        *numbers,
        len(reading.name) - most,
        len(reading.name) + most,
        MOST_COMPARED,
    )
    names = {row["folded"] for row in found}
    return names | _in_region(rows, reading) if reading.region else names


def _in_region(rows: Rows, reading: Reading) -> set[str]:
    """Towns of the region said, of any size, that begin with the same letter."""
    found = rows(
        "SELECT name FROM (SELECT name FROM places WHERE country = ? AND admin = ? ORDER BY people DESC LIMIT ?)"
        " WHERE lower(substr(name, 1, 1)) = ?",
        reading.country,
        reading.region,
        MOST_IN_REGION,
        reading.name[0],
    )
    return {key(row["name"]) for row in found}


def parts_of(readings: list[Reading]) -> list[Reading]:
    """A whole text without words at its front or its end: the town after a street, the island's own name."""
    found = []
    whole = [reading for reading in readings if reading.whole]
    most = max((reading.said for reading in whole), default=0)
    parted = any(not reading.whole for reading in readings)
    for reading in [reading for reading in whole if reading.said == most or not parted][:MOST_TRIED]:
        words = reading.name.split()[:MOST_WORDS]
        for at in range(1, len(words)):
            for some in (words[at:], words[:-at]):
                name = " ".join(some)
                if len(name) > 3:
                    found.append(Reading(name, reading.country, reading.region, inside=True))
    return list(dict.fromkeys(found))


def beginning(rows: Rows, name: str, limit: int) -> list[int]:
    """Numbers of towns whose name begins so, the big ones first, their own name counting for more than another."""
    span = name, name + "\uffff"
    known = rows(
        "SELECT place_id FROM known WHERE folded >= ? AND folded < ? ORDER BY weight DESC LIMIT ?", *span, limit * 4
    )
    found = list(dict.fromkeys(row["place_id"] for row in known))
    if len(found) < limit and len(name) > 2:
        some = "SELECT place_id, main FROM names WHERE folded >= ? AND folded < ? LIMIT 2000"
        rest = rows(
            f"SELECT places.id FROM ({some}) JOIN places ON places.id = place_id"
            " GROUP BY places.id ORDER BY people * (1 + 29 * max(main)) DESC LIMIT ?",
            *span,
            limit,
        )
        found = list(dict.fromkeys([*found, *(row["id"] for row in rest)]))
    return found[:limit]
