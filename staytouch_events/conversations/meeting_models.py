"""Times proposed in a conversation, and the appointments that come of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from .models import Conversation, Message


class Meeting(db.Model):
    """An appointment of the two sides of a conversation."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    # In calendars: the same for good, whatever happens to it.
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    organizer: Mapped[str]
    what: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    # The proposer's, in which its words are told.
    zone: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    conversation: Mapped[Conversation] = relationship()


class Proposal(db.Model):
    """Up to three times that one side proposes, in a message of its own."""

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    # The appointment that it made, or would move.
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    what: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    minutes: Mapped[int]
    # Instants in UTC, as ISO 8601 writes them.
    times: Mapped[list[Any]]
    # Which of them was taken; empty when it was closed without one.
    taken: Mapped[int | None]
    closed_at: Mapped[datetime | None]

    message: Mapped[Message] = relationship()
    meeting: Mapped[Meeting | None] = relationship()

    @property
    def spans(self) -> list[tuple[datetime, datetime]]:
        """The times proposed, from when to when."""
        starts = [datetime.fromisoformat(text) for text in self.times]
        return [(start, start + timedelta(minutes=self.minutes)) for start in starts]
