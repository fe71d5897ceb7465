"""Copying a running site's database, and putting a copy back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from .config import BadSetting, Settings


def back_up(settings: Settings, target: Path) -> None:
    """Copy the SQLite database while the site runs, by SQLite's own backup. Raises BadSetting elsewhere."""
    with closing(sqlite3.connect(_file(settings))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise OSError(f"{target} is not whole")


def restore(settings: Settings, source: Path) -> None:
    """Put a copy in the database's place. Raises BadSetting while the site runs, or if it is no such copy."""
    place = _file(settings)
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",) or not _is_ours(copy):
            raise BadSetting(f"{source} is not a backup of this site.")
        _refuse_while_running(place)
        for stale in (place, place.with_name(place.name + "-wal"), place.with_name(place.name + "-shm")):
            stale.unlink(missing_ok=True)
        with closing(sqlite3.connect(place)) as target:
            copy.backup(target)


def _file(settings: Settings) -> Path:
    if not settings.database_url.startswith("sqlite:///"):
        raise BadSetting("This is for SQLite. On PostgreSQL use pg_dump and pg_restore.")
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _is_ours(copy: sqlite3.Connection) -> bool:
    found = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('events', 'alembic_version')")
    return found.fetchone() == (2,)


def _refuse_while_running(place: Path) -> None:
    """A site that runs holds the file open; only alone can one leave WAL mode."""
    if not place.exists():
        return
    with closing(sqlite3.connect(place, timeout=0.2)) as connection:
        try:
            alone = connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
        except sqlite3.OperationalError:
            alone = False
    if not alone:
        raise BadSetting("The site is running on this database. Stop it first.")
