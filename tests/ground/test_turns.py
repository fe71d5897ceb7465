"""Writers of an SQLite file wait for each other at a file beside it, and not by asking again and again."""

import fcntl
import os

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from staytouch_events.db import engine_options


@pytest.fixture
def engine(tmp_path):
    url = f"sqlite:///{tmp_path / 'site.sqlite'}"
    options = engine_options(url)
    options["connect_args"]["timeout"] = 0
    engine = create_engine(url, **options)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE things (name TEXT)"))
    yield engine
    engine.dispose()


@pytest.fixture
def is_free(tmp_path):
    """A function: whether another process would get its turn now."""
    turn = os.open(tmp_path / "site.sqlite-turn", os.O_RDWR | os.O_CREAT)

    def ask() -> bool:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        fcntl.flock(turn, fcntl.LOCK_UN)
        return True

    yield ask
    os.close(turn)


def test_who_writes_has_the_turn_until_it_is_committed(engine, is_free):
    with engine.connect() as connection:
        connection.execute(text("SELECT * FROM things"))
        assert is_free()
        connection.execute(text("INSERT INTO things VALUES ('a')"))
        assert not is_free()
        connection.commit()
    assert is_free()


def test_a_write_that_fails_passes_the_turn_on(engine, is_free):
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES ('a')"))
    assert is_free()


def test_nobody_waits_for_themselves(engine, is_free):
    """A second connection of the same thread hears that the file is locked, as it always did."""
    with engine.begin() as first, engine.connect() as second:
        first.execute(text("INSERT INTO things VALUES ('a')"))
        with pytest.raises(OperationalError, match="locked"):
            second.execute(text("INSERT INTO things VALUES ('b')"))
    assert is_free()


def test_the_next_write_of_a_thread_takes_its_turn_again(engine, is_free):
    for _time in range(2):
        with engine.connect() as connection:
            connection.execute(text("DELETE FROM things"))
            assert not is_free()
