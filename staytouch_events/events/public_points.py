"""Drawing the point that stands for a hidden place (reliability.md, 25)."""

from math import asin, atan2, cos, degrees, pi, radians, sin, sqrt
from random import SystemRandom

from sqlalchemy import select

from ..db import db
from ..geo.distance import EARTH, distance_m
from .models import Event

# Metres between a hidden pin and its public point, and how far a pin may move before a new one is drawn.
NEAREST, FURTHEST = 150, 350
KEPT_WITHIN = 500
_chance = SystemRandom()


def draw_public_point(event: Event) -> None:
    """Give a hidden pin its public point, once: a pin that moves a little, or comes back, keeps it.

    The crew's other events at the same pin share one, or their points would surround it.
    """
    if event.lat is None:
        event.public_lat = event.public_lon = event.drawn_lat = event.drawn_lon = None
    elif event.place_hidden and not _is_near(event, event):
        known = next((other for other in _drawn_before(event) if _is_near(other, event)), None)
        if known is not None:
            event.public_lat, event.public_lon = known.public_lat, known.public_lon
            event.drawn_lat, event.drawn_lon = known.drawn_lat, known.drawn_lon
        else:
            event.public_lat, event.public_lon = _moved(event.lat, event.lon)
            event.drawn_lat, event.drawn_lon = event.lat, event.lon


def _drawn_before(event: Event) -> list[Event]:
    return list(
        db.session.scalars(
            select(Event).where(Event.group_id == event.group_id, Event.drawn_lat.is_not(None), Event.id != event.id)
        )
    )


def _is_near(drawn: Event, event: Event) -> bool:
    """Whether the pin lies where `drawn` got its public point."""
    if drawn.drawn_lat is None:
        return False
    return distance_m(drawn.drawn_lat, drawn.drawn_lon, event.lat, event.lon) < KEPT_WITHIN


def _moved(lat: float, lon: float) -> tuple[float, float]:
    """A point in any direction, evenly spread over the ring between the two distances."""
    arc = sqrt(_chance.uniform(NEAREST**2, FURTHEST**2)) / EARTH
    course, phi = _chance.uniform(0, 2 * pi), radians(lat)
    north = asin(sin(phi) * cos(arc) + cos(phi) * sin(arc) * cos(course))
    east = atan2(sin(course) * sin(arc) * cos(phi), cos(arc) - sin(phi) * sin(north))
    return round(degrees(north), 6), round((lon + degrees(east) + 540) % 360 - 180, 6)
