"""One question, three ways to answer it: the site's own search, a plain index on (lat, lon), and looking at all."""

import random
from array import array
from datetime import datetime
from math import asin, cos, degrees, pi, radians, sin
from time import perf_counter

import sqlalchemy as sa

from staytouch_events.db import db
from staytouch_events.discover.matching import matching, shape_of, values_of
from staytouch_events.discover.searches import Search
from staytouch_events.events.models import Event
from staytouch_events.geo.distance import EARTH, least_dot

from .million import towns

MILES = (1, 2, 5, 10, 25, 50, 100, 250, 500)


def questions(count: int, now: datetime) -> list[Search]:
    """Searches around towns and, each fifth, anywhere, by the radii that the page offers and one mile."""
    chance, around = random.Random(200), towns()
    asked = []
    for number in range(count):
        lat, lon = chance.choice(around)
        if number % 5 == 0:
            lat, lon = degrees(asin(chance.uniform(-1, 1))), chance.uniform(-180, 180)
        point = (max(-90.0, min(90.0, lat + chance.uniform(-0.1, 0.1))), lon)
        asked.append(Search(near_text="x", point=point, within=MILES[number % len(MILES)], unit="mi", since=now))
    return asked


def by_the_site(asked: Search, now: datetime) -> sa.Select:
    """The statement that the list and its count are made of."""
    return matching(shape_of(asked, now)).params(**values_of(asked, now))


def by_lat_and_lon(asked: Search, now: datetime) -> sa.Select:
    """A box of latitudes and longitudes, the exact distance and the end, over an index on events (lat, lon)."""
    (lat, lon), f = map(radians, asked.point), sa.func
    dot = sin(lat) * f.sin(f.radians(Event.lat))
    dot += cos(lat) * f.cos(f.radians(Event.lat)) * f.cos(f.radians(Event.lon) - lon)
    box = _box(*asked.point, asked.radius_m)
    return sa.select(Event.id).where(*box, dot >= least_dot(asked.radius_m), Event.ends_at > now)


def answer(statement: sa.Select) -> tuple[set[int], float]:
    """The ids it finds, and the seconds that the database took: what Python does around it is left out."""
    text = str(statement.compile(db.engine, compile_kwargs={"literal_binds": True}))
    cursor = db.session.connection().connection.cursor()
    began = perf_counter()
    cursor.execute(text)
    rows = cursor.fetchall()
    took = perf_counter() - began
    return {row[0] for row in rows}, took


def _box(lat: float, lon: float, radius_m: float) -> list:
    """The parallels and meridians that the circle touches: in two parts across the antimeridian, none at a pole."""
    reach = degrees(radius_m / EARTH) + 1e-9
    box = [Event.lat.between(lat - reach, lat + reach)]
    if abs(lat) + reach >= 90:
        return box
    side = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(lat)))))
    west, east = lon - side, lon + side
    if west < -180:
        return [*box, sa.or_(Event.lon >= west + 360, Event.lon <= east)]
    if east > 180:
        return [*box, sa.or_(Event.lon >= west, Event.lon <= east - 360)]
    return [*box, Event.lon.between(west, east)]


class Everything:
    """Every event to come, held in memory and looked at one by one."""

    def __init__(self, now: datetime) -> None:
        """Read them, and put each point on a ball of radius one by formulas of our own."""
        rows = db.session.execute(sa.select(Event.id, Event.lat, Event.lon).where(Event.ends_at > now)).all()
        self.ids = array("q", (row.id for row in rows))
        self.points = [_on_ball(row.lat, row.lon) for row in rows]

    def within(self, asked: Search) -> set[int]:
        """By the length of the straight line through the ground, not by the angle that the search compares."""
        x, y, z = _on_ball(*asked.point)
        most = (2 * sin(min(pi, asked.radius_m / EARTH) / 2)) ** 2
        return {
            event_id
            for event_id, (a, b, c) in zip(self.ids, self.points, strict=True)
            if (a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2 <= most
        }


def _on_ball(lat: float, lon: float) -> tuple[float, float, float]:
    polar, around = pi / 2 - radians(lat), radians(lon)
    return sin(polar) * cos(around), sin(polar) * sin(around), cos(polar)
