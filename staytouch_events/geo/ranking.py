"""Which of the towns that fit is likelier meant, and whether that is certain."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log10
from sqlite3 import Row

from .distance import distance_m
from .place import Place, town
from .readings import Reading

# A namesake must be this many times bigger than the next before its name alone is certain.
CLEARLY_BIGGER = 8
# Next door counts for so many powers of ten of people, and less up to so many metres away.
NEAR, FAR = 1.5, 800_000
# From how many people a misspelt town is certain, in its country and in its region; and from how many letters.
LEAST_IN_COUNTRY, LEAST_IN_REGION, LEAST_LETTERS = 50_000, 2_500, 6
# From how many people a town elsewhere has the name as it was typed.
LEAST_ELSEWHERE = 5_000


@dataclass(frozen=True)
class Match:
    """A town that fits a reading, how well, and how much of country and region was said."""

    place: Place
    score: float
    said: int
    # People: more where it is near, fewer where letters are wrong or the name is another than its own.
    felt: float
    region: str
    number: int
    # Whether it is the town's own name.
    is_own: bool


def match(row: Row, reading: Reading, near: tuple[float, float] | None, wrong: int = 0) -> Match:
    """How well a row of `towns` with `main` fits a reading, `wrong` letters apart."""
    bonus = 0.0 if near is None else NEAR * max(0.0, 1 - distance_m(*near, row["lat"], row["lon"]) / FAR)
    score = log10(row["people"] + 1000) + 1.5 * row["main"] + reading.said + bonus - (2 if reading.inside else 0)
    why = "town-of" if reading.inside else "spelling" if wrong else "exact" if row["main"] else "alternate"
    sure = not reading.inside and (not wrong or _is_plain(row, reading))
    return Match(
        place=replace(town(row), sure=sure, why=why),
        score=score - (0.5 + 1.5 * wrong if wrong else 0),
        said=reading.said,
        felt=row["people"] * 10 ** (bonus - wrong - (0 if row["main"] else 1)),
        region=row["region"],
        number=row["id"],
        is_own=bool(row["main"]),
    )


def ranked(matches: Iterable[Match], said: int) -> list[Match]:
    """Each town once, the likeliest first.

    It is certain only when no namesake of its kind is about as big, and when it lies where it was `said` to.
    """
    best: dict[int, Match] = {}
    for found in matches:
        if found.number not in best or found.score > best[found.number].score:
            best[found.number] = found
    ordered = sorted(best.values(), key=lambda found: -found.score)
    if not ordered:
        return []
    first, rest = ordered[0], ordered[1:]
    rivals = [other for other in rest if (other.said, other.place.why) == (first.said, first.place.why)]
    return _told_apart([replace(first, place=_judged(first, rivals, said)), *rest])


def doubtful(misspelt: Iterable[Match], exact: list[Match]) -> Iterator[Match]:
    """Misspelt towns, none of them certain where the name as it is typed is that of a town elsewhere."""
    is_right = any(found.place.people >= LEAST_ELSEWHERE and not found.said for found in exact)
    for found in misspelt:
        yield replace(found, place=replace(found.place, sure=found.place.sure and not is_right))


def _judged(first: Match, rivals: list[Match], said: int) -> Place:
    place = first.place
    if place.sure and said and not first.said:
        return replace(place, sure=False, why="elsewhere")
    if not place.sure or not rivals:
        return place
    if any(rival.felt * CLEARLY_BIGGER > first.felt for rival in rivals):
        return replace(place, sure=False, why="namesakes" if place.why != "spelling" else place.why)
    return replace(place, why="bigger" if place.why != "spelling" else place.why)


def _is_plain(row: Row, reading: Reading) -> bool:
    """Whether a misspelt name with what was said beside it leaves little else: a long one, its first letter right."""
    least = LEAST_IN_REGION if reading.region else LEAST_IN_COUNTRY
    alike = len(reading.name) >= LEAST_LETTERS and row["folded"][0] == reading.name[0]
    return reading.country is not None and alike and row["people"] >= least


def _told_apart(matches: list[Match]) -> list[Match]:
    """Namesakes in one country have their region in the label, but for one that is certain."""
    labels = Counter(found.place.label for found in matches)
    return [
        replace(found, place=replace(found.place, admin=found.region))
        if labels[found.place.label] > 1 and not found.place.admin and not (at == 0 and found.place.sure)
        else found
        for at, found in enumerate(matches)
    ]
