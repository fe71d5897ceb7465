"""Which reported places exist for whom, who looks after them, and whose mail a link stands for."""

from flask import abort
from sqlalchemy import Select, select

from ..db import db
from ..events.models import CANCELLED, Event
from ..geo.distance import distance_m
from ..groups.models import ORGANIZING, Group, Membership
from ..spots.models import CLOSED, SHOWN, Spot, SpotEvent, Watcher
from .events import listed_events, may_host
from .tokens import row_by_token, token_of

WATCH = "spots.watch"
# Metres around a crew's home within which its organizers look after places without an event.
REACH = 50_000


def shown_spots() -> Select:
    """Places that anybody may see: confirmed, and not closed."""
    return select(Spot).where(Spot.state.in_(SHOWN))


def organized_groups(viewer) -> Select:
    """Groups of which the viewer can make a place an event."""
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id, Membership.role.in_(ORGANIZING))
    return select(Group).where(Group.id.in_(mine)).order_by(Group.name)


def event_of(spot: Spot) -> Event | None:
    """The event that cleans it up, as anybody may see it: the soonest that stands."""
    made = select(SpotEvent.event_id).where(SpotEvent.spot_id == spot.id)
    standing = listed_events().where(Event.id.in_(made), Event.state != CANCELLED)
    return db.session.scalars(standing.order_by(Event.starts_at).limit(1)).first()


def may_tend(viewer, spot: Spot) -> bool:
    """Whether the viewer may mark it cleaned, close it, open it again.

    Organizers of the crew whose event it is; where there is none, of any crew at home near it; site admins.
    """
    if not viewer.is_authenticated:
        return False
    if viewer.is_admin:
        return True
    event = event_of(spot)
    if event is not None:
        return may_host(viewer, event)
    return any(_is_near(group, spot) for group in db.session.scalars(organized_groups(viewer)))


def visible_spot(viewer, slug: str) -> Spot:
    """The place at this address; 404 while its report waits, and once it was closed, but for who looks after it."""
    spot = db.session.scalar(select(Spot).where(Spot.slug == slug))
    if spot is None or not (spot.state in SHOWN or (spot.state == CLOSED and may_tend(viewer, spot))):
        abort(404)
    return spot


def tended_spot(viewer, slug: str) -> Spot:
    """The place, for whoever looks after it: 404 unseen, 403 seen but not theirs."""
    spot = visible_spot(viewer, slug)
    if not may_tend(viewer, spot):
        abort(403)
    return spot


def watch_token(watcher: Watcher) -> str:
    """The standing token that confirms a report or a "me too", and ends its mail."""
    return token_of(WATCH, watcher)


def watcher_by_token(text: str) -> Watcher:
    """Whose link it is; 404 for an unknown or revoked token."""
    return row_by_token(Watcher, WATCH, text)


def _is_near(group: Group, spot: Spot) -> bool:
    return group.lat is not None and distance_m(group.lat, group.lon, spot.lat, spot.lon) <= REACH
