"""Towns around a point, by the file's tiles."""

from heapq import nsmallest
from math import cos, log10, radians
from sqlite3 import Row

from .distance import distance_m, tile, tiles_within
from .place import Place, town
from .readings import Rows
from .spelling import key

# Metres, people, and how many are looked at.
NEIGHBOURHOOD, LEAST_PEOPLE, MOST_LOOKED_AT = 60_000, 1000, 120
# So many metres further away weigh as much as ten times fewer people.
TENFOLD = 30_000


def felt_nearest(rows: Rows, lat: float, lon: float) -> Row | None:
    """The town that a point belongs to: a big one is felt further out than a hamlet."""
    narrow = cos(radians(lat))

    def on_a_plane(town: tuple) -> float:
        north, east = town[1] - lat, ((town[2] - lon + 180) % 360 - 180) * narrow
        return (north * north + east * east) / _reach(town[3]) ** 2

    # Around a city there are a thousand: reckoned on a plane first, and only the best on the globe.
    closest = nsmallest(8, rows_around(rows, lat, lon, "id, lat, lon, people"), key=on_a_plane)
    best = min(closest, key=lambda town: distance_m(lat, lon, town[1], town[2]) / _reach(town[3]), default=None)
    return best and rows("SELECT * FROM towns WHERE id = ?", best[0]).fetchone()


def _reach(people: int) -> float:
    return 1 + log10(1 + people) / 3


def rows_around(rows: Rows, lat: float, lon: float, columns: str) -> list[Row]:
    """Towns in the tiles around, further out where there are none."""
    for reach in (1, 4):
        steps = [step * 0.5 for step in range(-reach, reach + 1)]
        tiles = {
            tile(max(-90.0, min(90.0, lat + north)), (lon + east + 180) % 360 - 180, 0.5)
            for north in steps
            for east in steps
        }
        marks = ",".join("?" * len(tiles))
        found = rows(f"SELECT {columns} FROM towns WHERE tile IN ({marks})", *tiles).fetchall()
        if found:
            return found
    return []


def neighbours(rows: Rows, place: Place, limit: int = 8) -> list[Place]:
    """Towns with a page of their own around another, the big and near ones first."""
    found = []
    for row in _near(rows, place.lat, place.lon, "slug IS NOT NULL AND slug != ?", place.slug):
        far = distance_m(place.lat, place.lon, row["lat"], row["lon"])
        if far <= NEIGHBOURHOOD:
            found.append((far / TENFOLD - log10(row["people"]), row))
    return [town(row) for _order, row in sorted(found, key=lambda pair: pair[0])[:limit]]


def beginning_near(rows: Rows, name: str, lat: float, lon: float, limit: int) -> list[Row]:
    """Towns around whose name begins so, the biggest first."""
    found = _near(rows, lat, lon, "lower(substr(name, 1, 1)) = ?", name[0])
    return [row for row in found if key(row["name"]).startswith(name)][:limit]


def _near(rows: Rows, lat: float, lon: float, condition: str, value: str | None) -> list[Row]:
    _size, tiles = tiles_within(lat, lon, NEIGHBOURHOOD)
    marks = ",".join("?" * len(tiles))
    return rows(
        f"SELECT * FROM towns WHERE tile IN ({marks}) AND people >= ? AND {condition} ORDER BY people DESC LIMIT ?",
        *tiles,
        LEAST_PEOPLE,
        value,
        MOST_LOOKED_AT,
    ).fetchall()
