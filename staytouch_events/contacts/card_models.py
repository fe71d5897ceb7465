"""What people show of themselves: details, the versions of a card, and the ways to each other's.

What a card says is kept, in copies and in what people write themselves, as one shape, a dict with only what is known:
`name`, `pronouns`, `photo` (a kept picture's name), `company`, `title` and `note` are texts; `phones`, `emails` and
`addresses` are lists of [kind, value], the kind "", "cell", "home" or "work"; `links`, `languages` and `skills` are
lists of texts.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from ..links import new_public_id
from ..people.models import Person

# The versions of a card, and what each may show beside the name, in the order in which a card shows it.
PUBLIC, CREW, WORK = "public", "crew", "work"
VERSIONS = (PUBLIC, CREW, WORK)
FIELDS = ("photo", "pronouns", "email", "phone", "company", "languages", "skills", "links", "note")
# What a version shows until its owner chooses.
USUAL = {
    PUBLIC: ("photo", "pronouns", "languages", "links"),
    CREW: ("photo", "pronouns", "email", "phone", "languages", "skills", "note"),
    WORK: ("photo", "pronouns", "email", "phone", "company", "languages", "links"),
}


class CardDetails(db.Model):
    """What a person's cards can show beside their name, photo, pronouns and address."""

    __tablename__ = "card_details"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    phone: Mapped[str] = mapped_column(default="")
    company: Mapped[str] = mapped_column(default="")
    links: Mapped[list[Any]] = mapped_column(default=list)
    languages: Mapped[list[Any]] = mapped_column(default=list)
    skills: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(default="")
    # Whoever was at the same events is shown this person afterwards, where nothing else was said of an event.
    found_by_others: Mapped[bool] = mapped_column(default=False, server_default=false())
    # A letter comes when somebody asks to exchange cards.
    asked_by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())

    person: Mapped[Person] = relationship()


class Card(db.Model):
    """One version of somebody's card, behind a standing link; made when it is first needed."""

    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("person_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    # Raising it revokes the link, and the code that was photographed; who has the card keeps it.
    generation: Mapped[int] = mapped_column(default=1)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    version: Mapped[str]
    # Of FIELDS, what it shows.
    fields: Mapped[list[Any]] = mapped_column(default=list)

    person: Mapped[Person] = relationship()


class CardAsk(db.Model):
    """Somebody asks another to exchange cards after an event; nothing is given before the yes."""

    __tablename__ = "card_asks"
    __table_args__ = (UniqueConstraint("asker_id", "asked_id"), CheckConstraint("asker_id <> asked_id", name="two"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    asked_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    # The version that the asker gives.
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id", ondelete="CASCADE"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    # A no is told to nobody: to who asked it looks as before.
    declined_at: Mapped[datetime | None]

    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    asked: Mapped[Person] = relationship(foreign_keys=[asked_id])
    card: Mapped[Card] = relationship()
    event: Mapped[Event | None] = relationship()


class FoundAt(db.Model):
    """Whether somebody is shown to the others who were at one event, whatever they said in general."""

    __tablename__ = "found_at"
    __table_args__ = (UniqueConstraint("event_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    shown: Mapped[bool]

    event: Mapped[Event] = relationship()
