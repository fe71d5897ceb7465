"""Addresses that mail came back from: stopped, and let go on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ..db import db
from .models import StoppedAddress

LONGEST_WHY = 300


def stop_mail(email: str, why: str, now: datetime) -> None:
    """Send nothing there any more, in the caller's transaction."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    said = {"why": why[:LONGEST_WHY], "stopped_at": now}
    stopped = insert(StoppedAddress).values(email=email, **said)
    db.session.execute(stopped.on_conflict_do_update(index_elements=["email"], set_=said))


def go_on(email: str) -> None:
    """Its owner was heard from, or a letter was taken there: mail goes again."""
    db.session.execute(delete(StoppedAddress).where(StoppedAddress.email == email))


def is_stopped(email: str) -> bool:
    """Whether mail to this address came back for good."""
    return db.session.scalar(select(StoppedAddress.email).where(StoppedAddress.email == email)) is not None


def why_stopped(email: str | None) -> str | None:
    """What the other server said when mail to this address came back; None where none did."""
    return db.session.scalar(select(StoppedAddress.why).where(StoppedAddress.email == email))


def stopped_among(emails: Iterable[str | None]) -> set[str]:
    """Those of several addresses that mail comes back from."""
    asked = {email for email in emails if email}
    found = select(StoppedAddress.email).where(StoppedAddress.email.in_(asked))
    return set(db.session.scalars(found))


def stopped_addresses(limit: int = 50) -> Sequence[StoppedAddress]:
    """All of them, the latest first."""
    return db.session.scalars(select(StoppedAddress).order_by(StoppedAddress.stopped_at.desc()).limit(limit)).all()
