"""Limits shared by all processes: a table of token buckets."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from flask import current_app
from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from .db import db


class Bucket(db.Model):
    """Tokens left under one key, as of the last time somebody asked."""

    __tablename__ = "buckets"

    key: Mapped[str] = mapped_column(primary_key=True)
    tokens: Mapped[float]
    asked: Mapped[float]


@dataclass(frozen=True)
class Limit:
    """`burst` at once, refilled evenly over `seconds`."""

    name: str
    burst: int
    seconds: int


class TooMany(Exception):
    """The limit is reached; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after


def spend(limit: Limit, who: str, now: datetime) -> None:
    """Take one token for `who`, committed at once so that a refused request counts as well.

    It has a connection of its own: call it before the request's first write. Raises TooMany when
    none is left. Does nothing where RATE_LIMITS is off.
    """
    if current_app.config["SETTINGS"].rate_limits:
        take(limit, who, now)


def take(limit: Limit, who: str, now: datetime) -> None:
    """The same whatever RATE_LIMITS says: for what others ask of this site."""
    rate, moment, key = limit.burst / limit.seconds, now.timestamp(), f"{limit.name}:{who}"
    grown = Bucket.tokens + (moment - Bucket.asked) * rate
    full = float(limit.burst)
    refilled = case((grown > full, full), else_=grown)
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    taken = (
        insert(Bucket)
        .values(key=key, tokens=full - 1, asked=moment)
        .on_conflict_do_update(
            index_elements=[Bucket.key],
            set_={"tokens": refilled - 1, "asked": moment},
            where=refilled >= 1,
        )
        .returning(Bucket.tokens)
    )
    with db.engine.begin() as connection:
        if connection.execute(taken).first() is None:
            left = connection.execute(select(refilled).where(Bucket.key == key)).scalar_one()
            raise TooMany(max(1, ceil((1 - left) / rate)))
