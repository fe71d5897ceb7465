"""Searching public events, a page at a time, the same SQL on both databases."""

from collections import Counter, namedtuple
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import cos, radians
from typing import Any, NamedTuple

from sqlalchemy import Float, Row, Select, bindparam, func, select

from ..db import db
from ..events.models import PUBLISHED, Event
from ..events.places import public_point
from ..feeds.queries import removed
from ..geo.distance import distance_m
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..rsvps.queries import helpers_seats_of, seat_mark_of, seats_of
from ..text import fold
from ..volunteers.queries import Need, hands_of, needs_of
from .hand_queries import emptiest_first
from .matching import EVENTS, GROUPS, Shape, matching, narrowed, number_of, page_of, shape_of, values_of
from .searches import Cursor, Search, write_cursor

PAGE = 50
CREWS = 8
# Metres: further away a crew is not around here.
AROUND = 160_000
CARD = (
    "id slug title kind state all_day starts_at ends_at starts_wall ends_wall zone venue address place_name online"
    " capacity seats_for_shifts waitlist group_id is_umbrella lat lon place_hidden public_lat public_lon"
).split()
# Beside that, what a feed says.
TOLD = "uid summary description reason created_at published_at changed_at".split()


@dataclass(frozen=True)
class Found:
    """One page of a search: rows with their group's name, seats' picture and distance in metres."""

    rows: Sequence[NamedTuple]
    marks: dict
    metres: dict[int, float]
    total: int
    needs: dict[int, Need]
    after: str | None


def search(asked: Search, now: datetime, limit: int = PAGE, more: Sequence[str] = ()) -> Found:
    """The page of results after the search's cursor; rows have `more` columns than a card's.

    Soonest first; a search for hands shows the emptiest of each day first (hand_queries.py).
    """
    rows, after = (_emptiest if asked.needs_at else _soonest)(asked, now, limit, tuple(more))
    return Found(
        rows=rows,
        marks={row.id: seat_mark_of(row, row.seats_taken, row.seats_helping) for row in rows},
        metres=_distances(rows, asked),
        total=rows[0].total if rows else count(asked, now),
        needs=needs_of([row.id for row in rows], now),
        after=after and write_cursor(after),
    )


def _soonest(asked: Search, now: datetime, limit: int, more: tuple[str, ...]) -> tuple[list, Cursor | None]:
    rows = _read(_page(shape_of(asked, now), limit + 1, more), values_of(asked, now))
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], last and Cursor(int(last.starts_at.timestamp()), last.id)


def _emptiest(asked: Search, now: datetime, limit: int, more: tuple[str, ...]) -> tuple[list, Cursor | None]:
    shape, values = shape_of(asked, now), values_of(asked, now)
    places = emptiest_first(matching(shape), values, asked, now, limit + 1)
    ids = {"ids": [place.event_id for place in places]}
    # A place whose event went meanwhile goes with it.
    rows = {row.id: row for row in _read(_these(shape, more), values | ids)}
    places = [place for place in places if place.event_id in rows]
    after = places[limit - 1] if len(places) > limit else None
    return [rows[place.event_id] for place in places[:limit]], after


def _read(wanted: Select, values: dict[str, Any]) -> list:
    found = db.session.execute(wanted, values)
    # A named tuple gives its parts ten times as fast as the library's row.
    return list(map(_row(tuple(found.keys()))._make, found))


@lru_cache(8)
def _row(names: tuple[str, ...]) -> type[NamedTuple]:
    return namedtuple("Listed", names)


@lru_cache(256)
def _page(shape: Shape, limit: int, more: tuple[str, ...]) -> Select:
    """The page is cut before anything but the index is read."""
    return _in_order(_shown(shape, more).where(EVENTS.id.in_(page_of(shape, limit))), limit)


@lru_cache(64)
def _these(shape: Shape, more: tuple[str, ...]) -> Select:
    return _shown(shape, more).where(EVENTS.id.in_(bindparam("ids", expanding=True)))


