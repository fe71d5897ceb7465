"""Series and their dates, as pages and the worker read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import POSTPONED, PUBLISHED, Event
from ..rsvps.models import DECLINED, Rsvp
from .models import Regular, Series, SeriesDate

STANDING = (PUBLISHED, POSTPONED)


def date_of(event: Event) -> SeriesDate | None:
    """The date of a series that this event is; None for a single event."""
    return db.session.scalar(
        select(SeriesDate).options(joinedload(SeriesDate.series)).where(SeriesDate.event_id == event.id)
    )


def dates_of(series: Series) -> list[SeriesDate]:
    """All that was made or left out, in order, with the events."""
    return list(
        db.session.scalars(
            select(SeriesDate)
            .options(joinedload(SeriesDate.event).joinedload(Event.group))
            .where(SeriesDate.series_id == series.id)
            .order_by(SeriesDate.on_date)
        )
    )


def coming(series: Series, now: datetime) -> list[SeriesDate]:
    """Dates that are on and to come, the next first."""
    rows = [row for row in dates_of(series) if row.event is not None and row.event.state in STANDING]
    return sorted(
        (row for row in rows if not row.event.has_started(now)), key=lambda row: (row.event.starts_at, row.id)
    )


def answered_among(event_ids: Sequence[int]) -> set[int]:
    """Those of these events to which somebody said that they come, or might."""
    said = select(Rsvp.event_id).where(Rsvp.event_id.in_(event_ids), Rsvp.answer != DECLINED)
    return set(db.session.scalars(said))


def regulars_of(series: Series) -> list[Regular]:
    """Whoever comes to all dates, the first to say so first."""
    return list(
        db.session.scalars(
            select(Regular)
            .options(joinedload(Regular.person))
            .where(Regular.series_id == series.id)
            .order_by(Regular.created_at, Regular.id)
        )
    )


def regular_in(series: Series, person_id: int) -> Regular | None:
    """This person's wish to come to all dates."""
    return db.session.scalar(select(Regular).where(Regular.series_id == series.id, Regular.person_id == person_id))
