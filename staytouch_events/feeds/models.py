"""What a public feed takes out of its subscribers' calendars, and calendars elsewhere that one follows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db


class Removal(db.Model):
    """An event that became less public: served for 30 days as cancelled, with nothing told of it."""

    __tablename__ = "removals"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    vevent: Mapped[bytes]
    until_at: Mapped[datetime]


# What a personal calendar may hold.
EVENTS, SHIFTS, APPOINTMENTS, PEOPLE, DAYS = "events", "shifts", "appointments", "people", "days"
KINDS = (EVENTS, SHIFTS, APPOINTMENTS, PEOPLE, DAYS)


class PersonalFeed(db.Model):
    """What somebody does not want in their own calendar; nobody has a row who wants all of it."""

    __tablename__ = "personal_feeds"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    left_out: Mapped[list[Any]] = mapped_column(default=list)


class OutsideCalendar(db.Model):
    """A calendar of one's own elsewhere, followed so that one sees when one is busy; nobody else does."""

    __tablename__ = "outside_calendars"
    __table_args__ = (UniqueConstraint("person_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # Often a secret, as our own are: shown to nobody, not in full to its owner either.
    url: Mapped[str]
    name: Mapped[str]
    etag: Mapped[str] = mapped_column(default="")
    modified: Mapped[str] = mapped_column(default="")
    # When its hours were taken over last, when it was last known to be the same, and whether the try after failed.
    taken_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class BusyTime(db.Model):
    """Hours of an outside calendar in which its owner is busy; with what is not kept."""

    __tablename__ = "busy_times"

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("outside_calendars.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    calendar: Mapped[OutsideCalendar] = relationship()
