"""A geocoder beyond this machine, where the operator chose one: asked by the worker alone, one question a second."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import delete

from ..choices import chosen
from ..db import db
from ..limits import Limit, take
from ..text import fold
from .models import Geocoded

URLS = {"nominatim": "https://nominatim.openstreetmap.org", "photon": "https://photon.komoot.io"}
# Nominatim's usage policy, for all processes together; Photon's asks for fairness and gets the same.
PACE = Limit("geocoder", 1, 1)
MOST, SECONDS = 5, 10
KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Spot:
    """A point (degrees) that a geocoder gave, and what it calls it."""

    label: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Source:
    """The geocoder in use and the address of its host."""

    kind: str
    url: str


def source() -> Source | None:
    """The online geocoder of this site: as its settings say, else as an admin chose; None without one."""
    settings = current_app.config["SETTINGS"]
    choice = chosen("geocoder", "geocoder_url") if not settings.geocoder else {}
    kind = settings.geocoder or choice["geocoder"]
    if kind not in URLS:
        return None
    return Source(kind, settings.geocoder_url or choice.get("geocoder_url") or URLS[kind])


def kept_answer(text: str) -> list[Spot] | None:
    """What the site's geocoder said to this text before; None where it was not asked."""
    asked = source()
    row = db.session.get(Geocoded, _question(asked, text)) if asked else None
    return None if row is None else [Spot(**spot) for spot in row.found]


def ask(text: str, language: str, now: datetime) -> list[Spot]:
    """What the site's geocoder says to a text now. Raises TooMany before its turn, GeocoderServiceError on failure.

    No transaction may be open: the answer takes seconds.
    """
    asked = source()
    db.session.rollback()
    if asked is None:
        return []
    take(PACE, "all", now)
    found = _open(asked).geocode(text, exactly_one=False, limit=MOST, language=language)
    return [Spot(place.address, place.latitude, place.longitude) for place in found or ()]


def keep_answer(text: str, spots: list[Spot], now: datetime) -> None:
    """Remember what was said to a text."""
    asked = source()
    if asked is not None:
        found = [asdict(spot) for spot in spots]
        db.session.merge(Geocoded(question=_question(asked, text), found=found, asked_at=now))


def forget_answers(now: datetime) -> int:
    """Delete old answers; how many."""
    return db.session.execute(delete(Geocoded).where(Geocoded.asked_at < now - KEPT)).rowcount


def _question(asked: Source, text: str) -> str:
    return f"{asked.kind} {asked.url} {fold(text)[:300]}"


def _open(asked: Source):
    # Loaded where it is asked, in the worker: web processes start without.
    from geopy.geocoders import get_geocoder_for_service

    parts, settings = urlsplit(asked.url), current_app.config["SETTINGS"]
    return get_geocoder_for_service(asked.kind)(
        domain=parts.netloc,
        scheme=parts.scheme,
        timeout=SECONDS,
        user_agent=f"StayTouch Events ({settings.site_url}; {settings.mail_from})",
    )
