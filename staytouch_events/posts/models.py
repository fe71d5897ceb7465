"""Posts and answers, their earlier words, what readers press under them, and who is named in them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person

THANKS, ME_TOO, CHEER = "thanks", "me_too", "cheer"
REACTIONS = (THANKS, ME_TOO, CHEER)


class Place(NamedTuple):
    """Where people talk: in a crew, or on one of its events."""

    group: Group
    event: Event | None = None

    @property
    def noun(self) -> str:
        """What its address begins with."""
        return "events" if self.event else "groups"

    @property
    def slug(self) -> str:
        """What its address goes on with."""
        return (self.event or self.group).slug

    @property
    def name(self) -> str:
        """What it is called."""
        return self.event.title if self.event else self.group.name


class Post(db.Model):
    """What somebody wrote in a crew or on an event; an answer has a parent, and no answers of its own."""

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_group_id_event_id", "group_id", "event_id", "parent_id", "id"),
        Index("ix_posts_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    # Empty once the writer's account was deleted.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    picture: Mapped[str | None]
    picture_alt: Mapped[str] = mapped_column(default="")
    is_question: Mapped[bool] = mapped_column(default=False)
    # Of a question, the answer that its asker or an organizer chose.
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    pinned_at: Mapped[datetime | None]
    # Taken away, by its writer or an organizer, who can put it back for a while.
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    group: Mapped[Group] = relationship()
    event: Mapped[Event | None] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    parent: Mapped["Post | None"] = relationship(foreign_keys=[parent_id], remote_side=[id])

    @property
    def place(self) -> Place:
        """Where it was written."""
        return Place(self.group, self.event)

    @property
    def root_id(self) -> int:
        """The post that began its thread."""
        return self.parent_id or self.id

    @property
    def is_open(self) -> bool:
        """Whether it asks, and no answer was chosen yet."""
        return self.is_question and self.answer_id is None

    @property
    def is_shown(self) -> bool:
        """Whether it stands, and so does what it answers."""
        return self.deleted_at is None and (self.parent is None or self.parent.deleted_at is None)


class PostEdit(db.Model):
    """What a post said before it was changed; for its writer and the organizers."""

    __tablename__ = "post_edits"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    until_at: Mapped[datetime]


class Reaction(db.Model):
    """Somebody pressed one of the few words under a post."""

    __tablename__ = "post_reactions"
    __table_args__ = (UniqueConstraint("post_id", "person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]

    person: Mapped[Person] = relationship()


class Mention(db.Model):
    """Somebody is named in a post."""

    __tablename__ = "post_mentions"
    __table_args__ = (UniqueConstraint("post_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)

    person: Mapped[Person] = relationship()
