"""The statements of searches, the same SQL on both databases, put together once for all searches of one shape."""

from datetime import datetime
from functools import lru_cache
from math import ceil, floor
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, Select, and_, bindparam, func, or_, select

from ..db import Instant
from ..events.host_models import helped_by
from ..events.models import POSTPONED, PUBLIC, SHOWN, Event, EventPlace, EventTag
from ..geo.distance import least_dot, tiles_within, unit_vector
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..text import fold
from ..volunteers.queries import needs_hands
from .searches import Search

# Lists are made of the tables' rows: statements on mapped classes cost several times as much to put together.
EVENTS, PLACES, TAGS, GROUPS = (model.__table__.c for model in (Event, EventPlace, EventTag, Group))
MOST_COUNTED = 1000
NOW = bindparam("now", type_=Instant)


class Shape(NamedTuple):
    """What decides how a search's statement is written; all else of the search is among its values."""

    # The place index's column that is asked, "" where no place is.
    tiles: str
    # A list, which says what is on, leaves out what waits for a new date; a calendar and a map show that, too.
    lists: bool
    # What ends after now is listed, postponed or not.
    to_come: bool
    until: bool
    kind: bool
    needs: bool
    online: bool
    group: bool
    after: bool
    tags: int
    words: int


_HOSTED = helped_by([bindparam("group")])


def shape_of(asked: Search, now: datetime | None = None) -> Shape:
    """The shape of a search; `now` is given by a list."""
    return Shape(
        tiles=tiles_within(*asked.point, asked.radius_m)[0] if asked.point else "",
        lists=now is not None,
        to_come=now is not None and asked.since >= now,
        until=asked.until is not None,
        kind=bool(asked.kind),
        needs=asked.needs_at is not None,
        online=asked.online,
        group=asked.group_id is not None,
        after=asked.after is not None,
        tags=len(asked.tags),
        words=len(fold(asked.words).split()),
    )


def values_of(asked: Search, now: datetime | None = None) -> dict[str, Any]:
    """What a search puts into its statement."""
    values: dict[str, Any] = {"now": now or asked.needs_at, "since": asked.since, "until": asked.until}
    values |= {"kind": asked.kind, "group": asked.group_id}
    values |= {f"tag{number}": tag for number, tag in enumerate(asked.tags)}
    values |= {f"word{number}": _anywhere(word) for number, word in enumerate(fold(asked.words).split())}
    if asked.point:
        values |= dict(zip("xyz", unit_vector(*asked.point), strict=True))
        values |= {"tiles": tiles_within(*asked.point, asked.radius_m)[1], "least": least_dot(asked.radius_m)}
        # Whole seconds, as the place index keeps them: PostgreSQL uses no index on whole numbers for a fraction.
        values["since"] = floor(asked.since.timestamp())
        values["until"] = ceil(asked.until.timestamp()) if asked.until else None
    if asked.after:
        seconds, values["after_id"] = asked.after.starts_at, asked.after.event_id
        values["after"] = seconds if asked.point else datetime.fromtimestamp(seconds, asked.since.tzinfo)
    return values


@lru_cache(256)
def matching(shape: Shape) -> Select:
    """The ids of what a list shows; from the place index alone, where it knows all that is asked."""
    more = shape.online or shape.tags or shape.words or shape.group or shape.needs
    if shape.tiles and shape.to_come and not more:
        return select(PLACES.event_id).where(*_around(shape))
    return narrowed(select(EVENTS.id), shape)


@lru_cache(256)
def number_of(shape: Shape) -> ScalarSelect:
    """How many match, counted no further than one more than a thousand."""
    return select(func.count()).select_from(matching(shape).limit(MOST_COUNTED + 1).subquery()).scalar_subquery()


def page_of(shape: Shape, limit: int) -> Select:
    """Of the ids that match, those from the cursor on, soonest first; around a place by its index's own columns."""
    starts_at, number = (PLACES.starts_at, PLACES.event_id) if shape.tiles else (EVENTS.starts_at, EVENTS.id)
    found = matching(shape)
    if shape.after:
        instant, last = bindparam("after", type_=starts_at.type), bindparam("after_id", type_=number.type)
        found = found.where(or_(starts_at > instant, and_(starts_at == instant, number > last)))
    return found.order_by(starts_at, number).limit(limit)


def narrowed(columns: Select, shape: Shape) -> Select:
    """Of public events with their groups, those of a search."""
    found = columns.join_from(Event.__table__, Group.__table__, GROUPS.id == EVENTS.group_id)
    if shape.tiles:
        found = found.join(EventPlace.__table__, PLACES.event_id == EVENTS.id).where(*_around(shape))
    else:
        found = found.where(
            EVENTS.state.in_(SHOWN),
            EVENTS.visibility == PUBLIC,
            GROUPS.visibility == PUBLIC_GROUP,
            EVENTS.ends_at > bindparam("since"),
        )
        found = found.where(EVENTS.starts_at < bindparam("until")) if shape.until else found
    return found.where(*_conditions(shape))


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    asked = (
        (shape.lists, or_(EVENTS.state != POSTPONED, EVENTS.ends_at > NOW)),
        (shape.group, or_(EVENTS.group_id == bindparam("group"), EVENTS.id.in_(_HOSTED))),
        (shape.kind, EVENTS.kind == bindparam("kind")),
        (shape.needs, needs_hands(NOW)),
        (shape.online, EVENTS.online),
        # A list of everything shows a day once; near a place, and for words or hands, each of its sites.
        (not (shape.tiles or shape.words or shape.needs), EVENTS.umbrella_id.is_(None)),
    )
    found = [condition for is_asked, condition in asked if is_asked]
    for number in range(shape.tags):
        found.append(select(TAGS.id).where(TAGS.event_id == EVENTS.id, TAGS.tag == bindparam(f"tag{number}")).exists())
    for number in range(shape.words):
        found.append(EVENTS.words.like(bindparam(f"word{number}"), escape="/"))
    return found


def _around(shape: Shape) -> list[ColumnElement[bool]]:
    """The place index's own columns, so that its covering index answers (performance.md)."""
    x, y, z, least = (bindparam(name, type_=PLACES.x.type) for name in ("x", "y", "z", "least"))
    conditions = [
        PLACES[shape.tiles].in_(bindparam("tiles", expanding=True)),
        PLACES.ends_at > bindparam("since", type_=BigInteger),
        PLACES.x * x + PLACES.y * y + PLACES.z * z >= least,
    ]
    if shape.until:
        conditions.append(PLACES.starts_at < bindparam("until", type_=BigInteger))
    if shape.kind:
        conditions.append(PLACES.kind == bindparam("kind"))
    return conditions


def _anywhere(word: str) -> str:
    """A word as LIKE finds it in a text, its own signs meant as such."""
    for sign in "/%_":
        word = word.replace(sign, f"/{sign}")
    return f"%{word}%"
