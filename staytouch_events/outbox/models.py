"""The table of letters."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ..db import db

# BOUNCED: there is nobody at the address, so that sending it again makes no sense.
WAITING, SENT, DROPPED, DEAD, BOUNCED = "waiting", "sent", "dropped", "dead", "bounced"


class Letter(db.Model):
    """One message to one address: facts until it is first rendered, then also its bytes."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    to_email: Mapped[str] = mapped_column(index=True)
    to_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    facts: Mapped[dict[str, Any]]
    # A letter still waiting under the same key is brought up to date instead of doubled.
    key: Mapped[str | None] = mapped_column(index=True)
    # Whose page lists it under "what we sent you", like "rsvp:12".
    about: Mapped[str | None] = mapped_column(index=True)
    # Caused by somebody typing the address, so counted against the hourly three.
    typed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=WAITING)
    message_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str | None]
    sender: Mapped[str | None]
    raw: Mapped[bytes | None]
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    # Not sent any more from this instant on: a reminder never comes after its event.
    until: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class MailCheck(db.Model):
    """The last look at what the world knows of the site's mail: one row."""

    __tablename__ = "mail_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    checked_at: Mapped[datetime]
    # As outbox/delivery.py says them.
    findings: Mapped[list[Any]]


class StoppedAddress(db.Model):
    """An address that mail came back from for good: none is sent there until its owner is heard from."""

    __tablename__ = "stopped_addresses"

    email: Mapped[str] = mapped_column(primary_key=True)
    # What the other mail server said.
    why: Mapped[str]
    stopped_at: Mapped[datetime]
