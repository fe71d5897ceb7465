"""Groups, their old addresses, members, and invitations to organize."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..people.models import Person

PUBLIC, UNLISTED, PRIVATE, MEMBERS = "public", "unlisted", "private", "members"
OPEN, APPROVAL, INVITATION = "open", "approval", "invitation"
MEMBER, ORGANIZER, OWNER = "member", "organizer", "owner"
ORGANIZING = (ORGANIZER, OWNER)


class Group(db.Model):
    """A crew."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    place_name: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    zone: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    causes: Mapped[list[Any]] = mapped_column(default=list)
    # [{"label": …, "url": …}]
    links: Mapped[list[Any]] = mapped_column(default=list)
    # Paper under ink type, "#rrggbb", at least 7:1 (visual.md's rule, kept by the form).
    colour: Mapped[str] = mapped_column(default="#ff9fb8")
    picture: Mapped[str | None]
    picture_alt: Mapped[str] = mapped_column(default="")
    visibility: Mapped[str] = mapped_column(default=PUBLIC)
    # Who may join: anybody, whoever an organizer says yes to, whoever has an invitation.
    joining: Mapped[str] = mapped_column(default=OPEN, server_default=OPEN)
    # Who reads what its people talk about: everybody, or members alone.
    talk_readers: Mapped[str] = mapped_column(default=MEMBERS, server_default=MEMBERS)
    created_at: Mapped[datetime]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="group", order_by="Membership.id")


class GroupSlug(db.Model):
    """An address that a group once had and that leads to it for good."""

    __tablename__ = "group_slugs"

    slug: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))


class Membership(db.Model):
    """A person in a group, and what they are there."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(default=MEMBER)
    # How an organizer hears of answers: "each", "daily" or "never".
    answer_mail: Mapped[str] = mapped_column(default="each")
    # Whether they want what the organizers write to everyone.
    announced: Mapped[bool] = mapped_column(default=True)
    joined_at: Mapped[datetime]

    group: Mapped[Group] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()


class GroupInvitation(db.Model):
    """A mailed invitation to organize a group, spent once."""

    __tablename__ = "group_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    email: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    # Whoever invites may go; the crew's invitation stands.
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()
    invited_by: Mapped[Person | None] = relationship()