def _shown(shape: Shape, more: tuple[str, ...]) -> Select:
    """What a list shows of events, of their groups and seats, and how many there are in all.

    Seats and the count come with the rows: one question to the database instead of three.
    """
    columns = [EVENTS[name] for name in (*CARD, *more)]
    names = GROUPS.name.label("group_name"), GROUPS.slug.label("group_slug")
    seats = seats_of(EVENTS).label("seats_taken"), helpers_seats_of(EVENTS).label("seats_helping")
    total = number_of(shape._replace(after=False)).label("total")
    return select(*columns, *names, *seats, total).join(Group.__table__, GROUPS.id == EVENTS.group_id)


def count(asked: Search, now: datetime) -> int:
    """How many match, counted no further than one more than a thousand."""
    return db.session.scalar(select(number_of(shape_of(asked, now))), values_of(asked, now))


def hands(asked: Search, now: datetime) -> int:
    """How many hands all that match need."""
    return hands_of(matching(shape_of(asked, now)), values_of(asked, now))


def rows_for_feed(asked: Search, limit: int) -> Sequence[Row]:
    """What an Atom feed tells of each event, soonest first."""
    columns = [EVENTS[name] for name in (*CARD, *TOLD)]
    return _rows(narrowed(select(*columns, GROUPS.name.label("group_name")), shape_of(asked)), asked, limit)


def news(
    asked: Search, now: datetime, after: datetime | None = None, until: datetime | None = None, limit: int = 20
) -> Sequence[Row]:
    """Events of a search that take place, soonest first; with two instants those published between them."""
    columns = [EVENTS[name] for name in CARD]
    found = narrowed(select(*columns, GROUPS.name.label("group_name")), shape_of(asked, now))
    found = found.where(EVENTS.state == PUBLISHED)
    if after is not None:
        found = found.where(EVENTS.published_at > after, EVENTS.published_at <= until)
    return _rows(found, asked, limit, now)


def entries(asked: Search, limit: int) -> list[bytes]:
    """The stored calendar entries of a search, soonest first."""
    return [row.vevent for row in _rows(narrowed(select(EVENTS.vevent), shape_of(asked)), asked, limit)]


def left(asked: Search, day: datetime) -> list[bytes]:
    """What a calendar of the search has to take out again: stubs of events that became less public."""
    return [stub for event, stub in removed(day) if _was_in(asked, event)]


def points(asked: Search, now: datetime, limit: int) -> Sequence[Row]:
    """What a map needs of each event that has a place, soonest first."""
    columns = [EVENTS[name] for name in CARD]
    placed = narrowed(select(*columns), shape_of(asked, now)).where(EVENTS.lat.is_not(None))
    return _rows(placed, asked, limit, now)


def past_months(asked: Search, limit: int = 5000) -> list[tuple[date, int]]:
    """The months in which events of a search took place, latest first, and how many in each."""
    held = narrowed(select(EVENTS.starts_wall), shape_of(asked))
    held = held.where(EVENTS.state == PUBLISHED, EVENTS.ends_at <= asked.until)
    months = Counter(row.starts_wall.date().replace(day=1) for row in _rows(held, asked, limit))
    return sorted(months.items(), reverse=True)


def _in_order(wanted: Select, limit: int) -> Select:
    return wanted.order_by(EVENTS.starts_at, EVENTS.id).limit(limit)


def _rows(wanted: Select, asked: Search, limit: int, now: datetime | None = None) -> Sequence[Row]:
    return db.session.execute(_in_order(wanted, limit), values_of(asked, now)).all()


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


def _distances(rows: Sequence[Row], asked: Search) -> dict[int, float]:
    # How far it is to the middle of a state says nothing.
    if asked.point is None or asked.is_area:
        return {}
    points = {row.id: public_point(row) for row in rows}
    return {number: distance_m(*asked.point, *point) for number, point in points.items() if point}
