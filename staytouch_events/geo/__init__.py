"""Places: the embedded gazetteer, pins people paste, distances."""

from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app

from .gazetteer import Gazetteer
from .place import AREA, Place


def init_app(app: Flask) -> None:
    """Have the site look into its own compiled file."""
    app.extensions["gazetteer"] = Gazetteer(app.config["SETTINGS"].gazetteer)


def gazetteer() -> Gazetteer:
    """The site's gazetteer."""
    return current_app.extensions["gazetteer"]


def geocode(text: str) -> list[Place]:
    """Towns and ZIP codes that a text may mean, the likeliest first, by the site's geocoder.

    None where it rather means an area: a state or a lake is no pin.
    """
    # Loaded when first asked: all of geopy's geocoders come along.
    from .geocoder import EmbeddedGeocoder

    found = EmbeddedGeocoder(gazetteer()).geocode(text, exactly_one=False) if text else None
    places = [location.raw for location in found or ()]
    return [] if places and places[0].kind == AREA else [place for place in places if place.kind != AREA]


def around_here(text: str) -> list[Place]:
    """Towns, ZIP codes and areas that a text may mean to somebody of this site's region."""
    home = site_place()
    return gazetteer().find(text, near=(home.lat, home.lon) if home else None) if text else []


def suggest(text: str) -> list[Place]:
    """The same for a text half typed."""
    home = site_place()
    return gazetteer().suggest(text, near=(home.lat, home.lon) if home else None)


def site_place() -> Place | None:
    """Where the site is at home."""
    settings = current_app.config["SETTINGS"]
    return _site_place(settings.gazetteer, settings.site_place)


@lru_cache(maxsize=8)
def _site_place(file: Path, text: str) -> Place | None:
    return next(iter(Gazetteer(file).find(text)), None)


__all__ = ["AREA", "Gazetteer", "Place", "around_here", "gazetteer", "geocode", "init_app", "site_place", "suggest"]
