"""Searching public events, a page at a time, the same SQL on both databases."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import ceil, cos, floor, radians

from sqlalchemy import BigInteger, Float, Row, ScalarSelect, Select, and_, bindparam, func, literal, or_, select

from ..db import db
from ..events.models import POSTPONED, PUBLIC, PUBLISHED, SHOWN, Event, EventPlace, EventTag
from ..events.places import public_point
from ..feeds.queries import removed
from ..geo.distance import distance_m, least_dot, tiles_within, unit_vector
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..rsvps.queries import helpers_seats_of, seat_mark_of, seats_of
from ..text import fold
from ..volunteers.queries import Need, hands_of, needs_hands, needs_of
from .hand_queries import emptiest_first
from .searches import Cursor, Search, write_cursor

# Lists are made of the tables' rows: statements on mapped classes cost several times as much to put together.
EVENTS, PLACES, TAGS, GROUPS = (model.__table__.c for model in (Event, EventPlace, EventTag, Group))
PAGE = 20
MOST_COUNTED = 1000
CREWS = 8
# Metres: further away a crew is not around here.
AROUND = 160_000
CARD = (
    "id slug title kind state all_day starts_at ends_at starts_wall ends_wall zone venue address place_name online"
    " capacity seats_for_shifts waitlist group_id lat lon place_hidden public_lat public_lon"
).split()
# Beside that, what a feed says.
TOLD = "uid summary description reason created_at published_at changed_at".split()


@dataclass(frozen=True)
class Found:
    """One page of a search: rows with their group's name, seats' picture and distance in metres."""

    rows: Sequence[Row]
    marks: dict
    metres: dict[int, float]
    total: int
    needs: dict[int, Need]
    after: str | None


def search(asked: Search, now: datetime, limit: int = PAGE, more: Sequence[str] = ()) -> Found:
    """The page of results after the search's cursor; rows have `more` columns than a card's.

    Soonest first; a search for hands shows the emptiest of each day first (hand_queries.py).
    """
    found = matching(asked, now)
    # Seats and the count come with the rows, one question to the database instead of three,
    # and the page is cut before anything but the index is read.
    wanted = _shown(tuple(more)).add_columns(_number_of(found).label("total"))
    if asked.needs_at:
        rows, places = _by_need(wanted, emptiest_first(found, asked, now, limit + 1))
    else:
        rows = _in_order(wanted.where(EVENTS.id.in_(_page(found, asked, now, limit + 1))), limit + 1)
        places = [Cursor(int(row.starts_at.timestamp()), row.id) for row in rows]
    shown = rows[:limit]
    return Found(
        rows=shown,
        marks={row.id: seat_mark_of(row, row.seats_taken, row.seats_helping) for row in shown},
        metres=_distances(shown, asked),
        total=rows[0].total if rows else count(asked, now),
        needs=needs_of([row.id for row in shown], now),
        after=write_cursor(places[limit - 1]) if len(rows) > limit else None,
    )


def _by_need(wanted: Select, places: list[Cursor]) -> tuple[list[Row], list[Cursor]]:
    """The rows at these places, in their order; a place whose event went meanwhile goes with it."""
    rows = {row.id: row for row in db.session.execute(wanted.where(EVENTS.id.in_([it.event_id for it in places])))}
    places = [place for place in places if place.event_id in rows]
    return [rows[place.event_id] for place in places], places


@lru_cache(8)
def _shown(more: tuple[str, ...]) -> Select:
    """What a list shows of an event, of its group and of its seats."""
    columns = [EVENTS[name] for name in (*CARD, *more)]
    names = GROUPS.name.label("group_name"), GROUPS.slug.label("group_slug")
    seats = seats_of(EVENTS).label("seats_taken"), helpers_seats_of(EVENTS).label("seats_helping")
    wanted = select(*columns, *names, *seats)
    return wanted.join(Group.__table__, GROUPS.id == EVENTS.group_id)


def count(asked: Search, now: datetime) -> int:
    """How many match, counted no further than one more than a thousand."""
    return db.session.scalar(select(_number_of(matching(asked, now))))


def _number_of(found: Select) -> ScalarSelect:
    return select(func.count()).select_from(found.limit(MOST_COUNTED + 1).subquery()).scalar_subquery()


def hands(asked: Search, now: datetime) -> int:
    """How many hands all that match need."""
    return hands_of(matching(asked, now), now)


def rows_for_feed(asked: Search, limit: int) -> Sequence[Row]:
    """What an Atom feed tells of each event, soonest first."""
    columns = [EVENTS[name] for name in (*CARD, *TOLD)]
    return _in_order(_matching(select(*columns, GROUPS.name.label("group_name")), asked), limit)


def news(
    asked: Search, now: datetime, after: datetime | None = None, until: datetime | None = None, limit: int = 20
) -> Sequence[Row]:
    """Events of a search that take place, soonest first; with two instants those published between them."""
    columns = [EVENTS[name] for name in CARD]
    found = _matching(select(*columns, GROUPS.name.label("group_name")), asked, now).where(EVENTS.state == PUBLISHED)
    if after is not None:
        found = found.where(EVENTS.published_at > after, EVENTS.published_at <= until)
    return _in_order(found, limit)


def entries(asked: Search, limit: int) -> list[bytes]:
    """The stored calendar entries of a search, soonest first."""
    return [row.vevent for row in _in_order(_matching(select(EVENTS.vevent), asked), limit)]


def left(asked: Search, day: datetime) -> list[bytes]:
    """What a calendar of the search has to take out again: stubs of events that became less public."""
    return [stub for event, stub in removed(day) if _was_in(asked, event)]


def points(asked: Search, now: datetime, limit: int) -> Sequence[Row]:
    """What a map needs of each event that has a place, soonest first."""
    columns = [EVENTS[name] for name in CARD]
    placed = _matching(select(*columns), asked, now).where(EVENTS.lat.is_not(None))
    return _in_order(placed, limit)


def past_months(asked: Search, limit: int = 5000) -> list[tuple[date, int]]:
    """The months in which events of a search took place, latest first, and how many in each."""
    held = _matching(select(EVENTS.starts_wall), asked).where(EVENTS.state == PUBLISHED, EVENTS.ends_at <= asked.until)
    months = Counter(row.starts_wall.date().replace(day=1) for row in _in_order(held, limit))
    return sorted(months.items(), reverse=True)


def _in_order(wanted: Select, limit: int) -> Sequence[Row]:
    return db.session.execute(wanted.order_by(EVENTS.starts_at, EVENTS.id).limit(limit)).all()


def crews_near(point: tuple[float, float]) -> list[tuple[Row, float]]:
    """Rows of public groups within a day's reach and their distance in metres, the nearest first."""
    lat, lon = point
    rows = db.session.execute(
        _nearest_crews(db.engine.dialect.name), {"lat": lat, "lon": lon, "narrow": cos(radians(lat))}
    )
    found = [(group, distance_m(lat, lon, group.lat, group.lon)) for group in rows]
    return [(group, far) for group, far in found if far <= AROUND]


