"""Making an event of a reported place."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..access.spots import event_of
from ..db import db, lock
from ..events.actions import new_event
from ..events.models import DRAFT, PIN, Event
from ..events.queries import last_of
from ..geo import gazetteer
from ..groups.models import Group
from ..refusals import Refused
from .models import NEEDING, Spot, SpotEvent
from .words import EVENT_KINDS

# What a draft takes over from the crew's last event but not its place and words.
EMPTY = dict.fromkeys("summary description venue address meeting_point parking transit picture_alt".split(), "")
EMPTY |= dict.fromkeys("parking_lat parking_lon public_lat public_lon drawn_lat drawn_lon picture".split())
EMPTY |= {"tags": [], "place_hidden": False}


def make_event(spot: Spot, group: Group, now: datetime) -> Event:
    """A draft of the group that cleans the place up; the one that it has already, if it has one. Raises Refused."""
    spot = lock(spot)
    if spot.state not in NEEDING:
        raise Refused(_("This place needs no hands any more."))
    known = draft_for(spot, group.id)
    if known is not None:
        return known
    if event_of(spot) is not None:
        raise Refused(_("A crew has set a date for it already."))
    event = new_event(group, now, copy_of=last_of(group), **_fields(spot, group))
    db.session.add(SpotEvent(spot_id=spot.id, event_id=event.id))
    db.session.flush()
    return event


def draft_for(spot: Spot, group_id: int) -> Event | None:
    """The draft that a group has for it."""
    return db.session.scalars(
        select(Event)
        .join(SpotEvent, SpotEvent.event_id == Event.id)
        .where(SpotEvent.spot_id == spot.id, Event.state == DRAFT, Event.group_id == group_id)
        .order_by(Event.id)
        .limit(1)
    ).first()


def _fields(spot: Spot, group: Group) -> dict[str, Any]:
    return EMPTY | {
        "title": _("Clean-up: %(spot)s", spot=spot.title),
        "kind": EVENT_KINDS.get(spot.kind, "street"),
        "place_name": spot.place_name,
        "country_code": spot.country_code,
        "lat": spot.lat,
        "lon": spot.lon,
        "precision": PIN,
        "zone": gazetteer().zone_at(spot.lat, spot.lon) or group.zone,
    }
