"""The demo's weekly series."""

from datetime import datetime

from sqlalchemy import select

from .db import db
from .events.models import PUBLISHED, Event
from .series.actions import Plan, repeat
from .series.season import make_season


def repeat_weekly(now: datetime) -> None:
    """The first crew's next event comes every week, for two months; a few dates of it are made."""
    coming = select(Event).where(Event.state == PUBLISHED, Event.starts_at > now, Event.all_day.is_(False))
    event = db.session.scalars(coming.order_by(Event.group_id, Event.starts_at)).first()
    if event is not None:
        series = repeat(event, Plan([{"every": 1, "weekday": event.starts_wall.weekday()}], most=9), now)
        make_season(series, now)
