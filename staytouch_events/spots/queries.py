"""Finding reported places, and counting who says so."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Float, Row, Select, bindparam, func, select

from ..access.spots import shown_spots
from ..db import db
from ..geo.distance import distance_m, least_dot, unit_vector
from .models import NEEDING, OPEN, SHOWN, Spot, SpotEvent, Watcher

PAGE = 20
# Metres within which a place is near, where nobody said how far.
AROUND = 80_000
CARD = "id slug title kind size state place_name picture lat lon".split()


def needing(point: tuple[float, float] | None, radius_m: float, states: Iterable[str] = NEEDING) -> Select:
    """Places that need hands, within a circle where there is one."""
    found = shown_spots().where(Spot.state.in_(states))
    return found if point is None else found.where(_within()).params(**_circle(point, radius_m))


def page_of(wanted: Select, after: int | None) -> tuple[Sequence[Spot], int | None]:
    """The newest of them, and the cursor of older ones."""
    if after is not None:
        wanted = wanted.where(Spot.id < after)
    rows = db.session.scalars(wanted.order_by(Spot.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def count(wanted: Select) -> int:
    """How many there are."""
    return db.session.scalar(select(func.count()).select_from(wanted.subquery()))


def points(point: tuple[float, float] | None, radius_m: float, limit: int) -> Sequence[Spot]:
    """What a map shows, the newest first."""
    return db.session.scalars(needing(point, radius_m).order_by(Spot.id.desc()).limit(limit)).all()


def nearest(point: tuple[float, float], limit: int) -> list[tuple[Row, float]]:
    """What a card shows of open places around a point, and their distance in metres, the nearest first."""
    lat, lon = point
    rows = db.session.execute(_nearest(limit), _circle(point, AROUND))
    return [(spot, distance_m(lat, lon, spot.lat, spot.lon)) for spot in rows]


@cache
def _nearest(limit: int) -> Select:
    """Made once, of the table's rows: every list of events asks it."""
    spots = Spot.__table__.c
    open_ones = shown_spots().with_only_columns(*(spots[name] for name in CARD)).where(spots.state == OPEN, _within())
    return open_ones.order_by(_dot().desc(), spots.id.desc()).limit(limit)


def echoes(spot_ids: Iterable[int]) -> dict[int, int]:
    """How many said "me too" of each."""
    numbers = list(spot_ids)
    if not numbers:
        return {}
    counted = (
        select(Watcher.spot_id, func.count())
        .where(Watcher.spot_id.in_(numbers), Watcher.confirmed_at.is_not(None), Watcher.reported.is_(False))
        .group_by(Watcher.spot_id)
    )
    return dict(db.session.execute(counted).all())


def watcher_of(spot: Spot, person) -> Watcher | None:
    """Somebody's report of it, or their "me too"."""
    return db.session.scalar(select(Watcher).where(Watcher.spot_id == spot.id, Watcher.person_id == person.id))


def spot_of_event(event) -> Spot | None:
    """The place that an event cleans up, where anybody may see it."""
    return db.session.scalar(
        select(Spot)
        .join(SpotEvent, SpotEvent.spot_id == Spot.id)
        .where(SpotEvent.event_id == event.id, Spot.state.in_(SHOWN))
    )


def _within() -> ColumnElement[bool]:
    """The condition of being in a circle; a band of latitudes first, so that the circle is reckoned for few."""
    south, north, least = (bindparam(name, type_=Float) for name in ("south", "north", "least"))
    return Spot.lat.between(south, north) & (_dot() >= least)


def _dot() -> ColumnElement[float]:
    x, y, z = (bindparam(name, type_=Float) for name in "xyz")
    return Spot.x * x + Spot.y * y + Spot.z * z


def _circle(point: tuple[float, float], radius_m: float) -> dict[str, float]:
    """What these conditions ask for."""
    reach = 1e-9 + radius_m / 111_000
    around = {"south": point[0] - reach, "north": point[0] + reach, "least": least_dot(radius_m)}
    return around | dict(zip("xyz", unit_vector(*point), strict=True))
