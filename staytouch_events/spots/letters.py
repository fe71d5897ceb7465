"""Posting news of a place to whoever reported it or said "me too"."""

from datetime import datetime, timedelta

from sqlalchemy import select

from .. import outbox
from ..db import db
from ..people.queries import zone_of
from .models import CLOSED, Spot, Watcher

# So long a mistake can be taken back before anybody hears of it.
WAITS = timedelta(minutes=10)


def tell(spot: Spot, news: str, now: datetime) -> None:
    """One letter to each who wants to hear; that it was closed concerns only who reported it."""
    wanted = select(Watcher).where(
        Watcher.spot_id == spot.id, Watcher.confirmed_at.is_not(None), Watcher.ended_at.is_(None)
    )
    if news == CLOSED:
        wanted = wanted.where(Watcher.reported)
    for watcher in db.session.scalars(wanted).all():
        person = watcher.person
        if person.email:
            outbox.post(
                f"spots.{news}",
                to=person.email,
                name=person.name,
                language=person.language,
                facts={"watcher": watcher.id},
                now=now,
                wait=WAITS,
                key=_key(watcher, news),
                zone=zone_of(person),
            )


def withdraw(spot: Spot, news: str, now: datetime) -> None:
    """What became untrue before it was sent is not sent."""
    for watcher in db.session.scalars(select(Watcher).where(Watcher.spot_id == spot.id)).all():
        outbox.withdraw_letters(_key(watcher, news), now, "taken back")


def _key(watcher: Watcher, news: str) -> str:
    return f"spot-{news}:{watcher.id}"
