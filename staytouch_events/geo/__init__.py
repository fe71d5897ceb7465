"""Places: the embedded gazetteer, pins people paste, distances."""

from flask import Flask, current_app

from .gazetteer import Gazetteer, Place


def init_app(app: Flask) -> None:
    """Have the site look into its own compiled file."""
    app.extensions["gazetteer"] = Gazetteer(app.config["SETTINGS"].gazetteer)


def gazetteer() -> Gazetteer:
    """The site's gazetteer."""
    return current_app.extensions["gazetteer"]


__all__ = ["Gazetteer", "Place", "gazetteer", "init_app"]
