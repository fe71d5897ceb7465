"""The site with one route more: a constant, through the same hooks and headers as every page."""

from app import app

from . import FLOOR


@app.get(FLOOR)
def floor() -> str:
    """As little as this app can answer."""
    return "<!doctype html><title>Floor</title>"
