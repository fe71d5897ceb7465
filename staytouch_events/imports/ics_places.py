"""Where a date of a calendar elsewhere is: its point, a town that its words name for certain, or its words alone."""

import re
from typing import Any

from ..events.models import PIN, TOWN, ZIP
from ..geo import gazetteer, geocode
from ..geo.place import INSIDE, ZIP_CODE, Place
from ..geo.resolve import LEAST_PEOPLE_BY_ALTERNATE

NOWHERE = {"place_name": "", "country_code": "", "lat": None, "lon": None, "precision": None}
# Digits after the point below which a point is that of a town.
FINE = 3


class Whereabouts:
    """Each distinct text looked up once; `found` says what became of it."""

    def __init__(self) -> None:
        """Nothing looked up yet."""
        self.found: dict[str, Place | None] = {}

    def fields(self, text: str, geo: tuple[float, float] | None) -> dict[str, Any]:
        """The event's fields of a place. What is no more than a link is held online."""
        if text.startswith(("http://", "https://")) and " " not in text:
            return {"venue": "", "address": "", "online": True, "online_url": text, **NOWHERE}
        place = self._place(text)
        venue, address = _parted(text, place)
        named = {"venue": venue[:120], "address": address[:200], "online": False, "online_url": ""}
        if geo is not None:
            return named | _at(geo)
        return named | (NOWHERE if place is None else _of(place))

    def _place(self, text: str) -> Place | None:
        if text and text not in self.found:
            self.found[text] = next((place for place in geocode(text)[:1] if _is_certain(place, text)), None)
        return self.found.get(text)


def _is_certain(place: Place, text: str) -> bool:
    """A lone word may as well be a room ("Gym", "Plaza"): it is a town only by its own name, and a big one."""
    if place.kind == ZIP_CODE:
        return place.sure
    if "," in text:
        return place.sure or place.why in INSIDE
    return place.why in ("exact", "bigger", *INSIDE) and place.people >= LEAST_PEOPLE_BY_ALTERNATE


def _parted(text: str, place: Place | None) -> tuple[str, str]:
    """Name and address: "Hall (12 Main St, Town)", "Hall, 12 Main St, Town", "12 Main St", "Hall"."""
    if place is not None and place.why not in INSIDE and "," not in text:
        return "", ""
    if bracketed := re.fullmatch(r"([^()]+?)\s*\((.+)\)", text):
        return bracketed[1], bracketed[2]
    name, comma, rest = text.partition(",")
    if re.search(r"\d", name) and re.search(r"^\d|\d$", name.strip()) and comma:
        return "", text
    return name.strip(), rest.strip()


def _at(geo: tuple[float, float]) -> dict[str, Any]:
    town = gazetteer().nearest(*geo)
    fine = any(len(f"{number:.6f}".rstrip("0").partition(".")[2]) > FINE - 1 for number in geo)
    return {
        "place_name": town.label if town else "",
        "country_code": town.country_code if town else "",
        "lat": geo[0],
        "lon": geo[1],
        "precision": PIN if fine else TOWN,
    }


def _of(place: Place) -> dict[str, Any]:
    return {
        "place_name": place.label,
        "country_code": place.country_code,
        "lat": place.lat,
        "lon": place.lon,
        "precision": ZIP if place.kind == ZIP_CODE else TOWN,
    }
