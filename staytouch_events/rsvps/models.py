"""The table of answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..links import new_public_id
from ..people.models import Person

GOING, MAYBE, DECLINED = "going", "maybe", "declined"
ANSWERS = (GOING, MAYBE, DECLINED)
SEATED, WAITING, NONE = "seated", "waiting", "none"


class Rsvp(db.Model):
    """One person's answer to one event: `answer` is what they said, `standing` what they have."""

    __tablename__ = "rsvps"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("adults >= 0 AND minors >= 0", name="party_not_negative"),
        Index("ix_rsvps_event_id_standing", "event_id", "standing", "line_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    generation: Mapped[int] = mapped_column(default=1)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    # As typed for this answer: two people with one address are one party under one name.
    name: Mapped[str]
    answer: Mapped[str]
    standing: Mapped[str] = mapped_column(default=NONE)
    adults: Mapped[int] = mapped_column(default=1)
    minors: Mapped[int] = mapped_column(default=0)
    # Of the minors, the first year of the youngest's age band; None where the event does not ask.
    youngest: Mapped[int | None]
    # Whether the person holds a place in a shift, or would with a seat; volunteers/ keeps it true.
    has_shift: Mapped[bool] = mapped_column(default=False)
    # A seated party that waits for more seats wants to be this many.
    wanted_adults: Mapped[int | None]
    wanted_minors: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    # The tag of the link that brought the first answer (`?from=flyer`), else "".
    came_from: Mapped[str] = mapped_column(default="")
    # An organizer put them down, and they have not answered themselves since.
    by_host: Mapped[bool] = mapped_column(default=False)
    # Whether they want what the organizers write to everyone.
    announced: Mapped[bool] = mapped_column(default=True)
    # When the party joined the line; kept while it waits, whatever passes it.
    line_at: Mapped[datetime | None]
    # A smaller party went first: told once for each place it lost.
    passed_at: Mapped[datetime | None]
    # Asked again after the event was put off, and not heard from: a seat is kept until then.
    confirm_by_at: Mapped[datetime | None]
    # When they said, asked the day before, that they still come.
    sure_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]
    created_at: Mapped[datetime]
    # This person's invitation: its own SEQUENCE, its ORGANIZER for good, what was sent last.
    invite_sequence: Mapped[int | None]
    invite_organizer: Mapped[str | None]
    invite_method: Mapped[str | None]
    # DTSTAMP of the last answer that their mail program sent; an older one changes nothing.
    replied_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def party(self) -> int:
        """People in the party, adults and minors alike."""
        return self.adults + self.minors

    @property
    def has_lapsed(self) -> bool:
        """Whether the seat was given on because they did not say that they still come."""
        return self.answer == GOING and self.standing == NONE

    @property
    def wanted(self) -> int:
        """Seats the party waits for: its size, or the larger one it wants to be."""
        if self.wanted_adults is None:
            return self.party
        return self.wanted_adults + (self.wanted_minors or 0)
