"""Distances on the globe, and the tiles by which the place index narrows a search (performance.md)."""

from math import asin, cos, degrees, floor, pi, radians, sin, sqrt

EARTH = 6_371_008.8
METRES = {"mi": 1609.344, "km": 1000.0}
# Up to how many metres a search looks through tiles of so many degrees.
SIZES = ((6.01 * METRES["mi"], "t0125", 0.125), (60.01 * METRES["mi"], "t05", 0.5), (float("inf"), "t2", 2.0))


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres along the surface between two points, by the haversine formula."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))


def unit_vector(lat: float, lon: float) -> tuple[float, float, float]:
    """The point on a ball of radius one."""
    across = cos(radians(lat))
    return across * cos(radians(lon)), across * sin(radians(lon)), sin(radians(lat))


def least_dot(radius_m: float) -> float:
    """Two unit vectors within the radius have at least this dot product."""
    return cos(min(pi, radius_m / EARTH))


def metres(number: float, unit: str) -> float:
    """So many miles or kilometres, in metres."""
    return number * METRES[unit]


def tile(lat: float, lon: float, size: float) -> int:
    """The number of the tile of `size` degrees that a point lies in."""
    row = min(floor((lat + 90) / size), round(180 / size) - 1)
    column = floor((lon + 180) / size) % round(360 / size)
    return row * 100_000 + column


def tiles_within(lat: float, lon: float, radius_m: float) -> tuple[str, list[int]]:
    """Which column to ask, and every tile that a circle around the point touches."""
    column_name, size = next((name, size) for most, name, size in SIZES if radius_m <= most)
    # A billionth of a degree more, so that rounding never leaves out a tile on the edge.
    reach = degrees(radius_m / EARTH) + 1e-9
    south, north = max(-90.0, lat - reach), min(90.0, lat + reach)
    rows = range(floor((south + 90) / size), min(floor((north + 90) / size), round(180 / size) - 1) + 1)
    columns = _columns(lat, lon, reach, size)
    return column_name, [row * 100_000 + column for row in rows for column in columns]


def _columns(lat: float, lon: float, reach: float, size: float) -> list[int]:
    """Columns between the circle's westernmost and easternmost meridian; all of them around a pole."""
    count = round(360 / size)
    if abs(lat) + reach >= 90:
        return list(range(count))
    side = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(lat)))))
    first, last = floor((lon - side + 180) / size), floor((lon + side + 180) / size)
    if last - first + 1 >= count:
        return list(range(count))
    return [column % count for column in range(first, last + 1)]
