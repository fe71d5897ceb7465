"""Who offered to greet newcomers."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..people.models import Person


class Greeter(db.Model):
    """A member who greets whoever comes for the first time, at each event of the crew they go to."""

    __tablename__ = "greeters"
    __table_args__ = (UniqueConstraint("group_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    offered_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
