"""What viewers are told of an event's place: all of it, or a public point and the town (reliability.md, 25)."""

from dataclasses import dataclass

from .models import TOWN, Event


@dataclass(frozen=True)
class Whereabouts:
    """A place as somebody may know it."""

    venue: str
    address: str
    place_name: str
    meeting_point: str
    parking: str
    transit: str
    point: tuple[float, float] | None
    parking_point: tuple[float, float] | None
    precision: str | None


def whereabouts(event: Event, exact: bool = False) -> Whereabouts:
    """The place for somebody who may see it exactly, or for everybody."""
    if event.place_hidden and not exact:
        precision = TOWN if event.precision else None
        return Whereabouts("", "", event.place_name, "", "", "", public_point(event), None, precision)
    return Whereabouts(
        event.venue,
        event.address,
        event.place_name,
        event.meeting_point,
        event.parking,
        event.transit,
        _pair(event.lat, event.lon),
        _pair(event.parking_lat, event.parking_lon),
        event.precision,
    )


def public_point(event) -> tuple[float, float] | None:
    """The point (degrees) that lists, maps and searches use; of an Event or a row of one."""
    if event.place_hidden:
        return _pair(event.public_lat, event.public_lon)
    return _pair(event.lat, event.lon)


def _pair(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)
