"""The people whom somebody keeps: what they share, and what their keeper wrote of them, always apart."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..links import new_public_id
from ..people.models import Person
from ..text import fold
from .card_models import Card

# How somebody came into another's people.
EXCHANGE, LEFT, HAND, IMPORT = "exchange", "left", "hand", "import"
# What a logged contact was, and what a date is.
CALL, MEETING, WROTE = "call", "meeting", "wrote"
BIRTHDAY, ANNIVERSARY, OTHER_DATE = "birthday", "anniversary", "other"
# Parts of what is known of somebody that are lists of [kind, value].
REACHED_BY = ("phones", "emails", "addresses")


class Rhythm:
    """How often to be in touch, in days: what one wishes for and the longest; None where something wider says it."""

    ideal_days: Mapped[int | None]
    longest_days: Mapped[int | None]


class ContactKind(Rhythm, db.Model):
    """What people are to somebody: a friend, crew, a neighbour, or a word of one's own, with its rhythm."""

    __tablename__ = "contact_kinds"
    __table_args__ = (UniqueConstraint("owner_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # "friend" and the like, whose word is translated; for one's own a random id.
    key: Mapped[str] = mapped_column(default=new_public_id)
    # Empty while it has the site's word.
    name: Mapped[str] = mapped_column(default="")


class TagRhythm(Rhythm, db.Model):
    """How often somebody wants to be in touch with all whom they gave a tag."""

    __tablename__ = "tag_rhythms"
    __table_args__ = (UniqueConstraint("owner_id", "tag"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    tag: Mapped[str]


class Contact(Rhythm, db.Model):
    """Somebody in one person's people. All of it is its owner's alone."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("owner_id", "person_id"),
        Index("ix_contacts_owner_id_sort_name", "owner_id", "sort_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # Whose card it is; None for somebody without an account, and once that is gone or the exchange was undone.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    # The card that was given: its copy follows it.
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id", ondelete="SET NULL"), index=True)
    # What they share and what the owner wrote, each in the shape of card_models; neither ever overwrites the other.
    shared: Mapped[dict[str, Any]] = mapped_column(default=dict)
    own: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Renewed by `settle` from both: what lists are ordered and searched by.
    sort_name: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    origin: Mapped[str]
    # Details that somebody left, not yet looked at: in no list but the one that asks about them.
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    met_at: Mapped[datetime | None]
    met_event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    met_words: Mapped[str] = mapped_column(default="")
    kind_id: Mapped[int | None] = mapped_column(ForeignKey("contact_kinds.id", ondelete="SET NULL"), index=True)
    snoozed_until_on: Mapped[date | None]
    # Lines of an imported vCard that we do not understand, unfolded, to be written out again.
    kept_vcard: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    # Taken out, and not yet for good.
    removed_at: Mapped[datetime | None]

    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    card: Mapped[Card | None] = relationship()
    met_event: Mapped[Event | None] = relationship()
    kind: Mapped[ContactKind | None] = relationship()

    @property
    def name(self) -> str:
        """What the owner calls them, else what they call themselves."""
        return self.own.get("name") or self.shared.get("name") or ""

    @property
    def is_given(self) -> bool:
        """Whether it holds the card that somebody gave, as it stands."""
        return self.card_id is not None

    def settle(self) -> None:
        """Renew what the row is ordered and found by. Call it whenever `shared` or `own` changed."""
        said = [text for details in (self.own, self.shared) for text in _texts(details)]
        self.sort_name, self.words = fold(self.name), fold(" ".join(said))


class ContactTag(db.Model):
    """A word that somebody gave one of their people."""

    __tablename__ = "contact_tags"
    __table_args__ = (UniqueConstraint("contact_id", "tag"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    tag: Mapped[str]


class ContactNote(db.Model):
    """What somebody wrote down of one of their people, for nobody else's eyes."""

    __tablename__ = "contact_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    noted_on: Mapped[date]
    # Markdown.
    text: Mapped[str]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class ContactDate(db.Model):
    """A day of the year to remember; its first year is not always known."""

    __tablename__ = "contact_dates"
    __table_args__ = (CheckConstraint("month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31", name="day_of_year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    # BIRTHDAY, ANNIVERSARY or OTHER_DATE, which has a label.
    what: Mapped[str] = mapped_column(default=BIRTHDAY)
    label: Mapped[str] = mapped_column(default="")
    month: Mapped[int]
    day: Mapped[int]
    year: Mapped[int | None]


class ContactTouch(db.Model):
    """A call, a meeting or a message elsewhere that somebody logged."""

    __tablename__ = "contact_touches"
    __table_args__ = (Index("ix_contact_touches_contact_id_touched_at", "contact_id", "touched_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    what: Mapped[str] = mapped_column(default=CALL)
    touched_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")


def _texts(details: dict[str, Any]) -> list[str]:
    """All the words in what is known of somebody, the names of its pictures apart."""
    found: list[str] = []
    for part, said in details.items():
        if isinstance(said, str):
            found += [said] if part != "photo" else []
        else:
            found += [item[1] if part in REACHED_BY else item for item in said]
    return found
