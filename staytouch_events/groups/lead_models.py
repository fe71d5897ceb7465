"""Who offers to lead a group that nobody looks after."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..people.models import Person
from .models import Group


class LeadAsk(db.Model):
    """A member asks to own the group; a sign of life of its organizers closes it, a site admin decides on it."""

    __tablename__ = "lead_asks"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    # For the site's admins.
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]

    group: Mapped[Group] = relationship()
    person: Mapped[Person] = relationship()
