"""The gazetteer behind geopy's interface, so that another geocoder can take its place."""

import ssl

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from .gazetteer import Gazetteer
from .place import Place


class EmbeddedGeocoder(Geocoder):
    """Places from the file at hand; asks nobody."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Over an opened gazetteer."""
        # It asks nobody, so it loads no certificates: they take as long as all else at a start.
        super().__init__(user_agent="staytouch-events", ssl_context=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self.gazetteer = gazetteer

    def geocode(self, query: str, *, exactly_one: bool = True, limit: int = 8, timeout: object = None):
        """A Location, or a list of them, or None; `raw` is the Place with how sure it is and why."""
        found = [_location(place) for place in self.gazetteer.find(query, limit)]
        if exactly_one:
            return found[0] if found else None
        return found or None

    def reverse(self, query, *, exactly_one: bool = True, timeout: object = None):
        """The town that a point belongs to."""
        lat, lon = (float(part) for part in (query.split(",") if isinstance(query, str) else tuple(query)[:2]))
        place = self.gazetteer.nearest(lat, lon)
        found = _location(place) if place else None
        return found if exactly_one else [found] if found else None


def _location(place: Place) -> Location:
    return Location(place.label, (place.lat, place.lon), place)
