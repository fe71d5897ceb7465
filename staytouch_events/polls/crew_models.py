"""A crew's polls: a question, its options, and who chose what, where that may be known."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..groups.models import Group
from ..links import new_public_id
from ..people.models import Person


class Poll(db.Model):
    """A question to the members of a crew."""

    __tablename__ = "polls"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    question: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    # Whether one may choose several options.
    several: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False)
    zone: Mapped[str]
    # The end of its last day in its zone; without one it is open until an organizer closes it.
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    group: Mapped[Group] = relationship()
    options: Mapped[list["PollOption"]] = relationship(
        back_populates="poll", order_by="PollOption.id", passive_deletes=True
    )

    def is_open(self, now: datetime) -> bool:
        """Whether members may choose now."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


class PollOption(db.Model):
    """Something to choose; `most` is how many may, None all."""

    __tablename__ = "poll_options"
    __table_args__ = (CheckConstraint("most > 0", name="most"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    most: Mapped[int | None]
    # Choices of an anonymous poll that was closed: the numbers are all that is left of them.
    counted: Mapped[int] = mapped_column(default=0)

    poll: Mapped[Poll] = relationship(back_populates="options")


class PollBallot(db.Model):
    """That somebody took part: the person, or in an anonymous poll a mark that only their signing in finds again.

    It holds no time, so that nothing tells who was here just then. Closing an anonymous poll deletes its choices:
    the marks that are left say that somebody chose, not what.
    """

    __tablename__ = "poll_ballots"
    __table_args__ = (UniqueConstraint("poll_id", "person_id"), UniqueConstraint("poll_id", "mark"))

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    mark: Mapped[str | None]

    poll: Mapped[Poll] = relationship()
    person: Mapped[Person | None] = relationship()
    choices: Mapped[list["PollChoice"]] = relationship(
        back_populates="ballot", passive_deletes=True, cascade="all, delete-orphan"
    )


class PollChoice(db.Model):
    """One option that a ballot chose."""

    __tablename__ = "poll_choices"

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("poll_ballots.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    option_id: Mapped[int] = mapped_column(
        ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )

    ballot: Mapped[PollBallot] = relationship(back_populates="choices")
    option: Mapped[PollOption] = relationship()


class PollWatcher(db.Model):
    """A member who wants letters about a poll: a day before it closes, and how it came out."""

    __tablename__ = "poll_watchers"

    poll_id: Mapped[int] = mapped_column(
        ForeignKey("polls.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    reminded_at: Mapped[datetime | None]

    poll: Mapped[Poll] = relationship()
    person: Mapped[Person] = relationship()
