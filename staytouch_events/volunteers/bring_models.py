"""The bring list of an event, and who brings what of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp


class BringItem(db.Model):
    """A thing that an event needs so many of."""

    __tablename__ = "bring_items"
    __table_args__ = (CheckConstraint("wanted > 0", name="wanted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    wanted: Mapped[int]
    note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()


class BringClaim(db.Model):
    """So many of a thing that somebody with a seat brings."""

    __tablename__ = "bring_claims"
    __table_args__ = (
        UniqueConstraint("item_id", "rsvp_id"),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_bring_claims_rsvp_id", "rsvp_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("bring_items.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"))
    quantity: Mapped[int]
    claimed_at: Mapped[datetime]

    item: Mapped[BringItem] = relationship()
    rsvp: Mapped[Rsvp] = relationship()
