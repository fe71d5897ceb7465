"""What organizers write to many at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person
from ..posts.models import Place


class Announcement(db.Model):
    """Words to an event's people or a crew's; a draft until they are posted, and again once taken back."""

    __tablename__ = "announcements"
    __table_args__ = (
        Index("ix_announcements_group_id_event_id", "group_id", "event_id"),
        Index("ix_announcements_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    # Empty for words to the crew itself.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # Whose account is gone wrote on the crew's behalf: the words stay.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    # One of the keys of audiences.py.
    audience: Mapped[str]
    # Of the list of answers, the filters of its address.
    asked: Mapped[dict[str, Any]] = mapped_column(default=dict)
    subject: Mapped[str]
    # Markdown.
    text: Mapped[str]
    # Whether answers come to the writer's own address.
    replies: Mapped[bool] = mapped_column(default=False)
    # Of those it was posted to, whom an organizer put down and who never answered themselves.
    strangers: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    posted_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()
    event: Mapped[Event | None] = relationship()
    by: Mapped[Person | None] = relationship()

    @property
    def place(self) -> Place:
        """Whose people it is for."""
        return Place(self.group, self.event)

    @property
    def about(self) -> str:
        """Names its letters in the outbox."""
        return f"announcement:{self.id}"
