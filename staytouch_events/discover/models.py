"""Following a crew or a place by mail, without an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..groups.models import Group
from ..links import new_public_id

WEEKLY, AT_ONCE = "weekly", "at_once"


class Follow(db.Model):
    """An address that wants to hear of a crew's events, or of those around a point. Silent until confirmed."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_how_confirmed_at", "how", "confirmed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    # Lower case; emptied some time after it was ended, so that the link still says so.
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    zone: Mapped[str]
    how: Mapped[str] = mapped_column(default=WEEKLY)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    place_name: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    within: Mapped[float | None]
    unit: Mapped[str] = mapped_column(default="mi")
    kind: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    # Events published up to this instant were told of.
    told_until: Mapped[datetime | None]

    group: Mapped[Group | None] = relationship()

    @property
    def is_on(self) -> bool:
        """Whether letters go out."""
        return self.confirmed_at is not None and self.ended_at is None