@lru_cache(2)
def _nearest_crews(dialect: str) -> Select:
    lat, lon, narrow = (bindparam(name, type_=Float) for name in ("lat", "lon", "narrow"))
    north, apart = GROUPS.lat - lat, func.abs(GROUPS.lon - lon)
    east = (func.min if dialect == "sqlite" else func.least)(apart, 360 - apart) * narrow
    columns = GROUPS.id, GROUPS.slug, GROUPS.name, GROUPS.causes, GROUPS.place_name, GROUPS.lat, GROUPS.lon
    public = select(*columns).where(GROUPS.visibility == PUBLIC_GROUP, GROUPS.lat.is_not(None))
    return public.order_by(north * north + east * east).limit(CREWS)


def groups_page(asked: Search, after: int, limit: int) -> tuple[list[tuple[Group, float | None]], str | None]:
    """Public groups of a search after a number, each with its distance in metres, and the next page's cursor."""
    rows = db.session.scalars(
        select(Group).where(GROUPS.visibility == PUBLIC_GROUP, GROUPS.id > after).order_by(GROUPS.id)
    )
    found = [(group, far) for group in rows if (far := _reach(group, asked)) is not None]
    page = found[:limit]
    distances = [(group, far if asked.point else None) for group, far in page]
    return distances, str(page[-1][0].id) if len(found) > limit else None


def _reach(group: Group, asked: Search) -> float | None:
    """How far a group is (0 where no place is asked for); None where it does not match."""
    words = fold(f"{group.name} {group.summary} {group.place_name} {' '.join(group.causes)}")
    if (asked.kind and asked.kind not in group.causes) or not all(word in words for word in fold(asked.words).split()):
        return None
    if asked.point is None:
        return 0.0
    far = None if group.lat is None else distance_m(*asked.point, group.lat, group.lon)
    return far if far is not None and far <= asked.radius_m else None


