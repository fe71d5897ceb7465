"""The demo's crews that host together."""

from datetime import datetime

from sqlalchemy import Select, select

from .db import db
from .events import hosting
from .events.models import PUBLIC, PUBLISHED, Event
from .groups.models import PUBLIC as PUBLIC_GROUP
from .groups.models import Group
from .groups.queries import organizers_of


def host_together(now: datetime) -> None:
    """The first crew hosts the next event of the second with it, and is asked about the next of the third."""
    crews = select(Group).where(Group.visibility == PUBLIC_GROUP).order_by(Group.id)
    first, *others = db.session.scalars(crews.limit(3))
    for group, answered in zip(others, (True, False), strict=False):
        event = db.session.scalars(_coming(group, now)).first()
        if event is not None:
            row = hosting.ask(event, first, now, by=organizers_of(group)[0])
            if answered:
                hosting.accept(row, now, by=organizers_of(first)[0])


def _coming(group: Group, now: datetime) -> Select:
    own = select(Event).where(Event.group_id == group.id, Event.visibility == PUBLIC, Event.umbrella_id.is_(None))
    return own.where(Event.state == PUBLISHED, Event.starts_at > now).order_by(Event.starts_at)
