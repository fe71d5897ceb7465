"""The lines by which an event is found: its place, its tags, its words."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from ..db import db
from ..geo.distance import tile, unit_vector
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..text import fold
from ..versions import raise_version
from .models import PUBLIC, SHOWN, Event, EventPlace, EventTag
from .places import public_point, whereabouts

_OLD = [
    delete(lines).where(lines.c.event_id == bindparam("event")) for lines in (EventPlace.__table__, EventTag.__table__)
]


def renew_index(event: Event) -> None:
    """Write the event's place and tag lines anew, or none where it may not be found."""
    for old in _OLD:
        db.session.execute(old, {"event": event.id})
    if not is_listed(event):
        return
    db.session.add_all(EventTag(event_id=event.id, tag=fold(tag)) for tag in dict.fromkeys(event.tags))
    point = public_point(event)
    # A day with several sites is found near each of them, not near itself.
    if point is not None and not event.is_umbrella:
        db.session.add(_place(event, *point))


def renew_group_index(group: Group, *, now: datetime, **_news: Any) -> None:
    """The group became more or less public, and its events with it."""
    for event in db.session.scalars(select(Event).where(Event.group_id == group.id)):
        renew_index(event)
        raise_version(f"event:{event.id}")


def is_listed(event: Event) -> bool:
    """Whether anybody may find it: shown, public, and of a public group."""
    return event.state in SHOWN and event.visibility == PUBLIC and event.group.visibility == PUBLIC_GROUP


def search_words(event: Event) -> str:
    """What the text search looks through, folded."""
    shown = whereabouts(event)
    return fold(" ".join((event.title, event.summary, shown.venue, shown.place_name, *event.tags)))


def _place(event: Event, lat: float, lon: float) -> EventPlace:
    x, y, z = unit_vector(lat, lon)
    return EventPlace(
        event_id=event.id,
        starts_at=int(event.starts_at.timestamp()),
        ends_at=int(event.ends_at.timestamp()),
        kind=event.kind,
        x=x,
        y=y,
        z=z,
        t0125=tile(lat, lon, 0.125),
        t05=tile(lat, lon, 0.5),
        t2=tile(lat, lon, 2),
    )
