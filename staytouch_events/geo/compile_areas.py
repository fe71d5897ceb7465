"""Where states, countries, islands and lakes are, at set-up: from their own towns, or from a list of points."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians
from pathlib import Path

from .distance import EARTH, distance_m, tile, tiles_within, unit_vector
from .regions import COUNTRY_NAMES, PART_OF, REGION_NAMES, short_code
from .spelling import key, keys

HERE = Path(__file__).parent
# Metres: an area that reaches further is searched around its biggest town; one without an extent has this one.
FURTHEST, USUAL = 800_000, 50_000
# The part of an area's towns that its reach may leave out.
OUTLIERS = 0.02
LANGUAGES = "en de es fr it nl pt pl sv da nb fi cs".split()
# What stands around a region's own name.
GENERIC = {"province", "district", "county", "region", "department", "oblast", "prefecture", "governorate", "canton"}
GENERIC |= {"state", "of", "parish", "municipality", "territory", "autonomous", "community", "republic", "voivodeship"}


@dataclass(frozen=True)
class MadeArea:
    """One area with all its names; its `row` is that of the file's table."""

    row: tuple
    names: tuple[str, ...]


def areas(countries: dict, cities: list[dict]) -> list[MadeArea]:
    """Countries, their regions, then what is neither."""
    by_region: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for city in cities:
        by_region[city["countrycode"], ""].append(city)
        if city["admin1code"]:
            by_region[city["countrycode"], city["admin1code"]].append(city)
    found = [((code, "", country["name"]), (country["name"],)) for code, country in countries.items()]
    points = []
    for country, code, lat, lon, names in _lines("regions.tsv"):
        if code:
            found.append(((country, code, names.split("|")[0]), tuple(names.split("|"))))
        else:
            points.append((country, float(lat), float(lon), USUAL, names.split("|")))
    for country_codes, lat, lon, far, names in _lines("areas.tsv"):
        for country in country_codes.split(","):
            points.append((country, float(lat), float(lon), float(far) * 1000, names.split("|")))
    rows = [(about, _extent(by_region[about[:2]]), names) for about, names in found if by_region[about[:2]]]
    rows += _around_points(points, cities)
    return [
        MadeArea((number, country, code, short_code(country, code) if code else "", name, *where), names)
        for number, ((country, code, name), where, names) in enumerate(rows, 1)
    ]


def area_names(made: list[MadeArea], countries: dict) -> Iterator[tuple[str, int, int]]:
    """(key, area, whether it is a name and no mere letters) of each way to say one."""
    numbers = {}
    for area in made:
        number, country, code, short, *_rest = area.row
        if code is not None:
            numbers[country, code] = number
        for way in (way for name in area.names for way in keys(name)):
            yield way, number, 1
            if country != "US" and len(bare := _bare(way)) > 2:
                yield bare, number, 1
        if short:
            yield short.lower(), number, 0
    for way, where in REGION_NAMES.items():
        yield way, numbers[where], 1
    said = [(country, way, int(len(way) > 3)) for way, country in COUNTRY_NAMES.items()]
    said += [(country, way, whole) for (country, way), whole in _country_names(countries).items()]
    parts = [(part, way, 0) for part, country in PART_OF.items() for other, way, _whole in said if other == country]
    for country, way, whole in (*said, *parts):
        if (country, "") in numbers:
            yield way, numbers[country, ""], whole


def _country_names(countries: dict) -> dict[tuple[str, str], int]:
    from babel import Locale

    found = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        found |= {(code, key(territories[code])): 1 for code in countries if code in territories}
    return found | {(code, letters.lower()): 0 for code in countries for letters in (code, countries[code]["iso3"])}


def _bare(way: str) -> str:
    return " ".join(word for word in way.split() if word not in GENERIC)


def _lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _extent(towns: list[dict]) -> tuple:
    """(lat, lon, reach, the town it is around, zone, people): the towns' middle, or the biggest where it is too far."""
    biggest = max(towns, key=lambda town: town["population"])
    people = sum(town["population"] for town in towns)
    vectors = [unit_vector(town["latitude"], town["longitude"]) for town in towns]
    x, y, z = (sum(parts) for parts in zip(*vectors, strict=True))
    lat, lon = degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
    far = sorted(distance_m(lat, lon, town["latitude"], town["longitude"]) for town in towns)
    reach = max(far[int((len(far) - 1) * (1 - OUTLIERS))], 10_000)
    if reach > FURTHEST:
        return biggest["latitude"], biggest["longitude"], FURTHEST, biggest["name"], biggest["timezone"], people
    return round(lat, 3), round(lon, 3), -(-reach // 10_000) * 10_000, "", biggest["timezone"], people


def _around_points(points: list[tuple], cities: list[dict]) -> Iterator[tuple]:
    """Areas of which only a point is known: in the zone of the nearest town; none without a town near."""
    by_tile: dict[int, list[dict]] = defaultdict(list)
    for city in cities:
        by_tile[tile(city["latitude"], city["longitude"], 2.0)].append(city)
    for country, lat, lon, reach, names in points:
        # More than a hundred kilometres are looked up by tiles of two degrees.
        _size, tiles = tiles_within(lat, lon, max(reach, 100_000))
        near = [town for number in tiles for town in by_tile[number] if town["countrycode"] == country]
        nearest = min(near, key=lambda town: hypot(town["latitude"] - lat, town["longitude"] - lon), default=None)
        if nearest and distance_m(lat, lon, nearest["latitude"], nearest["longitude"]) <= max(reach, 2 * USUAL):
            yield (
                (country, None, names[0]),
                (lat, lon, reach, "", nearest["timezone"], _people(near, lat, lon, reach)),
                tuple(names),
            )


def _people(towns: list[dict], lat: float, lon: float, reach: float) -> int:
    """Roughly how many live within the reach: enough to tell a big island from a small one."""
    north, east = degrees(reach / EARTH), degrees(reach / EARTH) / cos(radians(lat))
    return sum(
        town["population"]
        for town in towns
        if abs(town["latitude"] - lat) < north and abs(town["longitude"] - lon) < east
    )
