"""Finding places by what people type, in a read-only file of our own; never over the network."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log10
from pathlib import Path

from ..text import fold
from .distance import distance_m, tile

ZIP = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?\b")
TOWN, ZIP_CODE, AREA = "town", "zip", "area"
# A namesake must be this many times bigger than the next before its name alone is certain.
CLEARLY_BIGGER = 8
BIG = 100_000


@dataclass(frozen=True)
class Place:
    """A town, the area of a ZIP code, or a whole state or country (`kind` "area", without a point)."""

    name: str
    admin: str
    country_code: str
    country: str
    lat: float | None
    lon: float | None
    zone: str
    people: int
    kind: str
    slug: str | None = None
    sure: bool = True
    # Why it is this one: "exact", "bigger", "alternate", "begins", "town-of", "zip-of", "zip", "area".
    why: str = "exact"

    @property
    def label(self) -> str:
        """ "San José, CA" at home in the US, else with the country: "Berlin, Germany"."""
        if self.kind == AREA:
            return self.name
        if self.country_code == "US":
            return f"{self.name}, {self.admin}"
        middle = f", {self.admin}" if self.country_code in ("CA", "AU") and self.admin else ""
        return f"{self.name}{middle}, {self.country}"


@dataclass(frozen=True)
class _Reading:
    """One way to take a text: a name, in a country and region if it says so."""

    name: str
    country: str | None = None
    admin: str | None = None
    # Words left of the name that are no place: a street, a park.
    inside: bool = False


@dataclass(frozen=True)
class _Match:
    """A town that fits a reading, how well, and how much of country and region was said."""

    score: float
    said: int
    place: Place


class Gazetteer:
    """The compiled file; one connection a thread."""

    def __init__(self, path: Path) -> None:
        """Open it when first asked. A missing file raises sqlite3.OperationalError then."""
        self.path = path
        self._local = threading.local()
        # The file never changes while it is open, and many ask from the same corner of a town.
        self._nearest = lru_cache(4096)(self._find_nearest)

    def find(self, text: str, limit: int = 8) -> list[Place]:
        """Places that the text may mean, the likeliest first; [] when it names none."""
        folded = fold(text)
        found: dict[int | str, _Match] = {}
        for reading in self._readings(folded):
            for key, match in self._exact(reading):
                if key not in found or match.score > found[key].score:
                    found[key] = match
        zip_place = self._by_zip(folded)
        if zip_place is not None:
            found["zip"] = _Match(99 if zip_place.why == "zip" else 5.5, 0, zip_place)
        ranked = _doubted(sorted(found.values(), key=lambda match: -match.score))
        ranked = ranked or self._beginning(folded, limit)
        areas = self._areas(folded)
        return (ranked + areas if _is_big_town(ranked, folded) else areas + ranked)[:limit]

    def suggest(self, text: str, limit: int = 8) -> list[Place]:
        """Exact names and then names that begin so, for somebody who is still typing."""
        folded = fold(text)
        seen = {(place.name, place.lat): place for place in self.find(text, limit)}
        for place in self._beginning(folded, limit):
            seen.setdefault((place.name, place.lat), place)
        return list(seen.values())[:limit]

    def by_slug(self, slug: str) -> Place | None:
        """The town whose page this is (interface.md, /near/<place-slug>)."""
        row = self.rows("SELECT * FROM places WHERE slug = ?", slug).fetchone()
        return None if row is None else self._place(row)

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The town that a point belongs to; None far from any."""
        return self._nearest(lat, lon)

    def _find_nearest(self, lat: float, lon: float) -> Place | None:
        best = None
        for row in self._around(lat, lon):
            # A big town is felt further out than a hamlet.
            felt = distance_m(lat, lon, row["lat"], row["lon"]) / (1 + log10(1 + row["people"]) / 3)
            if best is None or felt < best[0]:
                best = (felt, row)
        return None if best is None else self._place(best[1])

    def zone_at(self, lat: float, lon: float) -> str | None:
        """The zone of the nearest town of any size; None far from any."""
        rows = self._around(lat, lon)
        near = min(rows, key=lambda row: distance_m(lat, lon, row["lat"], row["lon"]), default=None)
        return None if near is None else near["zone"]

    def _around(self, lat: float, lon: float) -> list[sqlite3.Row]:
        for reach in (1, 4):
            steps = [step * 0.5 for step in range(-reach, reach + 1)]
            tiles = {
                tile(max(-90.0, min(90.0, lat + north)), (lon + east + 180) % 360 - 180, 0.5)
                for north in steps
                for east in steps
            }
            marks = ",".join("?" * len(tiles))
            rows = self.rows(f"SELECT * FROM places WHERE tile IN ({marks})", *tiles).fetchall()
            if rows:
                return rows
        return []

    def _readings(self, folded: str) -> Iterator[_Reading]:
        """Ways to take the text, from what stands between commas and then between blanks."""
        text = ZIP.sub("", folded).strip(" ,") if not ZIP.fullmatch(folded) else folded
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts:
            return
        yield _Reading(" ".join(parts))
        yield from self._from_right(parts)
        words = parts[0].split()
        if len(parts) == 1 and len(words) > 1:
            splits = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
            for split in (*splits, [" ".join(words[1:]), words[0]]):
                yield from (reading for reading in self._from_right(split) if reading.country)

    def _from_right(self, parts: list[str]) -> Iterator[_Reading]:
        """Take a country, then a region, off the end; what is left of the name is inside it."""
        for country, admin, used in self._regions(parts):
            rest = parts[: len(parts) - used]
            for at in range(len(rest)):
                yield _Reading(rest[at], country, admin, inside=at > 0)

    def _regions(self, parts: list[str]) -> Iterator[tuple[str | None, str | None, int]]:
        """(country, region, how many parts they take), for each way to read the end."""
        last = parts[-1]
        if len(parts) > 1:
            for row in self.rows("SELECT * FROM admin_names WHERE folded = ?", last.strip(".")):
                yield row["country"], row["code"], 1
            for country in self._countries(last):
                yield country, None, 1
                if len(parts) > 2:
                    for row in self.rows(
                        "SELECT * FROM admin_names WHERE folded = ? AND country = ?", parts[-2].strip("."), country
                    ):
                        yield country, row["code"], 2
        yield None, None, 0

    def country_codes(self, text: str) -> list[str]:
        """The ISO codes of a country as people write it: "U.S.A.", "the Netherlands", "Scotland"."""
        folded = fold(text)
        return self._countries(folded) or [
            row["country"] for row in self.rows("SELECT country FROM admin_names WHERE folded = ?", folded)
        ]

    def _countries(self, folded: str) -> list[str]:
        spelt = (folded, folded.replace(".", ""))
        return [row["code"] for row in self.rows("SELECT code FROM country_names WHERE folded IN (?, ?)", *spelt)]

    def _exact(self, reading: _Reading) -> Iterator[tuple[int, "_Match"]]:
        """Towns of exactly this name, with a score: people, the town's own name, a region said."""
        rows = self.rows(
            "SELECT places.*, main FROM names JOIN places ON places.id = place_id WHERE folded = ?", reading.name
        )
        for row in rows:
            if reading.country and row["country"] != reading.country:
                continue
            if reading.admin and row["admin"] != reading.admin:
                continue
            said = (reading.country is not None) + 2 * (reading.admin is not None)
            score = log10(row["people"] + 1000) + (1.5 if row["main"] else 0) + said - (2 if reading.inside else 0)
            why = "town-of" if reading.inside else "exact" if row["main"] else "alternate"
            yield row["id"], _Match(score, said, replace(self._place(row), why=why, sure=not reading.inside))

    def _beginning(self, folded: str, limit: int) -> list[Place]:
        """Towns whose name begins so, the big ones first, their own name counting for more than another one."""
        name = folded.split(",")[0].strip()
        if len(name) < 2:
            return []
        rows = self.rows(
            "SELECT places.*, max(main) AS main FROM names JOIN places ON places.id = place_id"
            " WHERE folded >= ? AND folded < ? GROUP BY places.id ORDER BY people * (1 + 29 * max(main)) DESC LIMIT ?",
            name,
            name + "\uffff",
            limit,
        )
        return [replace(self._place(row), why="begins", sure=False) for row in rows]

    def _by_zip(self, folded: str) -> Place | None:
        found = ZIP.search(folded)
        row = found and self.rows("SELECT * FROM zips WHERE zip = ?", found[1]).fetchone()
        if not row:
            return None
        alone = ZIP.fullmatch(folded) is not None
        town = self.nearest(row["lat"], row["lon"])
        name = town.name if town and fold(town.name) == fold(row["city"]) else row["city"]
        return Place(
            name=name,
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

    def _areas(self, folded: str) -> list[Place]:
        """A state or a country of this name: an area, without a point."""
        rows = self.rows(
            "SELECT admins.name AS name, admins.country AS code FROM admin_names JOIN admins USING (country, code)"
            " WHERE folded = ? AND length(folded) > 3",
            folded,
        ).fetchall()
        rows += self.rows(
            "SELECT name, countries.code AS code FROM country_names JOIN countries USING (code) WHERE folded = ?"
            " AND length(folded) > 3",
            folded,
        ).fetchall()
        return [
            Place(row["name"], "", row["code"], row["name"], None, None, "", 0, AREA, None, False, "area")
            for row in rows
        ]

    def _place(self, row: sqlite3.Row) -> Place:
        country = self.rows("SELECT name FROM countries WHERE code = ?", row["country"]).fetchone()
        admin = self.rows(
            "SELECT short FROM admins WHERE country = ? AND code = ?", row["country"], row["admin"]
        ).fetchone()
        return Place(
            name=row["name"],
            admin=admin["short"] if admin else "",
            country_code=row["country"],
            country=country["name"] if country else row["country"],
            lat=row["lat"],
            lon=row["lon"],
            zone=row["zone"],
            people=row["people"],
            kind=TOWN,
            slug=row["slug"],
        )

    def rows(self, query: str, *values) -> sqlite3.Cursor:
        """Rows of the compiled file."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True)
            connection.row_factory = sqlite3.Row
            self._local.connection = connection
        return connection.execute(query, values)


def _doubted(matches: list[_Match]) -> list[Place]:
    """The first is certain only when no namesake under the same country and region is about as big."""
    ranked = [match.place for match in matches]
    if len(ranked) < 2 or not ranked[0].sure or ranked[0].kind != TOWN:
        return ranked
    first = ranked[0]
    rivals = [match.place for match in matches[1:] if match.said == matches[0].said and match.place.why == first.why]
    if any(rival.people * CLEARLY_BIGGER > first.people for rival in rivals):
        return [replace(first, sure=False, why="namesakes"), *ranked[1:]]
    return [replace(first, why="bigger") if rivals else first, *ranked[1:]]


def _is_big_town(ranked: list[Place], folded: str) -> bool:
    """Whether a big town called so is likelier meant than the area: New York, Luxembourg, Singapore."""
    return bool(ranked) and ranked[0].people >= BIG and fold(ranked[0].name).startswith(folded)
