"""States, countries, islands and lakes: understood, but no pin."""

from collections.abc import Iterable
from dataclasses import dataclass
from sqlite3 import Row

from .distance import distance_m
from .place import AREA, Place
from .readings import Reading, Rows
from .spelling import key

# The part of an area's people that a town has to have before a name of both is likelier the town's.
MOSTLY = 0.25
BIG, SOME = 100_000, 50_000
# Metres from an area's point that are in it whatever its reach.
CLOSE = 50_000


@dataclass(frozen=True)
class Named:
    """An area that a text names, the reading that does, and all its names."""

    place: Place
    way: Reading
    names: frozenset[str]
    is_country: bool


def areas(rows: Rows, readings: Iterable[Reading]) -> list[Named]:
    """The areas that a text names and nothing else, countries first, then the one with most people."""
    found: dict[tuple[str, str], Named] = {}
    for way in readings:
        for row in _called(rows, way.name) if way.whole else ():
            # No region has a region inside, but an island or a lake lies in one.
            if way.country in (None, row["country"]) and (way.region is None or row["code"] is None):
                # And it may lie in several countries, and is one.
                once = row["name"], row["country"] if row["code"] is not None else ""
                names = rows("SELECT folded FROM area_names WHERE area_id = ?", row["id"])
                every = frozenset(name["folded"] for name in names)
                found.setdefault(once, Named(_area(row), way, every, row["code"] == ""))
    return sorted(found.values(), key=lambda named: (not named.is_country, -named.place.people))


def is_rather_town(town: Place, named: Named) -> bool:
    """Whether the town is likelier meant than the area of this name: New York, Luxembourg, Lisbon, Fribourg."""
    area, own = named.place, key(town.name)
    mostly = town.people >= MOSTLY * area.people
    is_in = named.is_country or distance_m(town.lat, town.lon, area.lat, area.lon) <= max(area.reach, CLOSE)
    if town.country_code != area.country_code or not is_in:
        return town.why in ("exact", "bigger", "namesakes") and town.people >= BIG and mostly
    if own == named.way.name or (area.people and mostly):
        return True
    called = own in named.names or (own.startswith(named.way.name) and town.people >= SOME)
    return called and not named.is_country


def _called(rows: Rows, name: str) -> list[Row]:
    return rows(
        "SELECT areas.*, countries.name AS country_name FROM area_names JOIN areas ON areas.id = area_id"
        " JOIN countries ON countries.code = country WHERE folded = ? AND whole",
        name,
    ).fetchall()


def _area(row: Row) -> Place:
    return Place(
        name=row["name"],
        admin="",
        country_code=row["country"],
        country=row["country_name"] if row["country"] != "US" or not row["code"] else row["name"],
        lat=row["lat"],
        lon=row["lon"],
        zone=row["zone"],
        people=row["people"],
        kind=AREA,
        sure=False,
        why="area",
        reach=row["reach"],
        around=row["around"],
    )
