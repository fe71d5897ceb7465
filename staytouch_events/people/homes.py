"""Where somebody lives, no closer than the town."""

from ..geo import geocode
from .models import Person


def settle_home(person: Person, text: str) -> bool:
    """Keep the town that a text names, its point to a hundredth of a degree; whether there is one."""
    if not text:
        person.home_place, person.home_lat, person.home_lon = "", None, None
        return True
    found = geocode(text)
    if not found:
        return False
    place = found[0]
    person.home_place, person.home_lat, person.home_lon = place.label, round(place.lat, 2), round(place.lon, 2)
    person.zone = person.zone or place.zone
    return True
