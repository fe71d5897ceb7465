"""Reported places, who wants to hear of each, and the events that are made of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..links import new_public_id
from ..people.models import Person

# A guest's report waits until the button of its mail is pressed.
WAITING, OPEN, PLANNED, CLEANED, CLOSED = "waiting", "open", "planned", "cleaned", "closed"
NEEDING = (OPEN, PLANNED)
SHOWN = (*NEEDING, CLEANED)
# Why a report was closed. Of the first the photo goes as well: people are never reported.
A_PERSON, NO_PLACE, DOUBLE, OTHER = "person", "no_place", "double", "other"


class Spot(db.Model):
    """A place that needs hands. It says nothing of who reported it: that is a Watcher's to know."""

    __tablename__ = "spots"
    __table_args__ = (Index("ix_spots_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=WAITING)
    title: Mapped[str]
    kind: Mapped[str]
    size: Mapped[str]
    hazards: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    lat: Mapped[float]
    lon: Mapped[float]
    # The same point on a ball of radius one, by which a circle finds it.
    x: Mapped[float]
    y: Mapped[float]
    z: Mapped[float]
    place_name: Mapped[str] = mapped_column(default="")
    country_code: Mapped[str] = mapped_column(default="")
    picture: Mapped[str | None]
    after_picture: Mapped[str | None]
    closed_as: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    cleaned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Watcher(db.Model):
    """Somebody who reported a place, or said "me too", and hears of it. Silent until confirmed."""

    __tablename__ = "spot_watchers"
    __table_args__ = (UniqueConstraint("spot_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    spot_id: Mapped[int] = mapped_column(ForeignKey("spots.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    reported: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    # No more mail from then on; they still count.
    ended_at: Mapped[datetime | None]

    spot: Mapped[Spot] = relationship()
    person: Mapped[Person] = relationship()


class SpotEvent(db.Model):
    """An event that was made of a place."""

    __tablename__ = "spot_events"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    spot_id: Mapped[int] = mapped_column(ForeignKey("spots.id", ondelete="CASCADE"), index=True)

    spot: Mapped[Spot] = relationship()
    event: Mapped[Event] = relationship()
