"""The tests' databases: one of each kind for all tests of a process, emptied after each, and copies for those apart."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import psycopg

from staytouch_events.db import db


class SqliteStore:
    """Copies of an upgraded, empty file."""

    def __init__(self, template: Path) -> None:
        """The one that tests share lies beside the template."""
        self.template = template
        self.url = self.copy(template.parent)
        # A connection that does not ask for foreign keys has none, so tables can be emptied in any order.
        self.connection = sqlite3.connect(template.parent / "site.sqlite", isolation_level=None)
        self.connection.execute("PRAGMA synchronous=OFF")

    def copy(self, folder: Path) -> str:
        """The address of an empty database of one's own in a folder."""
        shutil.copy(self.template, folder / "site.sqlite")
        return f"sqlite:///{folder / 'site.sqlite'}"

    def empty(self) -> None:
        """Delete every row of the shared one; ids begin at 1 again by themselves."""
        self.connection.execute("BEGIN IMMEDIATE")
        for statement in _deletes():
            self.connection.execute(statement)
        self.connection.execute("COMMIT")


class PostgresStore:
    """Copies of an upgraded, empty database; they end with their cluster."""

    def __init__(self, address: str, template: str) -> None:
        """`address` has `{name}` where a database's name goes."""
        self.address, self.template = address, template
        self.numbers: Iterator[int] = count()
        self.url = self.copy()
        self.connection = _connect(self.url)
        # As a replica it does not look after foreign keys, so tables can be emptied in any order.
        self.connection.execute("SET session_replication_role = replica; SET lock_timeout = '10s'")

    def copy(self, _folder: Path | None = None) -> str:
        """The address of an empty database of one's own."""
        return make_database(self.address, f"{self.template}_{next(self.numbers)}", self.template)

    def empty(self) -> None:
        """Delete every row of the shared one, and have ids begin at 1 again."""
        restart = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"
        self.connection.execute("; ".join((*_deletes(), restart)))


def make_database(address: str, name: str, template: str = "template1") -> str:
    """Make a PostgreSQL database; its address."""
    with closing(_connect(address.format(name="postgres"))) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address.format(name=name)


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _deletes() -> list[str]:
    return [f"DELETE FROM {table.name}" for table in db.metadata.sorted_tables]
