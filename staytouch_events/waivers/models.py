"""Waivers with their texts, which events ask for which, what was signed, and what else is asked before coming."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person
from ..rsvps.models import Rsvp

# Whom a signature is for: the one who answered, another adult of the party, somebody under 18.
SELF, ADULT, MINOR = "self", "adult", "minor"
# Whether an event asks whom to call.
NOT_ASKED, OPTIONAL, ASKED = "", "optional", "asked"
GROWN_UP = 18


class Waiver(db.Model):
    """What a crew, or a city, has people sign. Its words are texts, a row for each version and language."""

    __tablename__ = "waivers"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    # Whose words they are: the crew's, the city's.
    issuer: Mapped[str]
    # The version that is signed now, and the first that still counts for whoever signed it.
    version: Mapped[int] = mapped_column(default=0)
    counts_from: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    # Asked for no more; what was signed stays.
    retired_at: Mapped[datetime | None]

    group: Mapped[Group] = relationship()


class WaiverText(db.Model):
    """The words of one version in one language. Once published they never change."""

    __tablename__ = "waiver_texts"
    __table_args__ = (UniqueConstraint("waiver_id", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    waiver_id: Mapped[int] = mapped_column(ForeignKey("waivers.id", ondelete="CASCADE"))
    version: Mapped[int]
    language: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    # Of these very words (texts.py).
    sha256: Mapped[str]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))

    waiver: Mapped[Waiver] = relationship()


@event.listens_for(WaiverText, "before_update")
def _never_changes(_mapper, _connection, text: WaiverText) -> None:
    raise RuntimeError(f"text {text.id} of a waiver is published: an edit makes a new version")


class EventWaiver(db.Model):
    """An event asks for a waiver."""

    __tablename__ = "event_waivers"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    waiver_id: Mapped[int] = mapped_column(
        ForeignKey("waivers.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class EventRules(db.Model):
    """Who may come to an event beside its minimum age, and what else it asks before."""

    __tablename__ = "event_rules"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # A guardian signs for whoever is under this age; with none, minors sign for themselves.
    consent_under: Mapped[int | None]
    # Whoever is under this age comes with an adult.
    accompanied_under: Mapped[int | None]
    minors_per_adult: Mapped[int | None]
    emergency: Mapped[str] = mapped_column(default=NOT_ASKED)
    photos: Mapped[bool] = mapped_column(default=False)


class Signature(db.Model):
    """One person of a party, and one text that was signed for them. Kept when it is withdrawn."""

    __tablename__ = "signatures"
    __table_args__ = (
        CheckConstraint("(rsvp_id IS NULL) <> (walk_up_id IS NULL)", name="one_party"),
        Index("ix_signatures_event_id", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int | None] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"), index=True)
    walk_up_id: Mapped[int | None] = mapped_column(ForeignKey("walk_ups.id", ondelete="CASCADE"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("waiver_texts.id"))
    sha256: Mapped[str]
    kind: Mapped[str]
    # Who comes, and who signed for them; both as typed.
    name: Mapped[str]
    signed_by: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    # Of a minor: the first year of their age band. No birth date is asked.
    age_from: Mapped[int | None]
    signed_at: Mapped[datetime]
    # Signed at the event, on the phone of this helper.
    on_site: Mapped[bool] = mapped_column(default=False)
    held_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    withdrawn_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    rsvp: Mapped[Rsvp | None] = relationship()
    text: Mapped[WaiverText] = relationship()
    held_by: Mapped[Person | None] = relationship()

    @property
    def who(self) -> str:
        """Names the party within its event, as attendance does: "r12" or "w3"."""
        return f"r{self.rsvp_id}" if self.rsvp_id else f"w{self.walk_up_id}"


class EmergencyContact(db.Model):
    """Whom to call for the party of an answer. Deleted 30 days after the event."""

    __tablename__ = "emergency_contacts"

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str]
    phone: Mapped[str]
    saved_at: Mapped[datetime]

    rsvp: Mapped[Rsvp] = relationship()


class PhotoAnswer(db.Model):
    """Whether pictures of a party may be shown: a yes or a no that somebody gave."""

    __tablename__ = "photo_answers"

    rsvp_id: Mapped[int] = mapped_column(
        ForeignKey("rsvps.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    allowed: Mapped[bool]
    answered_at: Mapped[datetime]

    rsvp: Mapped[Rsvp] = relationship()
