"""Roles of a group, shifts of an event, a group's usual shifts, and sign-ups."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import CANCELLED, DRAFT, POSTPONED, Event
from ..groups.models import Group
from ..people.models import Person
from ..rsvps.models import Rsvp

# What a sign-up has: a place; a place in the shift's line; a question to the organizers; a wish that
# waits for a seat at the event; nothing any more.
HELD, WAITING, ASKED, WISHED, NONE = "held", "waiting", "asked", "wished", "none"
ACTIVE = (HELD, WAITING, ASKED, WISHED)
# What a plan says, taken over from one event to the next.
PLAN = "role_id starts_after lasts opens_after locks_after place minimum target maximum approval notes".split()


class Role(db.Model):
    """What somebody does for a group at its events."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    # Markdown, and whom to turn to: for those who signed up.
    instructions: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    # "18 or older, truck licence", in the group's own words.
    requirements: Mapped[str] = mapped_column(default="")
    approval: Mapped[bool] = mapped_column(default=False)
    checks_in: Mapped[bool] = mapped_column(default=False)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
    # Offered no more, but still the name of shifts that were.
    retired_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()
    lead: Mapped[Person | None] = relationship()


class Plan:
    """A shift by its distance, on the clock of the place, from the start of whatever event it belongs to."""

    role_id: Mapped[int] = mapped_column(ForeignKey("roles.id", ondelete="CASCADE"), index=True)
    # Minutes.
    starts_after: Mapped[int]
    lasts: Mapped[int]
    opens_after: Mapped[int | None]
    locks_after: Mapped[int | None]
    place: Mapped[str] = mapped_column(default="")
    minimum: Mapped[int] = mapped_column(default=0)
    target: Mapped[int]
    maximum: Mapped[int]
    approval: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")


class Shift(Plan, db.Model):
    """Hours of a role at an event. The promise is the plan; the instants are its index, renewed with the event."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("minimum <= target AND target <= maximum AND target > 0", name="people_in_order"),
        CheckConstraint("lasts > 0", name="lasts"),
        Index("ix_shifts_closes_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    # The second pass of an hour that comes twice.
    later: Mapped[bool] = mapped_column(default=False)
    # Empty while the event has no date.
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None]
    # When it locks, or else is over.
    closes_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    # Taken off, but still named in letters.
    removed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    role: Mapped[Role] = relationship()

    @property
    def starts_wall(self) -> datetime | None:
        """The start as clocks at the place show it."""
        starts = self.event.starts_wall
        return None if starts is None else starts + timedelta(minutes=self.starts_after)

    @property
    def ends_wall(self) -> datetime | None:
        """The end as clocks at the place show it."""
        starts = self.starts_wall
        return None if starts is None else starts + timedelta(minutes=self.lasts)

    @property
    def asks_first(self) -> bool:
        """Whether a sign-up waits for an organizer's yes."""
        return self.approval or self.role.approval

    def is_open(self, now: datetime) -> bool:
        """Whether people may sign up by themselves now."""
        if self.removed_at or self.event.state in (DRAFT, CANCELLED) or self.closes_at is None:
            return False
        if self.event.state == POSTPONED:
            return True
        return (self.opens_at is None or self.opens_at <= now) and now < self.closes_at

    def overlaps(self, other: "Shift") -> bool:
        """Whether the two share a minute."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class TemplateShift(Plan, db.Model):
    """One of a group's usual shifts."""

    __tablename__ = "template_shifts"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)


class SignUp(db.Model):
    """One person's sign-up for one shift; the person is the one whose answer it goes with."""

    __tablename__ = "sign_ups"
    __table_args__ = (UniqueConstraint("shift_id", "rsvp_id"), Index("ix_sign_ups_rsvp_id", "rsvp_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"))
    standing: Mapped[str] = mapped_column(default=NONE)
    # When it joined the shift's line.
    line_at: Mapped[datetime | None]
    # Its place goes to whoever takes it; until then it stays.
    offered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # Its own calendar entry.
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: f"{uuid4()}@staytouch")
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]

    shift: Mapped[Shift] = relationship()
    rsvp: Mapped[Rsvp] = relationship()
