"""How somebody is reminded of their people, and the files that people came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..links import new_public_id
from ..people.models import Person
from .models import Contact

MONDAY = 0
# The kinds that everybody has, each with how often and how long at most, in days, until its owner says otherwise.
KINDS = {
    "friend": (28, 56),
    "crew": (42, 84),
    "neighbour": (90, 180),
    "client": (60, 120),
    "official": (180, 360),
    "donor": (90, 180),
}
# Where only what one wishes for was said, it is late after half as long again.
LATE = 3, 2


class ReachOut(db.Model):
    """Whether somebody wants to be reminded of whom to write to, and when the week's letter may come."""

    __tablename__ = "reach_outs"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # The one switch: off, nothing is due and no letter comes.
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    # In the zone of the person; Monday is 0.
    weekday: Mapped[int] = mapped_column(default=MONDAY)
    hour: Mapped[int] = mapped_column(default=9)
    # Hours in which no letter comes, whatever held it up.
    quiet_from: Mapped[int] = mapped_column(default=21)
    quiet_until: Mapped[int] = mapped_column(default=8)

    person: Mapped[Person] = relationship()


class PeopleFile(db.Model):
    """A file of vCards that somebody brought: looked over, taken in, perhaps taken back."""

    __tablename__ = "people_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    # Emptied once its pictures were taken in.
    data: Mapped[bytes] = mapped_column(deferred=True, default=b"")
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]


class FromFile(db.Model):
    """One of somebody's people whom a file made or added to, as they were before and after."""

    __tablename__ = "from_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("people_files.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    # Of the file's cards, from 0 on.
    position: Mapped[int]
    # Whether the file brought them; else `before` is what they were.
    is_new: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)

    file: Mapped[PeopleFile] = relationship()
    contact: Mapped[Contact] = relationship()
