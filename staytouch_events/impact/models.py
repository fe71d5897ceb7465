"""Logs of what was done, what they count, their pictures and corrections; recognitions and who got them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person
from .measures import ESTIMATE

PROPOSED, APPROVED, RETURNED = "proposed", "approved", "returned"
BAGS = ("bags_trash", "bags_recycling", "bags_green")


class ImpactLog(db.Model):
    """What one team of an event did, as somebody who was there put it down. It counts once it is approved."""

    __tablename__ = "impact_logs"
    __table_args__ = (
        UniqueConstraint("event_id", "team_key"),
        CheckConstraint("bags_trash >= 0 AND bags_recycling >= 0 AND bags_green >= 0", name="bags"),
        Index("ix_impact_logs_state_event_id", "state", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # Empty for everybody together; the key is the name folded, so that one team has one log.
    team: Mapped[str] = mapped_column(default="")
    team_key: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=PROPOSED)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    proposed_name: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    # Why it was sent back.
    reason: Mapped[str] = mapped_column(default="")

    # In what it was typed, so that it is shown again as it was: "mi" or "km".
    unit: Mapped[str]
    bags_trash: Mapped[int] = mapped_column(default=0)
    bags_recycling: Mapped[int] = mapped_column(default=0)
    bags_green: Mapped[int] = mapped_column(default=0)
    grams: Mapped[int | None]
    method: Mapped[str] = mapped_column(default="")
    metres: Mapped[int | None]
    ground: Mapped[str] = mapped_column(default="")
    square_metres: Mapped[int | None]
    adults: Mapped[int | None]
    minors: Mapped[int | None]
    # Of all people together.
    minutes: Mapped[int | None]
    # For organizers alone.
    syringe_place: Mapped[str] = mapped_column(default="")
    oddest: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    items: Mapped[list["ImpactItem"]] = relationship(cascade="all, delete-orphan", order_by="ImpactItem.item")
    photos: Mapped[list["ImpactPhoto"]] = relationship(cascade="all, delete-orphan", order_by="ImpactPhoto.id")

    @property
    def bags(self) -> int:
        """Of all kinds."""
        return self.bags_trash + self.bags_recycling + self.bags_green

    @property
    def is_estimated(self) -> bool:
        """Whether its weight was reckoned from bags."""
        return self.grams is not None and self.method == ESTIMATE

    @property
    def counts(self) -> dict[str, int]:
        """How many of each thing."""
        return {row.item: row.count for row in self.items}

    @property
    def before_and_after(self) -> tuple[str | None, str | None]:
        """The first picture of each, of a pair where there is one."""
        pairs = sorted(self.photos, key=lambda photo: not (photo.before and photo.after))
        before = next((photo.before for photo in pairs if photo.before), None)
        return before, next((photo.after for photo in pairs if photo.after), None)


class ImpactItem(db.Model):
    """So many of one thing (items.py) in a log."""

    __tablename__ = "impact_items"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    log_id: Mapped[int] = mapped_column(
        ForeignKey("impact_logs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    item: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class ImpactPhoto(db.Model):
    """How it looked before, and after; one of them at least."""

    __tablename__ = "impact_photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("impact_logs.id", ondelete="CASCADE"), index=True)
    before: Mapped[str | None]
    after: Mapped[str | None]
    caption: Mapped[str] = mapped_column(default="")


class ImpactChange(db.Model):
    """What somebody else than its writer, or anybody once it counted, changed in a log: {field: [was, is]}."""

    __tablename__ = "impact_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("impact_logs.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    changed: Mapped[dict[str, Any]]

    made_by: Mapped[Person | None] = relationship()


class Recognition(db.Model):
    """A vest, a mug, a seat at the table: what a crew gives, and after what. Without a number it is given by hand."""

    __tablename__ = "recognitions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    after_events: Mapped[int | None]
    after_hours: Mapped[int | None]
    created_at: Mapped[datetime]
    # Given no more from then on; who has it keeps it.
    removed_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()


GIVEN, LATER = "given", "later"


class Award(db.Model):
    """What an organizer decided about a recognition for a person: given, or not now."""

    __tablename__ = "awards"
    __table_args__ = (UniqueConstraint("recognition_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recognition_id: Mapped[int] = mapped_column(ForeignKey("recognitions.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    # Why, in an organizer's words: their letter says it.
    words: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]

    recognition: Mapped[Recognition] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
