"""The table of mail that came in."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from ..db import db

WAITING, READ, LEFT = "waiting", "read", "left"


class ReceivedMail(db.Model):
    """One message to one of our addresses. Its bytes go as soon as it was read; the hash knows a repeat."""

    __tablename__ = "received_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    # SHA-256 of the address and the bytes: the same message handed over again is the same row.
    hash: Mapped[str] = mapped_column(unique=True)
    to_email: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(index=True)
    raw: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(default=WAITING)
    # What was made of it, in words for the operator.
    why: Mapped[str] = mapped_column(default="")
