"""Asking to join a group, links that let people in, and who may not come back."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..links import new_public_id
from ..people.models import Person
from .models import Group


class JoinRequest(db.Model):
    """Somebody who asks to join and waits for an organizer's yes or no."""

    __tablename__ = "join_requests"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]

    group: Mapped[Group] = relationship()
    person: Mapped[Person] = relationship()


class JoinLink(db.Model):
    """A link that lets whoever has it join: one person or many, until it ends. Taking it back deletes it."""

    __tablename__ = "join_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    for_many: Mapped[bool] = mapped_column(default=False)
    # To whom it was mailed, where it came of a list; emptied once it is used.
    email: Mapped[str | None] = mapped_column(index=True)
    used: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    group: Mapped[Group] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return now < self.ends_at and (self.for_many or not self.used)


class Ban(db.Model):
    """Somebody whom the group keeps out; why is for its organizers."""

    __tablename__ = "bans"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    banned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")
    banned_at: Mapped[datetime]

    group: Mapped[Group] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
