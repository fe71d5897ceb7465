"""Conversations, their two sides, messages, reports of them, and what people set for their messages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..links import new_public_id
from ..people.models import Person

# What became of a report.
DISMISSED, STOPPED = "dismissed", "stopped"


class Conversation(db.Model):
    """Two people, or somebody and a crew's organizers, who write to each other."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        UniqueConstraint("person_id", "group_id"),
        CheckConstraint("other_id IS NULL OR group_id IS NULL", name="one_partner"),
        CheckConstraint("person_id < other_id", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of two people the one with the lower number, so that a pair has one conversation. Whoever left is nobody.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    # Empty while the first message is a request that nobody has said yes to.
    accepted_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    # The newest message's number, 0 where none is left.
    last_id: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    other: Mapped[Person | None] = relationship(foreign_keys=[other_id])
    group: Mapped[Group | None] = relationship()
    sides: Mapped[list["Side"]] = relationship(back_populates="conversation", order_by="Side.id")


class Side(db.Model):
    """What one side of a conversation keeps to itself: a person's, or a crew's, which its organizers share."""

    __tablename__ = "conversation_sides"
    __table_args__ = (UniqueConstraint("conversation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # For the link by which somebody without an account reads and answers.
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    # Empty for a crew's, and for that of somebody who left.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    is_crew: Mapped[bool] = mapped_column(default=False)
    # Messages up to these numbers were read here, and told of by mail.
    read_to: Mapped[int] = mapped_column(default=0)
    told_to: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    # When a letter about what is unread is due.
    tell_at: Mapped[datetime | None]
    muted: Mapped[bool] = mapped_column(default=False)
    put_away: Mapped[bool] = mapped_column(default=False)
    declined: Mapped[bool] = mapped_column(default=False)
    blocked: Mapped[bool] = mapped_column(default=False)

    conversation: Mapped[Conversation] = relationship(back_populates="sides")
    person: Mapped[Person | None] = relationship()

    @property
    def across(self) -> "Side":
        """The side that this one writes to."""
        return next(side for side in self.conversation.sides if side.id != self.id)

    @property
    def has_unread(self) -> bool:
        """Whether something came that was not read; for a crew, that nobody answered."""
        return self.conversation.last_id > self.read_to


class Message(db.Model):
    """What one side wrote, in Markdown. Taken back, its row is gone."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_conversation_id_id", "conversation_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    side_id: Mapped[int] = mapped_column(ForeignKey("conversation_sides.id", ondelete="CASCADE"))
    # Who typed it, which of a crew's organizers.
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    # What somebody asked a crew about.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    sent_at: Mapped[datetime]

    conversation: Mapped[Conversation] = relationship()
    side: Mapped[Side] = relationship()
    writer: Mapped[Person | None] = relationship()
    event: Mapped[Event | None] = relationship()


Conversation.last = relationship(
    Message, primaryjoin=foreign(Conversation.last_id) == Message.id, viewonly=True, uselist=False
)


class MessageReport(db.Model):
    """A message that somebody wants the site's admins to see: a copy of it alone, and the reporter's words."""

    __tablename__ = "message_reports"
    __table_args__ = (UniqueConstraint("message_id", "reporter_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    about_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str]
    words: Mapped[str]
    sent_at: Mapped[datetime]
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    reporter: Mapped[Person | None] = relationship(foreign_keys=[reporter_id])
    about: Mapped[Person] = relationship(foreign_keys=[about_id])


class Correspondent(db.Model):
    """What somebody set for their messages; whoever has no row set nothing."""

    __tablename__ = "correspondents"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    # Whether what stays unread comes by mail.
    mailed: Mapped[bool] = mapped_column(default=True)
    # Whether people of the same crews and events have to ask first, too.
    asks_first: Mapped[bool] = mapped_column(default=False)
    # A site admin ended their writing.
    stopped_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Inquiry(db.Model):
    """What a stranger wrote to a crew: kept apart until the button in their letter is pressed."""

    __tablename__ = "inquiries"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    name: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    created_at: Mapped[datetime]
    # The side of whoever wrote it, once it went on.
    side_id: Mapped[int | None] = mapped_column(ForeignKey("conversation_sides.id", ondelete="CASCADE"))

    group: Mapped[Group] = relationship()
    event: Mapped[Event | None] = relationship()
    side: Mapped[Side | None] = relationship()
