"""The list of places that need hands, near a place where one is named."""

from dataclasses import replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..discover.forms import search_choices
from ..discover.place_note import place_note
from ..discover.searches import Search
from ..events.words import distance_words
from ..geo import site_place
from ..geo.distance import distance_m
from ..maps import site_tiles
from ..spots.models import Spot
from ..spots.page import spot_card
from ..spots.queries import count, echoes, needing, page_of


def spots_context(asked: Search, after: int | None) -> dict[str, Any]:
    """All that the list shows, the newest first."""
    wanted = needing(asked.point, asked.radius_m)
    spots, older = page_of(wanted, after)
    echoed = echoes(spot.id for spot in spots)
    title = _title(asked, count(wanted))
    return {
        "title": title,
        "found_words": _("within %(distance)s", distance=distance_words(asked.radius_m, asked.unit))
        if asked.point
        else "",
        "place_note": place_note(asked),
        "others": [(place.label, _address(replace(asked, near_text=place.label))) for place in asked.others],
        "asked": asked,
        "choices": search_choices(asked),
        "cards": [spot_card(spot, echoed.get(spot.id, 0), _far(asked, spot), asked.unit) for spot in spots],
        "newer_url": _address(asked) if after else None,
        "older_url": _address(asked, after=older) if older else None,
        "report_url": url_for("spots.new", **({"near": asked.near_text} if asked.point else {})),
        "map_url": _address(asked, "spot_lists.on_map"),
        "home": site_place(),
        "tiles": site_tiles(),
    }


def _address(asked: Search, endpoint: str = "spot_lists.listing", **more: Any) -> str:
    where = {name: part for name, part in asked.query().items() if name in ("near", "within", "unit")}
    return url_for(endpoint, **where, **more)


def _title(asked: Search, number: int) -> str:
    places = ngettext("%(num)d place needs hands", "%(num)d places need hands", number)
    return _("%(places)s near %(town)s", places=places, town=asked.place.name) if asked.place else places


def _far(asked: Search, spot: Spot) -> float | None:
    return distance_m(*asked.point, spot.lat, spot.lon) if asked.point else None
