"""What was written to an event's people or a crew's."""

from collections.abc import Sequence

from sqlalchemy import select

from ..db import db
from ..posts.models import Place
from .announcement_models import Announcement

MOST = 50


def announcements_of(place: Place) -> Sequence[Announcement]:
    """Drafts and what was posted, the latest first."""
    event_id = place.event.id if place.event else None
    rows = select(Announcement).where(Announcement.group_id == place.group.id, Announcement.event_id == event_id)
    return db.session.scalars(rows.order_by(Announcement.id.desc()).limit(MOST)).all()
