"""The tiles under maps: the operator's, or none, and then an outline of our own."""

from dataclasses import dataclass

from flask import current_app

from .choices import chosen
from .markdown import html

OPENSTREETMAP = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
OPENSTREETMAP_CREDIT = "© [OpenStreetMap](https://www.openstreetmap.org/copyright) contributors"


@dataclass(frozen=True)
class Tiles:
    """Where tiles come from; `attribution` is HTML, `origin` what a page's policy has to allow."""

    url: str
    attribution: str
    origin: str


def site_tiles() -> Tiles | None:
    """The tiles of this site: as its settings say, else as an admin chose."""
    settings = current_app.config["SETTINGS"]
    if settings.tile_url:
        return tiles(settings.tile_url, settings.tile_attribution)
    choice = chosen("tile_url", "tile_attribution")
    return tiles(choice["tile_url"], choice["tile_attribution"]) if choice["tile_url"] else None


def tiles(url: str, credit: str) -> Tiles:
    """Tiles by the pattern of their addresses and a credit in Markdown."""
    origin = "/".join(url.split("/")[:3]).replace("{s}", "*")
    known = OPENSTREETMAP_CREDIT if origin == "https://tile.openstreetmap.org" else ""
    return Tiles(url, str(html(credit or known)).removeprefix("<p>").strip().removesuffix("</p>"), origin)
