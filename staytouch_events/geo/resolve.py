"""A town and a country as an import has them, to one place or to an honest doubt."""

from dataclasses import dataclass

from ..text import fold
from .distance import distance_m
from .gazetteer import Gazetteer
from .place import TOWN, Place

SAME_PLACE = 30_000
# A hamlet without its region may as well be a lake or a hotel of that name.
LEAST_PEOPLE = 2500
# An alternate name may be that of an island or a region around a small town.
LEAST_PEOPLE_BY_ALTERNATE = 10_000


@dataclass(frozen=True)
class Resolution:
    """What became of a place text: the place if any, whether it is certain, and why (a short code)."""

    place: Place | None
    sure: bool
    why: str


def resolve(gazetteer: Gazetteer, city: str, country: str) -> Resolution:
    """The town of this name in this country, the biggest one where it is clearly meant."""
    codes = gazetteer.country_codes(country)
    found = gazetteer.find(f"{city}, {country}", limit=20)
    inside = [place for place in found if not codes or place.country_code in codes]
    if not inside:
        return Resolution(None, False, "unknown")
    first = inside[0]
    why = _doubt(first, inside, city)
    if why is None and not codes and fold(country):
        why = "unknown-country"
    return Resolution(first, why is None, why or first.why)


def _doubt(first: Place, inside: list[Place], city: str) -> str | None:
    """Why the first of these is not certain; None when it is."""
    if first.kind != TOWN or first.why in ("begins", "town-of"):
        return first.why
    if first.why == "namesakes" and _one_place(inside):
        return None
    if not first.sure:
        return first.why
    least = LEAST_PEOPLE_BY_ALTERNATE if first.why == "alternate" else LEAST_PEOPLE
    return "small" if first.people < least and "," not in city else None


def _one_place(places: list[Place]) -> bool:
    """Whether the namesakes lie so close together that it does not matter which is meant."""
    first = places[0]
    return all(
        distance_m(first.lat, first.lon, other.lat, other.lon) < SAME_PLACE
        for other in places
        if other.kind == TOWN and other.people * 8 > first.people and fold(other.name) == fold(first.name)
    )
