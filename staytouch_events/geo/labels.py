"""Names of towns for a map that has no tiles: the biggest in view."""

from dataclasses import dataclass

from .distance import tile
from .gazetteer import Gazetteer

MOST = 150
# Degrees of latitude and longitude up to which the towns of a view are looked up by their tiles.
NARROW = 8
# People from which a name is written larger.
SIZES = ((1_000_000, 3), (100_000, 2), (0, 1))


@dataclass(frozen=True)
class Label:
    """A town's name where it stands; `size` is 1 to 3."""

    name: str
    lat: float
    lon: float
    size: int


def labels(gazetteer: Gazetteer, west: float, south: float, east: float, north: float) -> list[Label]:
    """The biggest towns inside, biggest first, few in any one part of the view."""
    kept: dict[tuple[int, int], Label] = {}
    high, wide = max(north - south, 1e-6) / 16, max(east - west, 1e-6) / 16
    for row in _rows(gazetteer, west, south, east, north):
        cell = int((row["lat"] - south) / high), int((row["lon"] - west) / wide)
        if cell not in kept:
            size = next(size for people, size in SIZES if row["people"] >= people)
            kept[cell] = Label(row["name"], row["lat"], row["lon"], size)
    return list(kept.values())[:MOST]


def _rows(gazetteer: Gazetteer, west: float, south: float, east: float, north: float):
    inside = "lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? ORDER BY people DESC LIMIT 400"
    box = (south, north, west, east)
    if north - south > NARROW or east - west > NARROW:
        return gazetteer.rows(f"SELECT name, lat, lon, people FROM places WHERE people >= 100000 AND {inside}", *box)
    numbers = range(int((north - south) / 0.5) + 2), range(int((east - west) / 0.5) + 2)
    tiles = {
        tile(min(south + row * 0.5, 90), (west + column * 0.5 + 180) % 360 - 180, 0.5)
        for row in numbers[0]
        for column in numbers[1]
    }
    marks = ",".join("?" * len(tiles))
    return gazetteer.rows(
        f"SELECT name, lat, lon, people FROM places WHERE tile IN ({marks}) AND {inside}", *tiles, *box
    )
