"""Writers of an SQLite file take turns: who waits is woken when the one before is done.

SQLite itself has a waiting writer look again at growing intervals, up to a tenth of a second. Where several processes
write most of the time, the file lies idle meanwhile, and one of them may be unlucky for seconds.
"""

import fcntl
import os
import sqlite3
import threading

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_mine = threading.local()


def open_turn(connection: sqlite3.Connection, info: dict) -> None:
    """Give a new connection its hold on the turn of its file: another file beside that."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if path:
        info["turn"] = os.open(f"{path}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@event.listens_for(Engine, "before_cursor_execute")
def _wait(connection: Connection, _cursor, statement: str, _values, _context, _many) -> None:
    turn = connection.info.get("turn")
    if turn is None or connection.info.get("has_turn") or not statement.startswith(WRITES):
        return
    # A second connection of a thread whose first one writes would wait for itself: SQLite refuses that in its own time.
    if getattr(_mine, "writes", False):
        return
    fcntl.flock(turn, fcntl.LOCK_EX)
    connection.info["has_turn"] = _mine.writes = True


@event.listens_for(Engine, "checkin")
def _pass_on(_raw, record) -> None:
    if record.info.pop("has_turn", False):
        fcntl.flock(record.info["turn"], fcntl.LOCK_UN)
        _mine.writes = False


@event.listens_for(Engine, "close")
def _end(_raw, record) -> None:
    turn = record.info.pop("turn", None)
    if turn is not None:
        os.close(turn)
