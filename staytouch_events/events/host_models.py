"""Crews that host an event beside the one whose it is."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..groups.models import Group, Membership
from .models import Event


class EventHost(db.Model):
    """A crew that was asked to host another crew's event: asked, hosting since `accepted_at`, or out of it again."""

    __tablename__ = "event_hosts"
    __table_args__ = (UniqueConstraint("event_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    # What the crew's calendar shows for a while after it left: the entry as cancelled.
    stub: Mapped[bytes | None]

    event: Mapped[Event] = relationship()
    group: Mapped[Group] = relationship()

    @property
    def is_asked(self) -> bool:
        """Whether the crew's yes or no is awaited."""
        return self.asked_at is not None and self.accepted_at is None

    @property
    def is_hosting(self) -> bool:
        """Whether the crew is named on the event."""
        return self.accepted_at is not None


def hosting(event_id) -> Select:
    """The ids of the crews that host an event beside its own."""
    return select(EventHost.group_id).where(EventHost.event_id == event_id, EventHost.accepted_at.is_not(None))


def in_its_crews(group_id, event_id) -> ColumnElement[bool]:
    """The condition of a membership in a crew that hosts an event: its own, by that number, or one beside it."""
    return or_(Membership.group_id == group_id, Membership.group_id.in_(hosting(event_id)))


def hosting_any(event_ids: Select) -> Select:
    """The ids of the crews that host one of these events beside its own."""
    return select(EventHost.group_id).where(EventHost.event_id.in_(event_ids), EventHost.accepted_at.is_not(None))


def helped_by(groups) -> Select:
    """The ids of events that one of these groups, ids or a statement of them, hosts with their own crew."""
    return select(EventHost.event_id).where(EventHost.group_id.in_(groups), EventHost.accepted_at.is_not(None))


def hosted_by(groups) -> ColumnElement[bool]:
    """The condition of an event that one of these groups hosts, alone or with others."""
    return or_(Event.group_id.in_(groups), Event.id.in_(helped_by(groups)))
