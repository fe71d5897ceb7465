"""Places: the embedded gazetteer, pins people paste, distances."""

from flask import Flask, current_app

from .gazetteer import Gazetteer, Place
from .geocoder import EmbeddedGeocoder


def init_app(app: Flask) -> None:
    """Have the site look into its own compiled file."""
    app.extensions["gazetteer"] = Gazetteer(app.config["SETTINGS"].gazetteer)
    app.extensions["geocoder"] = EmbeddedGeocoder(app.extensions["gazetteer"])


def gazetteer() -> Gazetteer:
    """The site's gazetteer."""
    return current_app.extensions["gazetteer"]


def geocode(text: str) -> list[Place]:
    """Towns and ZIP codes that a text may mean, the likeliest first, by the site's geocoder."""
    found = current_app.extensions["geocoder"].geocode(text, exactly_one=False) if text else None
    return [location.raw for location in found or ()]


__all__ = ["Gazetteer", "Place", "gazetteer", "geocode", "init_app"]
