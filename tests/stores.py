"""The tests' databases: a few of each kind that are emptied after each test, and new ones for tests apart."""

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg

from staytouch_events.db import db


class SqliteDatabase:
    """A file."""

    def __init__(self, path: Path) -> None:
        """It is there already."""
        self.url = f"sqlite:///{path}"
        self.path = path

    def empty(self) -> None:
        """Delete every row; ids begin at 1 again by themselves."""
        # A connection that does not ask for foreign keys has none, so tables can be emptied in any order.
        with closing(sqlite3.connect(self.path, timeout=15, isolation_level=None)) as connection:
            connection.executescript("; ".join(("PRAGMA synchronous=OFF", "BEGIN IMMEDIATE", *_deletes(), "COMMIT")))


class PostgresDatabase:
    """A database of the suite's cluster."""

    def __init__(self, url: str) -> None:
        """It is there already."""
        self.url = url
        self.connection = _connect(url)
        # As a replica it does not look after foreign keys, so tables can be emptied in any order.
        self.connection.execute("SET session_replication_role = replica; SET lock_timeout = '15s'")

    def empty(self) -> None:
        """Delete every row, and have ids begin at 1 again."""
        restart = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
        self.connection.execute("; ".join((*_deletes(), restart)))


class SqliteStore:
    """Copies of an upgraded, empty file."""

    def __init__(self, template: Path) -> None:
        """They lie beside the template."""
        self.template = template
        self.numbers: Iterator[int] = count()
        self.shared = defaultdict(self.make)

    def make(self) -> SqliteDatabase:
        """A new one."""
        path = self.template.with_name(f"site{next(self.numbers)}.sqlite")
        shutil.copy(self.template, path)
        return SqliteDatabase(path)


class PostgresStore:
    """Copies of an upgraded, empty database; they end with their cluster."""

    def __init__(self, address: str, template: str) -> None:
        """`address` has `{name}` where a database's name goes."""
        self.address, self.template = address, template
        self.numbers: Iterator[int] = count()
        self.shared = defaultdict(self.make)

    def make(self) -> PostgresDatabase:
        """A new one."""
        return PostgresDatabase(make_database(self.address, f"{self.template}_{next(self.numbers)}", self.template))


def make_database(address: str, name: str, template: str = "template1") -> str:
    """Make a PostgreSQL database; its address."""
    with closing(_connect(address.format(name="postgres"))) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address.format(name=name)


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _deletes() -> list[str]:
    return [f"DELETE FROM {table.name}" for table in db.metadata.sorted_tables]
