"""Posting a letter, and the register of who renders which kind."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, delete, func, select, update

from ..db import db
from .models import DROPPED, WAITING, Letter
from .quiet import after_night

TYPED_AN_HOUR = 3
_WAITING = select(Letter).where(Letter.key == bindparam("key"), Letter.state == WAITING, Letter.raw.is_(None))
_DUE = (
    select(Letter.due_at)
    .where(Letter.to_email == bindparam("to"), Letter.typed, Letter.due_at > bindparam("since"))
    .order_by(Letter.due_at.desc())
    .limit(TYPED_AN_HOUR)
)


@dataclass(frozen=True)
class Rendered:
    """What a kind's function makes of a letter's facts."""

    subject: str
    template: str
    context: dict[str, Any]
    calendar: tuple[bytes, str] | None = None
    reply_to: str | None = None
    references: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def list_headers(name: str, end: str) -> dict[str, str]:
    """Of mail that is subscribed to: which list it is of, and the address that ends it in one click (RFC 8058)."""
    return {
        "List-Id": f"<{name}.{current_app.config['SETTINGS'].site_host}>",
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


class Dropped(Exception):
    """The letter has lost its point; the text says why, for the log."""


RENDERERS: dict[str, Callable[[Letter, datetime], Rendered]] = {}
# Kinds of which no row stays once they were sent.
UNKEPT: set[str] = set()


def letter(kind: str, *, kept: bool = True) -> Callable:
    """Register the function that renders letters of this kind: (letter, now) -> Rendered.

    Of a kind that is not `kept` the row, and with it the address, goes as soon as it is over.
    """
    if not kept:
        UNKEPT.add(kind)

    def register(function: Callable[[Letter, datetime], Rendered]) -> Callable:
        RENDERERS[kind] = function
        return function

    return register


def post(
    kind: str,
    *,
    to: str,
    name: str = "",
    language: str = "en",
    facts: dict[str, Any],
    now: datetime,
    wait: timedelta = timedelta(0),
    key: str | None = None,
    about: str | None = None,
    typed: bool = False,
    until: datetime | None = None,
    first: bool = False,
    zone: str | None = None,
) -> Letter:
    """Put a letter in the outbox, in the caller's transaction; nothing is rendered or sent here.

    `wait` holds it back, so that later changes can still join it: a letter under the same
    `key` that still waits takes over the new facts, all but `before`, which stays what it was
    at first. `typed` says that a stranger's typing
    caused it: from the fourth within an hour on it waits until the hour is over. From `until` on
    it has lost its point and is dropped. `first` says that what the key names is new, so that none
    waits under it. `zone` says where its reader is and that it can wait till morning there (quiet.py).
    """
    existing = waiting_letter(key) if key and not first else None
    if existing is not None:
        kept = {name: value for name, value in existing.facts.items() if name == "before"}
        existing.facts = {**existing.facts, **facts, **kept}
        existing.queued_at = now
        existing.language = language
        existing.until = until
        return existing
    due_at = now + wait
    if typed:
        due_at = max(due_at, _after_the_others(to, now))
    if zone is not None and current_app.config["SETTINGS"].quiet_hours:
        due_at = after_night(due_at, zone)
    row = Letter(
        kind=kind,
        to_email=to,
        to_name=name,
        language=language,
        facts=facts,
        key=key,
        about=about,
        typed=typed,
        message_id=f"<{secrets.token_hex(16)}@{current_app.config['SETTINGS'].site_host}>",
        queued_at=now,
        due_at=due_at,
        until=until,
    )
    db.session.add(row)
    return row


def withdraw_letters(key: str, now: datetime, why: str) -> None:
    """Drop the letters under this key that still wait and were never rendered."""
    db.session.execute(
        update(Letter)
        .where(Letter.key == key, Letter.state == WAITING, Letter.raw.is_(None))
        .values(state=DROPPED, last_error=why, ended_at=now)
    )


def call_back(about: str) -> bool:
    """Delete all letters about this where not one of them has begun to leave; whether that could be done.

    Where it could not, some are deleted: the caller rolls back.
    """
    mine = select(func.count()).select_from(Letter).where(Letter.about == about)
    untouched = Letter.state == WAITING, Letter.raw.is_(None), Letter.lease_until.is_(None)
    letters = db.session.scalar(mine)
    return db.session.execute(delete(Letter).where(Letter.about == about, *untouched)).rowcount == letters


def waiting_letter(key: str) -> Letter | None:
    """The unsent, never rendered letter under a key."""
    return db.session.scalar(_WAITING, {"key": key})


def _after_the_others(to: str, now: datetime) -> datetime:
    """When the hour's allowance for an address lets one more typed letter go."""
    dues = db.session.scalars(_DUE, {"to": to, "since": now - timedelta(hours=1)}).all()
    return now if len(dues) < TYPED_AN_HOUR else dues[-1] + timedelta(hours=1)
