"""What an import took over, so that the next one knows what changed there and what was changed here."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ..db import db


class ImportedDate(db.Model):
    """An event made from a date of a calendar elsewhere; `Event.source_key` says which."""

    __tablename__ = "imported_dates"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # The event's fields as the calendar last had them.
    taken: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]
