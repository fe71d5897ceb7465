"""Entries that a public feed has to take out of its subscribers' calendars."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

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
