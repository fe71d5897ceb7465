"""Asking an online geocoder, where the site has one, for the point of an address that the gazetteer does not know."""

from datetime import datetime
from typing import Any

from ..db import db
from ..geo import gazetteer, geocode
from ..geo.distance import distance_m
from ..geo.online import Spot, ask, keep_answer, kept_answer, source
from ..jobs import job, schedule
from ..text import fold
from .actions import save
from .models import EXACT, STREET, Event

KIND, FIND = "events.locate", "events.find"
# Metres from its town beyond which an address is another one of the same name.
FAR = 60_000


def plan_locating(event: Event, *, now: datetime, **_news: Any) -> None:
    """A shown address without a point of its own is looked up by the worker, in its turn."""
    if _needs_point(event) and source() is not None:
        schedule(KIND, str(event.id), now, {"event": event.id})


def plan_finding(event: Event, address: str, now: datetime) -> None:
    """Somebody pressed "Find": have the worker ask for an address that is not saved yet."""
    text = asked_as(event, address)
    if address and source() is not None and kept_answer(text) is None:
        schedule(FIND, str(event.id), now, {"text": text, "language": event.group.language})


def asked_as(event: Event, address: str) -> str:
    """An address as a geocoder is asked for it: with its town, the event's own, or the group's."""
    own = event.place_name if address == event.address else ""
    town = own or next((place.label for place in geocode(address)), event.group.place_name)
    return address if fold(town.split(",")[0]) in fold(address) else f"{address}, {town}"


def _needs_point(event: Event) -> bool:
    """A hidden place is never told to another host."""
    return event.is_shown and bool(event.address) and event.precision not in EXACT and not event.place_hidden


def _look_up(facts: dict[str, Any], now: datetime) -> tuple[str, list[Spot]] | None:
    """The address as it is now and what the geocoder says to it; None where it needs no point any more."""
    event = db.session.get(Event, facts["event"])
    if event is None or event.is_past(now) or not _needs_point(event):
        return None
    text, language = asked_as(event, event.address), event.group.language
    return text, _answer(text, language, now)


def _answer(text: str, language: str, now: datetime) -> list[Spot]:
    known = kept_answer(text)
    return ask(text, language, now) if known is None else known


@job(KIND, first=_look_up)
def _locate(facts: dict[str, Any], now: datetime, looked: tuple[str, list[Spot]] | None) -> None:
    """Give the event its point, unless it changed meanwhile or the answer lies in another town."""
    if looked is None:
        return
    text, spots = looked
    keep_answer(text, spots, now)
    event = db.session.get(Event, facts["event"])
    if asked_as(event, event.address) != text or not _needs_point(event):
        return
    spot = next((spot for spot in spots if _is_around(event, spot)), None)
    if spot is not None:
        save(event, {"lat": spot.lat, "lon": spot.lon, "precision": STREET, **_town(event, spot)}, now)


def _is_around(event: Event, spot: Spot) -> bool:
    return event.lat is None or distance_m(event.lat, event.lon, spot.lat, spot.lon) <= FAR


def _town(event: Event, spot: Spot) -> dict[str, str]:
    """The town of a point, for an address whose town was not known."""
    town = None if event.place_name else gazetteer().nearest(spot.lat, spot.lon)
    return {} if town is None else {"place_name": town.label, "country_code": town.country_code}


def _find(facts: dict[str, Any], now: datetime) -> list[Spot]:
    return _answer(facts["text"], facts["language"], now)


@job(FIND, first=_find)
def _keep_found(facts: dict[str, Any], now: datetime, spots: list[Spot]) -> None:
    """The editor shows them when it looks again."""
    keep_answer(facts["text"], spots, now)
