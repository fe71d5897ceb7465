"""Calendars that are brought in, and what of them was taken over: what changed there, what was changed here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..groups.models import Group

READING, READY, MAKING, MADE, FAILED = "reading", "ready", "making", "made", "failed"


class ImportedDate(db.Model):
    """An event made from a date of a calendar elsewhere; `Event.source_key` says which."""

    __tablename__ = "imported_dates"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # The event's fields as the calendar last had them.
    taken: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]


class CalendarImport(db.Model):
    """A calendar from a file or an address: read by the worker, looked over, made events of; perhaps followed."""

    __tablename__ = "calendar_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    # The file's name, or the address, which is often a secret: for the crew's organizers alone.
    name: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    body: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default=READING)
    # Whether it is read again and again, and whether the last try failed.
    follows: Mapped[bool] = mapped_column(default=False)
    failed: Mapped[bool] = mapped_column(default=False)
    etag: Mapped[str] = mapped_column(default="")
    modified: Mapped[str] = mapped_column(default="")
    # What is shown before anything is made: {"dates": [...], "left": [...]}.
    found: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # How many of its dates are done, and what came of them.
    done: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()
