"""Rides to an event and back, and who has a seat in which."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp

THERE, BACK, BOTH = "there", "back", "both"
WAYS = (THERE, BACK, BOTH)


def share_way(one: str, other: str) -> bool:
    """Whether nobody could take two rides of these ways."""
    return BOTH in (one, other) or one == other


class Ride(db.Model):
    """Free seats in somebody's car."""

    __tablename__ = "rides"
    __table_args__ = (CheckConstraint("seats > 0", name="seats"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    # The driver's answer: one ride each.
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"), unique=True)
    way: Mapped[str]
    # Where it starts, or on the way back ends: in the driver's words, and the town that the gazetteer knows.
    start: Mapped[str]
    town: Mapped[str] = mapped_column(default="")
    # Minutes from the event's start on the clock of the place, so that it moves with the event.
    leaves_after: Mapped[int]
    seats: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    # How to reach the driver: for those who have a seat.
    contact: Mapped[str]
    created_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    rsvp: Mapped[Rsvp] = relationship()

    @property
    def leaves_wall(self) -> datetime | None:
        """When it leaves, as clocks at the place show it."""
        starts = self.event.starts_wall
        return None if starts is None else starts + timedelta(minutes=self.leaves_after)


class RideSeat(db.Model):
    """Seats that a party has in a ride."""

    __tablename__ = "ride_seats"
    __table_args__ = (
        UniqueConstraint("ride_id", "rsvp_id"),
        CheckConstraint("seats > 0", name="seats"),
        Index("ix_ride_seats_rsvp_id", "rsvp_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ride_id: Mapped[int] = mapped_column(ForeignKey("rides.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"))
    seats: Mapped[int]
    # How to reach the party: for the driver.
    contact: Mapped[str]
    created_at: Mapped[datetime]

    ride: Mapped[Ride] = relationship()
    rsvp: Mapped[Rsvp] = relationship()
