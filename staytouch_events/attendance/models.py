"""Walk-ups, the marks that say who came and left, corrections of hours, and letters about them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..links import new_public_id
from ..people.models import Person
from ..rsvps.models import Rsvp

# What a mark says, and who made it.
IN, OUT, UNDO = "in", "out", "undo"
KINDS = (IN, OUT, UNDO)
HELPER, SELF, WALK_UP = "helper", "self", "walk-up"
ONE = "(rsvp_id IS NULL) <> (walk_up_id IS NULL)"


class WalkUp(db.Model):
    """A party that came without having answered. Its size stands in its marks."""

    __tablename__ = "walk_ups"
    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # Made where it was typed: sent twice, it is one.
    key: Mapped[str]
    # Whoever was signed in and checked in alone.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]
    created_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    person: Mapped[Person | None] = relationship()


class Subject:
    """Whom a row is about: the party of an answer, or a walk-up."""

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int | None] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"), index=True)
    walk_up_id: Mapped[int | None] = mapped_column(ForeignKey("walk_ups.id", ondelete="CASCADE"), index=True)

    @property
    def who(self) -> str:
        """Names the party within its event: "r12" or "w3"."""
        return f"r{self.rsvp_id}" if self.rsvp_id else f"w{self.walk_up_id}"


class Mark(Subject, db.Model):
    """Somebody came, left, or the last of it was a mistake. Rows are only added; the last one received counts."""

    __tablename__ = "attendance_marks"
    __table_args__ = (UniqueConstraint("event_id", "key"), CheckConstraint(ONE, name="one_subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    # Made on the phone, so that a mark sent again is the same mark.
    key: Mapped[str]
    kind: Mapped[str]
    # Of the party, who came.
    adults: Mapped[int] = mapped_column(default=0)
    minors: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    # Although something was left to sign.
    anyway: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    received_at: Mapped[datetime]


class HourCorrection(Subject, db.Model):
    """An organizer's word about somebody's minutes, kept beside what the marks said. The last one counts."""

    __tablename__ = "hour_corrections"
    __table_args__ = (
        CheckConstraint(ONE, name="one_subject"),
        CheckConstraint("minutes >= 0", name="minutes"),
        Index("ix_hour_corrections_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    was: Mapped[int]
    minutes: Mapped[int]
    why: Mapped[str]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]

    made_by: Mapped[Person | None] = relationship()


class DayInfo(db.Model):
    """What whoever comes to an event should know on the day itself."""

    __tablename__ = "day_infos"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    brief: Mapped[str] = mapped_column(default="")
    hospital: Mapped[str] = mapped_column(default="")
    hospital_address: Mapped[str] = mapped_column(default="")
    hospital_url: Mapped[str] = mapped_column(default="")
    lead: Mapped[str] = mapped_column(default="")
    # For people with a seat, helpers and organizers.
    lead_phone: Mapped[str] = mapped_column(default="")
    end_signal: Mapped[str] = mapped_column(default="")
    # Whoever read the brief before this read another one.
    brief_changed_at: Mapped[datetime]


class BriefRead(Subject, db.Model):
    """A party says that it has read the safety brief; the last time counts."""

    __tablename__ = "brief_reads"
    __table_args__ = (
        UniqueConstraint("event_id", "rsvp_id"),
        UniqueConstraint("event_id", "walk_up_id"),
        CheckConstraint(ONE, name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]


Party = Rsvp | WalkUp


def who_is(party: Party) -> str:
    """Names a party within its event: "r12" for an answer, "w3" for a walk-up."""
    return f"{'w' if isinstance(party, WalkUp) else 'r'}{party.id}"


class HoursLetter(db.Model):
    """A letter about hours: asked for, then issued with what it says frozen, perhaps revoked."""

    __tablename__ = "hours_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Public: whoever holds the letter can look it up.
    code: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    # For one event, or for the days from the first to the last.
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    asked_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    revoked_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any] | None]

    group: Mapped[Group] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    event: Mapped[Event | None] = relationship()

    @property
    def is_valid(self) -> bool:
        """Whether it was issued and still stands."""
        return self.issued_at is not None and self.revoked_at is None
