"""What there is to find, for search engines (sitemaps.org): an index of parts, each below their limit."""

from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy import func, select

from ..access.events import listed_events
from ..db import db
from ..events.models import Event
from ..geo import geocode
from ..groups.models import PUBLIC, Group
from ..links import site_link

# Events by number; a part holds those of one span of numbers.
SPAN = 10_000
MOST_PLACES = 5000


def sitemap_index() -> str:
    """The parts there are."""
    last = db.session.scalar(select(func.max(Event.id))) or 0
    parts = ["pages", "crews", "places", *(f"events-{number}" for number in range(1, -(-last // SPAN) + 1))]
    return render_template("pages/sitemap_index.xml", urls=[site_link("machines.sitemap", part=part) for part in parts])


def sitemap_part(part: str) -> str | None:
    """One part; None where there is none of this name."""
    noun, _dash, number = part.partition("-")
    makers = {"pages": _pages, "crews": _crews, "places": _places}
    if noun == "events" and number.isascii() and number.isdigit() and len(number) < 8:
        rows = _events(int(number))
    elif part in makers:
        rows = makers[part]()
    else:
        return None
    return render_template("pages/sitemap.xml", rows=rows)


def _pages() -> list[dict[str, Any]]:
    return [_row("discover.home"), _row("groups.groups"), _row("impact_pages.site")]


def _crews() -> list[dict[str, Any]]:
    slugs = db.session.scalars(select(Group.slug).where(Group.visibility == PUBLIC).order_by(Group.id))
    return [_row("pages.group", slug=slug) for slug in slugs]


def _places() -> list[dict[str, Any]]:
    """The pages of towns in which something was or is on."""
    named = listed_events().with_only_columns(Event.place_name).where(Event.place_name != "").distinct()
    names = db.session.scalars(named.order_by(Event.place_name).limit(MOST_PLACES))
    found = (next(iter(geocode(name)), None) for name in names)
    return [_row("discover.near", slug=slug) for slug in dict.fromkeys(place.slug for place in found if place) if slug]


def _events(number: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        listed_events()
        .with_only_columns(Event.slug, Event.changed_at)
        .where(Event.id > (number - 1) * SPAN, Event.id <= number * SPAN)
        .order_by(Event.id)
    )
    return [_row("pages.event", row.changed_at, slug=row.slug) for row in rows]


def _row(endpoint: str, changed_at: datetime | None = None, **values: str) -> dict[str, Any]:
    return {"url": site_link(endpoint, **values), "changed": f"{changed_at:%Y-%m-%d}" if changed_at else None}
