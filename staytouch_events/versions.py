"""Counters that say when something shown has changed; raised once, last, in one fixed order."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Insert, bindparam, event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from .db import db
from .when import now

LISTS = "lists"


class Version(db.Model):
    """One counter: `event:7`, `group:3`, `person:12`, `stocks:0`, or `lists` for all public lists."""

    __tablename__ = "versions"

    key: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]


_READ = select(Version.__table__).where(Version.__table__.c.key.in_(bindparam("keys", expanding=True)))


def raise_version(*keys: str) -> None:
    """Have these counters go up by one when the transaction commits."""
    db.session.info.setdefault("raised_versions", set()).update(keys)


def read_versions(keys: Iterable[str]) -> dict[str, tuple[int, datetime | None]]:
    """Number and last change of each counter; a counter never raised is (0, None)."""
    wanted = list(keys)
    rows = db.session.execute(_READ, {"keys": wanted})
    found = {key: (number, changed_at) for key, number, changed_at in rows}
    return {key: found.get(key, (0, None)) for key in wanted}


def touch_store(now: datetime) -> None:
    """Write one row, to see that the store takes it."""
    db.session.merge(Version(key="health:0", number=0, changed_at=now))


def _order(key: str) -> tuple[int, str, int]:
    """Events, groups and people by id, then the lists: every transaction locks in this order."""
    noun, _, number = key.partition(":")
    return (1, "", 0) if key == LISTS else (0, noun, int(number))


@lru_cache(2)
def _raising(dialect: str) -> Insert:
    """Raise the counters of its rows, one after the other."""
    row = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(Version.__table__)
    grown = {"number": Version.__table__.c.number + 1, "changed_at": row.excluded.changed_at}
    return row.on_conflict_do_update(index_elements=["key"], set_=grown)


@event.listens_for(Session, "before_commit")
def _write_raised(session: Session) -> None:
    keys = session.info.pop("raised_versions", None)
    if not keys:
        return
    session.flush()
    moment = now()
    rows = [{"key": key, "number": 1, "changed_at": moment} for key in sorted(keys, key=_order)]
    session.connection().execute(_raising(session.get_bind().dialect.name), rows)


@event.listens_for(Session, "after_rollback")
def _forget_raised(session: Session) -> None:
    session.info.pop("raised_versions", None)