def matching(asked: Search, now: datetime) -> Select:
    """The ids of what a list shows; from the place index alone, where it knows all that is asked."""
    # What ends after now is listed, postponed or not.
    more = asked.online or asked.tags or asked.words or asked.group_id or asked.needs_at
    if asked.point and asked.since >= now and not more:
        return select(PLACES.event_id).where(*_around(asked))
    return _matching(select(EVENTS.id), asked, now)


def _page(found: Select, asked: Search, now: datetime, limit: int) -> Select:
    """Of the ids found, those from the cursor on, soonest first; around a place by the place index's own columns."""
    starts_at, number = (PLACES.starts_at, PLACES.event_id) if asked.point else (EVENTS.starts_at, EVENTS.id)
    if asked.after:
        seconds = asked.after.starts_at
        instant = _whole(seconds) if asked.point else datetime.fromtimestamp(seconds, now.tzinfo)
        found = found.where(or_(starts_at > instant, and_(starts_at == instant, number > asked.after.event_id)))
    return found.order_by(starts_at, number).limit(limit)


def _matching(columns: Select, asked: Search, now: datetime | None = None) -> Select:
    """Public events of a search. A list, which says what is on `now`, leaves out what waits for a new date."""
    found = columns.join_from(Event.__table__, Group.__table__, GROUPS.id == EVENTS.group_id)
    if asked.point:
        found = found.join(EventPlace.__table__, PLACES.event_id == EVENTS.id).where(*_around(asked))
    else:
        found = found.where(
            EVENTS.state.in_(SHOWN),
            EVENTS.visibility == PUBLIC,
            GROUPS.visibility == PUBLIC_GROUP,
            EVENTS.ends_at > asked.since,
        )
        found = found.where(EVENTS.starts_at < asked.until) if asked.until else found
    if now is not None:
        found = found.where(or_(EVENTS.state != POSTPONED, EVENTS.ends_at > now))
    if asked.group_id:
        found = found.where(EVENTS.group_id == asked.group_id)
    if asked.kind:
        found = found.where(EVENTS.kind == asked.kind)
    if asked.needs_at:
        found = found.where(needs_hands(asked.needs_at))
    if asked.online:
        found = found.where(EVENTS.online)
    for tag in asked.tags:
        found = found.where(select(TAGS.id).where(TAGS.event_id == EVENTS.id, TAGS.tag == tag).exists())
    for word in fold(asked.words).split():
        found = found.where(EVENTS.words.contains(word, autoescape=True))
    return found


def _was_in(asked: Search, event: Event) -> bool:
    """Whether an event that is listed no more would match, were it listed."""
    point, tags = public_point(event), {fold(tag) for tag in event.tags}
    return (
        event.ends_at > asked.since
        and (asked.until is None or event.starts_at < asked.until)
        and (not asked.kind or event.kind == asked.kind)
        and (not asked.online or event.online)
        and set(asked.tags) <= tags
        and all(word in event.words for word in fold(asked.words).split())
        and (asked.point is None or (point is not None and distance_m(*asked.point, *point) <= asked.radius_m))
    )


def _around(asked: Search) -> list:
    """The place index's own columns, so that its covering index answers (performance.md)."""
    column, tiles = tiles_within(*asked.point, asked.radius_m)
    x, y, z = unit_vector(*asked.point)
    dot = PLACES.x * x + PLACES.y * y + PLACES.z * z
    conditions = [
        PLACES[column].in_(tiles),
        PLACES.ends_at > _whole(asked.since.timestamp()),
        dot >= least_dot(asked.radius_m),
    ]
    if asked.until:
        conditions.append(PLACES.starts_at < _whole(ceil(asked.until.timestamp())))
    if asked.kind:
        conditions.append(PLACES.kind == asked.kind)
    return conditions


def _whole(seconds: float):
    """Seconds as the place index keeps them: PostgreSQL uses no index on whole numbers for a fraction."""
    return literal(floor(seconds), BigInteger)


def _distances(rows: Sequence[Row], asked: Search) -> dict[int, float]:
    # How far it is to the middle of a state says nothing.
    if asked.point is None or asked.is_area:
        return {}
    points = {row.id: public_point(row) for row in rows}
    return {number: distance_m(*asked.point, *point) for number, point in points.items() if point}
