"""One line of a JSONL file of events, understood or refused in words."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from ..events.models import TOWN
from ..events.times import all_day_times
from ..geo import Gazetteer
from ..geo.resolve import Resolution, resolve
from ..text import clean_line


class BadRow(ValueError):
    """Why a line can't be an event."""


@dataclass(frozen=True)
class Row:
    """An all-day event of an import. `last_on` is its last day itself."""

    name: str
    url: str
    first_on: date
    last_on: date
    city: str
    country: str
    online: bool
    topic: str

    @property
    def source_key(self) -> str:
        """By what it is known when the import runs again: name, first day, town."""
        return f"{self.name}|{self.first_on.isoformat()}|{self.city}"

    @property
    def place_text(self) -> str:
        """The place as the source writes it."""
        return ", ".join(part for part in (self.city, self.country) if part)


def read_row(line: str) -> Row:
    """Understand a line. Raises BadRow."""
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise BadRow("not a JSON object")
        first_on = date.fromisoformat(str(given.get("start_date")))
        last_on = date.fromisoformat(str(given.get("end_date") or given.get("start_date")))
    except BadRow:
        raise
    except ValueError as why:
        raise BadRow(str(why)) from None
    name = clean_line(str(given.get("name") or ""))[:120]
    if not name:
        raise BadRow("it has no name")
    if last_on < first_on or last_on - first_on > timedelta(days=366):
        raise BadRow(f"it ends on {last_on} and starts on {first_on}")
    return Row(
        name=name,
        url=_web_address(given.get("url")),
        first_on=first_on,
        last_on=last_on,
        city=clean_line(str(given.get("city") or ""))[:120],
        country=clean_line(str(given.get("country") or ""))[:80],
        online=bool(given.get("online")),
        topic=clean_line(str(given.get("topic") or ""))[:50],
    )


class Places:
    """Each distinct place text, resolved once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Over the site's gazetteer."""
        self.gazetteer = gazetteer
        self.found: dict[tuple[str, str], Resolution] = {}

    def of(self, row: Row) -> Resolution:
        """What became of the row's place."""
        key = (row.city, row.country)
        if key not in self.found:
            self.found[key] = resolve(self.gazetteer, row.city, row.country)
        return self.found[key]


def event_fields(row: Row, places: Places) -> dict[str, Any]:
    """The event's fields. An unsure place keeps its text and has no pin; online-only is in UTC."""
    resolution = places.of(row) if row.city else None
    place = resolution.place if resolution and resolution.sure else None
    guess = resolution.place if resolution else None
    zone = (place or guess).zone if (place or guess) else "UTC"
    first = datetime.combine(row.first_on, time.min)
    after = datetime.combine(row.last_on + timedelta(days=1), time.min)
    return {
        "title": row.name,
        "kind": "meetup",
        "description": row.url,
        "tags": [row.topic] if row.topic else [],
        "online": row.online or not row.city,
        "online_url": row.url if row.online or not row.city else "",
        "address": "" if place or not row.city else row.place_text,
        "place_name": place.label if place else "",
        "country_code": place.country_code if place else "",
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": TOWN if place else None,
        **all_day_times(first, after, zone),
    }


def _web_address(given: Any) -> str:
    url = clean_line(str(given or ""))[:500]
    return url if url.startswith(("http://", "https://")) else ""
