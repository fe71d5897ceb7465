"""Series, their dates, and people who come to all of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person


class Series(db.Model):
    """A rule of a crew. Each date that it makes is an event of its own."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    # As rules.py reads them.
    rules: Mapped[list[Any]]
    first_on: Mapped[date]
    # The day from which the rules, and `most`, are counted once they were changed; before that, from the first date.
    counted_from: Mapped[date | None]
    until_on: Mapped[date | None]
    most: Mapped[int | None]
    # What each date is given, from a day on: [{"from": "2026-11-28", "facts": {…}}, …] as facts.py reads it.
    phases: Mapped[list[Any]]
    created_at: Mapped[datetime]
    # Since then it makes no more dates.
    ended_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()


class SeriesDate(db.Model):
    """One date: the event made for it, or that none is to be made."""

    __tablename__ = "series_dates"
    __table_args__ = (UniqueConstraint("series_id", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    # The day that the rule names, or somebody added. The event may have been moved to another since.
    on_date: Mapped[date]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), unique=True)
    # Left out before it was made, or called off because a new rule does not name the day.
    dropped_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    event: Mapped[Event | None] = relationship()


class Regular(db.Model):
    """Somebody who comes to all dates, also to those that are still to be made."""

    __tablename__ = "series_regulars"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    # As in an answer.
    name: Mapped[str]
    adults: Mapped[int]
    minors: Mapped[int]
    youngest: Mapped[int | None]
    created_at: Mapped[datetime]

    series: Mapped[Series] = relationship()
    person: Mapped[Person] = relationship()
