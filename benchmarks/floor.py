"""The site with one route more: a constant, through the same hooks and headers as every page."""

from staytouch_events import create_app

from . import FLOOR

app = create_app()


@app.get(FLOOR)
def floor() -> str:
    """As little as this app can answer."""
    return "<!doctype html><title>Floor</title>"
