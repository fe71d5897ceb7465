"""Finding places by what people type, in a read-only file of our own; never over the network."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from . import around
from .areas import BIG, Named, areas, is_rather_town
from .distance import distance_m
from .guesses import LEAST_INSIDE, beginning, misspelt, parts_of
from .place import GUESSES, ZIP_CODE, Place, town
from .ranking import Match, doubtful, match, ranked
from .readings import ZIP, Reading, country_codes, readings
from .spelling import key

Point = tuple[float, float]
# Longer than any place people write.
LONGEST = 200
MANY_LETTERS = 4
SAME_PLACE = 60_000


class Gazetteer:
    """The compiled file; one connection a thread."""

    def __init__(self, path: Path) -> None:
        """Open it when first asked. A missing file raises sqlite3.OperationalError then."""
        self.path = path
        self._local = threading.local()
        # The file never changes while it is open, and many ask from the same corner of a town.
        self._nearest = lru_cache(4096)(self._find_nearest)

    def find(self, text: str, limit: int = 8, near: Point | None = None) -> list[Place]:
        """Places that the text may mean, the likeliest first; [] when it names none.

        Of namesakes those near the point `near` come first.
        """
        ways = readings(self.rows, text[:LONGEST])
        zipped = self._by_zip(text[:LONGEST])
        near = (zipped.lat, zipped.lon) if zipped else near
        named = areas(self.rows, ways)
        matches = list(self._exact(ways, near))
        if not named and not zipped and not _answered(ways, matches):
            matches = [*matches, *doubtful(self._misspelt(ways, near), matches)]
        if not named and not zipped and not matches:
            inside = self._exact(parts_of(ways), near)
            matches = [found for found in inside if found.is_own and found.place.people >= LEAST_INSIDE]
        found = ranked(matches, max((way.said for way in ways), default=0) if _is_parted(ways) else 0)
        if not found and not named and not zipped:
            return self._beginning(text, limit, near)
        return _once(_in_order(found, named, zipped))[:limit]

    def suggest(self, text: str, limit: int = 8, near: Point | None = None) -> list[Place]:
        """Exact names, then names that begin so, then those that it may be with a letter wrong."""
        found = self.find(text, limit, near)
        # Of a few letters the start of a city is likelier than the whole of a village.
        least = BIG if len(key(text)) < MANY_LETTERS else 0
        exact = [place for place in found if place.why not in GUESSES and place.people >= least]
        return _once([*exact, *self._beginning(text, limit, near), *found])[:limit]

    def by_slug(self, slug: str) -> Place | None:
        """The town whose page this is (interface.md, /near/<place-slug>), by its long form too."""
        row = self.rows("SELECT * FROM towns WHERE slug = ?", slug).fetchone()
        return town(row) if row else self._by_long_slug(slug)

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The town that a point belongs to; None far from any."""
        return self._nearest(lat, lon)

    def _find_nearest(self, lat: float, lon: float) -> Place | None:
        row = around.felt_nearest(self.rows, lat, lon)
        return row and town(row)

    def zone_at(self, lat: float, lon: float) -> str | None:
        """The zone of the nearest town of any size; None far from any."""
        rows = around.rows_around(self.rows, lat, lon, "lat, lon, zone")
        near = min(rows, key=lambda row: distance_m(lat, lon, row["lat"], row["lon"]), default=None)
        return None if near is None else near["zone"]

    def neighbours(self, place: Place) -> list[Place]:
        """Towns around another, the big and near ones first."""
        return around.neighbours(self.rows, place)

    def country_codes(self, text: str) -> list[str]:
        """The ISO codes of a country as people write it: "U.S.A.", "the Netherlands", "Scotland"."""
        return country_codes(self.rows, text)

    def _exact(self, ways: Iterable[Reading], near: Point | None) -> Iterator[Match]:
        """Towns of exactly the name that a reading has."""
        by_name: dict[str, list[tuple[Reading, int]]] = {}
        for way in ways:
            by_name.setdefault(way.name, []).append((way, 0))
        return self._matches(by_name, near)

    def _misspelt(self, ways: Iterable[Reading], near: Point | None) -> Iterator[Match]:
        by_name: dict[str, list[tuple[Reading, int]]] = {}
        for way, name, wrong in misspelt(self.rows, ways):
            by_name.setdefault(name, []).append((way, wrong))
        return self._matches(by_name, near)

    def _matches(self, by_name: dict[str, list[tuple[Reading, int]]], near: Point | None) -> Iterator[Match]:
        marks = ",".join("?" * len(by_name))
        query = "SELECT towns.*, main, folded FROM names JOIN towns ON towns.id = place_id WHERE folded IN"
        for row in self.rows(f"{query} ({marks})", *by_name):
            for way, wrong in by_name[row["folded"]]:
                if way.country in (None, row["country"]) and way.region in (None, row["admin"]):
                    yield match(row, way, near, wrong)

    def _beginning(self, text: str, limit: int, near: Point | None) -> list[Place]:
        name = key(text[:LONGEST].split(",")[0])
        if len(name) < 2:
            return []
        close = around.beginning_near(self.rows, name, *near, limit // 2) if near else []
        numbers = list(dict.fromkeys([row["id"] for row in close] + beginning(self.rows, name, limit)))
        marks = ",".join("?" * len(numbers))
        rows = {row["id"]: row for row in self.rows(f"SELECT * FROM towns WHERE id IN ({marks})", *numbers)}
        return [replace(town(rows[number]), why="begins", sure=False) for number in numbers][:limit]

    def _by_zip(self, text: str) -> Place | None:
        found = ZIP.search(text)
        row = found and self.rows("SELECT * FROM zips WHERE zip = ?", found[1]).fetchone()
        if not row:
            return None
        alone = ZIP.fullmatch(text.strip()) is not None
        town = self.nearest(row["lat"], row["lon"])
        return Place(
            name=town.name if town and key(town.name) == key(row["city"]) else row["city"],
            admin=row["state"],
            country_code="US",
            country="United States",
            lat=row["lat"],
            lon=row["lon"],
            zone=row["zone"],
            people=0,
            kind=ZIP_CODE,
            slug=town.slug if town else None,
            sure=alone,
            why="zip" if alone else "zip-of",
        )

    def _by_long_slug(self, slug: str) -> Place | None:
        """`san-jose-ca-us` is `san-jose-ca`, `berlin-16-de` is `berlin-de`: nothing where the region is another's."""
        rest, _dash, country = slug.rpartition("-")
        name, _dash, region = rest.rpartition("-")
        short = f"{name}-{region if country == 'us' else country}"
        row = self.rows("SELECT * FROM towns WHERE slug = ?", short).fetchone()
        regions = (row["admin"].lower(), row["short"].lower()) if row else ()
        return town(row) if row and region in regions and country == row["country"].lower() else None

    def rows(self, query: str, *values) -> sqlite3.Cursor:
        """Rows of the compiled file."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True)
            connection.row_factory = sqlite3.Row
            self._local.connection = connection
        return connection.execute(query, values)


def _answered(ways: list[Reading], matches: list[Match]) -> bool:
    """Whether a town fits all that was said, the country behind a comma with it; no letter is wrong then."""
    least = 1 if _is_parted(ways) and any(way.country for way in ways) else 0
    return any(found.said >= max(least, found.place.why == "town-of") for found in matches)


def _is_parted(ways: list[Reading]) -> bool:
    return any(not way.whole for way in ways)


def _in_order(found: list[Match], named: list[Named], zipped: Place | None) -> list[Place]:
    """Towns, areas and what a ZIP code says, the likeliest first."""
    towns, wide = [match.place for match in found], [area.place for area in named]
    if zipped:
        first = towns[0] if towns else None
        fits = first and zipped.why == "zip-of" and _is_there(first, zipped)
        return [first, zipped, *towns[1:]] if fits else [zipped, *towns]
    if not towns or not wide:
        return [*wide, *towns]
    rather = found[0].said >= named[0].way.said and is_rather_town(towns[0], named[0])
    return [*towns, *wide] if rather else [*wide, *towns]


def _is_there(place: Place, other: Place) -> bool:
    return distance_m(place.lat, place.lon, other.lat, other.lon) < SAME_PLACE


def _once(places: list[Place]) -> list[Place]:
    """Only the first of each label: nobody could tell the others from it."""
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.label, place)
    return list(first.values())
