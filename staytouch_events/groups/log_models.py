"""What a group's people did with it, a line each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..people.models import Person


class LogLine(db.Model):
    """One thing that was done: by whom, about whom, when. What kind it is says which facts it has."""

    __tablename__ = "group_log"
    __table_args__ = (Index("ix_group_log_group_id_id", "group_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    # Names stand in no fact: whoever goes is named here no more.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    about: Mapped[Person | None] = relationship(foreign_keys=about_id)
