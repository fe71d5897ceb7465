"""Searching public events, a page at a time, the same SQL on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, cos, floor, radians

from sqlalchemy import BigInteger, Row, Select, and_, func, literal, or_, select

from ..db import db
from ..events.models import POSTPONED, PUBLIC, SHOWN, Event, EventPlace, EventTag
from ..geo.distance import distance_m, least_dot, tiles_within, unit_vector
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..rsvps.queries import seat_marks
from ..text import fold
from .searches import Search, write_cursor

PAGE = 20
MOST_COUNTED = 1000
# Metres: further away a crew is not around here.
AROUND = 160_000
CARD = (
    "id slug title kind state all_day starts_at ends_at starts_wall ends_wall zone venue address place_name online"
    " capacity waitlist group_id lat lon"
).split()


@dataclass(frozen=True)
class Found:
    """One page of a search: rows with their group's name, seats' picture and distance in metres."""

    rows: Sequence[Row]
    marks: dict
    metres: dict[int, float]
    total: int
    after: str | None


def search(asked: Search, now: datetime, limit: int = PAGE) -> Found:
    """The page of results after the search's cursor, soonest first."""
    rows = _cards(_after_cursor(matching(asked, now), asked, now).limit(limit + 1))
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return Found(
        rows=shown,
        marks=seat_marks(shown),
        metres=_distances(shown, asked),
        total=count(asked, now),
        after=write_cursor(int(last.starts_at.timestamp()), last.id) if last else None,
    )


def count(asked: Search, now: datetime) -> int:
    """How many match, counted no further than one more than a thousand."""
    inner = matching(asked, now).limit(MOST_COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(inner))


def crews_near(point: tuple[float, float], limit: int = 8) -> list[tuple[Group, float]]:
    """Public groups within a day's reach and their distance in metres, the nearest first."""
    lat, lon = point
    narrow = cos(radians(lat))
    apart = func.abs(Group.lon - lon)
    east = func.min(apart, 360 - apart) if db.engine.dialect.name == "sqlite" else func.least(apart, 360 - apart)
    flat = (Group.lat - lat) * (Group.lat - lat) + east * east * (narrow * narrow)
    groups = db.session.scalars(
        select(Group).where(Group.visibility == PUBLIC_GROUP, Group.lat.is_not(None)).order_by(flat).limit(limit)
    )
    found = [(group, distance_m(lat, lon, group.lat, group.lon)) for group in groups]
    return [(group, far) for group, far in found if far <= AROUND]


def matching(asked: Search, now: datetime) -> Select:
    """The ids of what a search finds; the place index alone is read as far as it knows what is asked."""
    if asked.point and _only_where_and_when(asked, now):
        return select(EventPlace.event_id.label("id")).where(*_around(asked))
    found = select(Event.id)
    if asked.point:
        found = found.join(EventPlace, EventPlace.event_id == Event.id).where(*_around(asked))
    else:
        found = found.join(Group, Group.id == Event.group_id).where(
            Event.state.in_(SHOWN),
            Event.visibility == PUBLIC,
            Group.visibility == PUBLIC_GROUP,
            Event.ends_at > asked.since,
        )
        found = found.where(Event.starts_at < asked.until) if asked.until else found
    # A postponed event whose old date is over waits for its new one outside the lists.
    found = found.where(or_(Event.state != POSTPONED, Event.ends_at > now))
    if asked.kind:
        found = found.where(Event.kind == asked.kind)
    if asked.online:
        found = found.where(Event.online)
    for tag in asked.tags:
        found = found.where(select(EventTag.id).where(EventTag.event_id == Event.id, EventTag.tag == tag).exists())
    for word in fold(asked.words).split():
        found = found.where(Event.words.contains(word, autoescape=True))
    return found


def _only_where_and_when(asked: Search, now: datetime) -> bool:
    """Whether the place index's columns can answer. What ends after now is listed, postponed or not."""
    return asked.since >= now and not (asked.online or asked.tags or asked.words)


def _after_cursor(found: Select, asked: Search, now: datetime) -> Select:
    """Soonest first, from the cursor on; around a place by the place index's own columns."""
    starts_at, number = (EventPlace.starts_at, EventPlace.event_id) if asked.point else (Event.starts_at, Event.id)
    if asked.after:
        seconds, last = asked.after
        instant = _whole(seconds) if asked.point else datetime.fromtimestamp(seconds, now.tzinfo)
        found = found.where(or_(starts_at > instant, and_(starts_at == instant, number > last)))
    return found.order_by(starts_at, number)


def _cards(page: Select) -> Sequence[Row]:
    """What cards show of these ids. The page is cut before anything else of an event is read."""
    ids = page.subquery()
    columns = [getattr(Event, name) for name in CARD]
    return db.session.execute(
        select(*columns, Group.name.label("group_name"))
        .join_from(ids, Event, Event.id == ids.c.id)
        .join(Group, Group.id == Event.group_id)
        .order_by(Event.starts_at, Event.id)
    ).all()


def _around(asked: Search) -> list:
    """The place index's own columns, so that its covering index answers (performance.md)."""
    column, tiles = tiles_within(*asked.point, asked.radius_m)
    x, y, z = unit_vector(*asked.point)
    dot = EventPlace.x * x + EventPlace.y * y + EventPlace.z * z
    conditions = [
        getattr(EventPlace, column).in_(tiles),
        EventPlace.ends_at > _whole(asked.since.timestamp()),
        dot >= least_dot(asked.radius_m),
    ]
    if asked.until:
        conditions.append(EventPlace.starts_at < _whole(ceil(asked.until.timestamp())))
    if asked.kind:
        conditions.append(EventPlace.kind == asked.kind)
    return conditions


def _whole(seconds: float):
    """Seconds as the place index keeps them: PostgreSQL uses no index on whole numbers for a fraction."""
    return literal(floor(seconds), BigInteger)


def _distances(rows: Sequence[Row], asked: Search) -> dict[int, float]:
    if asked.point is None:
        return {}
    return {row.id: distance_m(*asked.point, row.lat, row.lon) for row in rows if row.lat is not None}
