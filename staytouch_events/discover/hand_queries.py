"""A search for hands, in its own order: soonest and emptiest first."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Select

from ..db import db
from ..events.models import Event
from ..volunteers.queries import Need, needs_of
from ..when import day_starts, in_zone
from .searches import Cursor, Search

EVENTS = Event.__table__.c
DAY = timedelta(days=1)


def emptiest_first(found: Select, values: dict[str, Any], asked: Search, now: datetime, limit: int) -> list[Cursor]:
    """Where the events stand on the next page: day by day at the place searched, within a day the emptiest first.

    How empty is the share of hands that are there in the jobs with a gap. The database walks `found`, the ids of
    what matches the values, only to the day that fills the page, and only these days' events are weighed: a page
    costs what a few days hold. What fills or empties while somebody pages moves within its day, and may be seen
    twice or not.
    """
    after = asked.after
    dated = found.add_columns(EVENTS.starts_at)
    beyond = dated
    if after is not None:
        day = _day(after.starts_at, asked)
        dated = dated.where(EVENTS.starts_at >= day_starts(day, asked.zone))
        beyond = dated.where(EVENTS.starts_at >= day_starts(day + DAY, asked.zone))
    soonest = beyond.order_by(EVENTS.starts_at, EVENTS.id).offset(limit - 1).limit(1)
    last = db.session.execute(soonest, values).first()
    if last is not None:
        dated = dated.where(EVENTS.starts_at < day_starts(_day(last.starts_at.timestamp(), asked) + DAY, asked.zone))
    rows = db.session.execute(dated, values).all()
    needs = needs_of([row.id for row in rows], now)
    places = [Cursor(int(row.starts_at.timestamp()), row.id, _filled(needs.get(row.id))) for row in rows]
    ahead = [place for place in places if after is None or _key(place, asked) > _key(after, asked)]
    return sorted(ahead, key=lambda place: _key(place, asked))[:limit]


def _key(place: Cursor, asked: Search) -> tuple:
    return _day(place.starts_at, asked), place.filled, place.starts_at, place.event_id


def _day(seconds: float, asked: Search) -> date:
    return in_zone(datetime.fromtimestamp(seconds, UTC), asked.zone).date()


def _filled(need: Need | None) -> int:
    """Hands that are there, of a thousand wanted; all where the last gap closed just now."""
    return 1000 * need.held // need.wanted if need and need.wanted else 1000
