"""A date as its calendar had it, as it has it now, and as we have it: whose change counts, part by part."""

from datetime import datetime
from typing import Any

from ..events.models import PIN, Event
from .ics_places import Whereabouts
from .ics_reader import SourceDate

# What changes together. The second names are looked at to see whether somebody changed it here.
PARTS = {
    "title": ("title",),
    "description": ("description",),
    "time": ("all_day", "zone", "starts_wall", "ends_wall", "starts_at", "ends_at"),
    "place": (*("venue", "address", "place_name", "country_code", "lat", "lon", "precision", "online", "online_url"),),
    "tags": ("tags",),
}
# The worker gives a place its point and a town later; that is nobody's change.
BY_HAND = {"place": ("venue", "address", "online", "online_url")}


def fields_of(found: SourceDate, places: Whereabouts) -> dict[str, Any]:
    """The event's fields of a date. Its page elsewhere stands beneath what it says."""
    words = [found.description, found.url if found.url not in found.description else ""]
    return {
        "title": found.title,
        "description": "\n\n".join(filter(None, words))[:10_000],
        "tags": found.tags,
        **found.times,
        **places.fields(found.location, found.geo),
    }


def kept_form(fields: dict[str, Any], cancelled: bool) -> dict[str, Any]:
    """The fields as a row keeps them."""
    return {**{name: _plain(value) for name, value in fields.items()}, "cancelled": cancelled}


def merged(event: Event, taken: dict[str, Any], fields: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(what to change, the parts that changed there but stay as they were made here)."""
    changes: dict[str, Any] = {}
    ours: list[str] = []
    for part, names in PARTS.items():
        if all(taken.get(name) == _plain(fields[name]) for name in names):
            continue
        if _changed_here(event, part, names, taken):
            ours.append(part)
        else:
            changes |= {name: fields[name] for name in names}
    return changes, ours


def _changed_here(event: Event, part: str, names: tuple[str, ...], taken: dict[str, Any]) -> bool:
    pinned = part == "place" and event.precision == PIN and taken.get("precision") != PIN
    return pinned or any(_plain(getattr(event, name)) != taken.get(name) for name in BY_HAND.get(part, names))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
