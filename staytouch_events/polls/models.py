"""Times to choose from, and who said what to each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import WallTime, db
from ..events.models import Event
from ..groups.models import Group
from ..links import new_public_id
from ..people.models import Person

OPEN, CHOSEN, CANCELLED = "open", "chosen", "cancelled"
YES, IF_NEED, NO = "yes", "if_need", "no"
ANSWERS = (YES, IF_NEED, NO)


class TimePoll(db.Model):
    """A time that somebody looks for, at an address that nobody guesses: a crew's, or with a few friends."""

    __tablename__ = "time_polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    # None where it is for a few friends, by link.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    zone: Mapped[str]
    # The end of the last day to vote, in its zone.
    closes_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=OPEN)
    # What was chosen, as it then was: the option may be gone.
    starts_wall: Mapped[datetime | None] = mapped_column(WallTime)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    group: Mapped[Group | None] = relationship()
    maker: Mapped[Person | None] = relationship()
    event: Mapped[Event | None] = relationship()
    options: Mapped[list["TimeOption"]] = relationship(
        back_populates="poll", order_by="TimeOption.starts_at, TimeOption.ends_at", passive_deletes=True
    )

    def takes_votes(self, now: datetime) -> bool:
        """Whether people may vote now."""
        return self.state == OPEN and now < self.closes_at


class TimeOption(db.Model):
    """A time to choose. The promise is `starts_wall` in the poll's zone."""

    __tablename__ = "time_options"
    __table_args__ = (UniqueConstraint("poll_id", "starts_at", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("time_polls.id", ondelete="CASCADE"))
    starts_wall: Mapped[datetime] = mapped_column(WallTime)
    ends_wall: Mapped[datetime] = mapped_column(WallTime)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    poll: Mapped[TimePoll] = relationship(back_populates="options")


class TimeBallot(db.Model):
    """What one voter said. A typed address is nobody's until the button of its mail is pressed."""

    __tablename__ = "time_ballots"
    __table_args__ = (
        UniqueConstraint("poll_id", "person_id"),
        Index("ix_time_ballots_poll_id_email", "poll_id", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    poll_id: Mapped[int] = mapped_column(ForeignKey("time_polls.id", ondelete="CASCADE"))
    # Who it is, once that is sure.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    name: Mapped[str]
    # As typed, while it waits for its button.
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    # Whether they want letters about it.
    hears: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    poll: Mapped[TimePoll] = relationship()
    person: Mapped[Person | None] = relationship()
    votes: Mapped[list["TimeVote"]] = relationship(
        back_populates="ballot", passive_deletes=True, cascade="all, delete-orphan"
    )

    @property
    def short_name(self) -> str:
        """How others are shown this voter, like a person's."""
        words = self.name.split()
        return " ".join(words[:-1]) if len(words) > 1 else self.name


class TimeVote(db.Model):
    """A voter's word on one option."""

    __tablename__ = "time_votes"

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("time_ballots.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    option_id: Mapped[int] = mapped_column(
        ForeignKey("time_options.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    answer: Mapped[str]

    ballot: Mapped[TimeBallot] = relationship(back_populates="votes")
    option: Mapped[TimeOption] = relationship()
