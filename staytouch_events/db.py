"""The database: one Base, UTC instants, and the lock that every count of seats stands on."""

import sqlite3
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    MetaData,
    Select,
    Table,
    Update,
    bindparam,
    event,
    func,
    literal_column,
    update,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from .turns import open_turn

# How psycopg calls results that are not sent as text.
BINARY = 1
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator):
    """A UTC instant. Naive values are refused; what is read is aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        """Refuse what has no zone, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        """Give back the same instant, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallTime(TypeDecorator):
    """What a clock at the place shows: naive, to the minute."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        """Refuse an instant: a wall time carries no zone."""
        if value is not None and value.tzinfo is not None:
            raise ValueError("a wall time carries no zone")
        return value


class Base(DeclarativeBase):
    """All tables: constraints have names, so that migrations can speak of them."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: Instant, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)


@event.listens_for(Engine, "connect")
def _settle_sqlite(connection, record) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    open_turn(connection, record.info)


@event.listens_for(Engine, "before_cursor_execute")
def _ask_for_bytes(connection, cursor, statement, parameters, context, executemany) -> None:
    if context is not None and context.execution_options.get("as_bytes"):
        cursor.format = BINARY


def engine_options(url: str) -> dict[str, Any]:
    """How to connect: SQLite begins each write with IMMEDIATE and waits its turn 15 seconds."""
    if url.startswith("sqlite"):
        return {"connect_args": {"isolation_level": "IMMEDIATE", "timeout": 15}}
    return {"pool_pre_ping": True, "pool_size": 4, "max_overflow": 4}


def lock(row):
    """Hold the write lock on this row until the commit, then load what it guards afresh.

    A no-op UPDATE takes SQLite's write lock and PostgreSQL's row lock alike. Whatever was
    read before may be stale, so the whole session is expired.
    """
    session = db.session
    session.flush()
    session.execute(_untouched(row.__table__), {"row": row.id})
    session.expire_all()
    session.refresh(row)
    return row


def joined(rows: Select, order: tuple[ColumnElement, ...], values: dict[str, Any]) -> bytes:
    """The one column of these rows, bytes, one after the other in this order.

    PostgreSQL joins them itself and sends them as they are: one by one they come as hexadecimal digits.
    """
    if db.session.connection().dialect.name != "postgresql":
        return b"".join(db.session.scalars(_in_order(rows, order), values))
    return db.session.scalar(_together(rows, order), values) or b""


@cache
def _in_order(rows: Select, order: tuple[ColumnElement, ...]) -> Select:
    return rows.order_by(*order)


@cache
def _together(rows: Select, order: tuple[ColumnElement, ...]) -> Select:
    (column,) = rows.selected_columns
    together = func.string_agg(column, aggregate_order_by(literal_column("''::bytea"), *order))
    return rows.with_only_columns(together).execution_options(as_bytes=True)


@cache
def _untouched(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("row")).values(id=table.c.id)
