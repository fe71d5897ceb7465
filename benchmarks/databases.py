"""Databases to measure on: an upgraded, empty one of each kind, and the site's code over it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from flask import Flask

from staytouch_events import create_app
from staytouch_events.config import read_settings
from staytouch_events.db import db
from staytouch_events.schema import upgrade_tables
from tests.postgres import Cluster, start_cluster
from tests.served import link_compiled

SQLITE, POSTGRES = "sqlite", "postgresql"


@dataclass(frozen=True)
class Databases:
    """Where databases are made: a folder for files, and a PostgreSQL where one is installed."""

    folder: Path
    cluster: Cluster | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What can be measured here."""
        return (SQLITE, POSTGRES) if self.cluster else (SQLITE,)

    def new(self, kind: str, name: str) -> str:
        """The URL of an upgraded, empty database."""
        url = self._make(kind, name)
        with code_over(url, self.folder) as app:
            upgrade_tables(app)
        return url

    def drop(self, kind: str, name: str) -> None:
        """Give its room back: a million events take a gigabyte."""
        if kind == POSTGRES:
            _statement(self.cluster.url("postgres"), f"DROP DATABASE {name} WITH (FORCE)")
        for file in self.folder.glob(f"{name}.sqlite*"):
            file.unlink()

    def _make(self, kind: str, name: str) -> str:
        if kind == SQLITE:
            return f"sqlite:///{self.folder / name}.sqlite"
        _statement(self.cluster.url("postgres"), f"CREATE DATABASE {name}")
        return self.cluster.url(name)


@contextmanager
def open_databases(postgres: bool) -> Iterator[Databases]:
    """A folder and, if asked for and installed, a PostgreSQL, until the block ends."""
    cluster = start_cluster() if postgres else None
    try:
        with TemporaryDirectory(prefix="staytouch-bench-") as folder:
            link_compiled(Path(folder))
            yield Databases(Path(folder), cluster)
    finally:
        if cluster:
            cluster.stop()


@contextmanager
def code_over(url: str, folder: Path) -> Iterator[Flask]:
    """The site's code in this process over a database, inside an application context."""
    given = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "a-key-for-benchmarks"}
    app = create_app(replace(read_settings(given), rate_limits=False))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _statement(url: str, text: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(text))
    engine.dispose()
