"""What every test stands on: both databases, empty, and the site over each."""

import gc
import os
import pkgutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from playwright.sync_api import expect, sync_playwright

import staytouch_events
from staytouch_events import create_app, when
from staytouch_events.config import ROOT, read_settings
from staytouch_events.db import db
from staytouch_events.links import new_public_id
from staytouch_events.people.models import SignIn
from staytouch_events.schema import upgrade_tables

from .cast import NOW
from .chromium import CHROMIUM, FLAGS
from .postgres import start_cluster
from .served import link_compiled
from .sites import Sites
from .standing import StandingSites
from .stores import PostgresStore, SqliteStore, make_database

POSTGRES = "STAYTOUCH_TEST_POSTGRES"
DATABASES = ("sqlite", "postgresql")
EVERYWHERE = "STAYTOUCH_EVERYWHERE" in os.environ
# All modules that look at the clock, found once, so that each can be given the tests' own.
MODULES = [import_module(found.name) for found in pkgutil.walk_packages(staytouch_events.__path__, "staytouch_events.")]
TIMED = [module for module in MODULES if getattr(module, "now", None) is when.now]


# What a second kind of database tells nothing new: counting what something costs, and pages. Every page is opened over
# both by tests/access/test_table.py; `make trial` (STAYTOUCH_EVERYWHERE) opens all of them in every test.
one_database = pytest.mark.parametrize("database", DATABASES[:1], indirect=True)
both_databases = pytest.mark.parametrize("database", DATABASES, indirect=True)
BROWSERS = {"client", "browser_of"}


@sa.event.listens_for(sa.Engine, "connect")
def _hurry_sqlite(connection, _record) -> None:
    """Nobody pulls the plug of a test: what it commits need not reach the disk."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


def pytest_configure(config) -> None:
    """Start one PostgreSQL for all processes of the run; they have memory enough to look for garbage seldom."""
    gc.set_threshold(20_000, 20, 50)
    if not hasattr(config, "workerinput"):
        config.staytouch_cluster = start_cluster()
        if config.staytouch_cluster:
            os.environ[POSTGRES] = config.staytouch_cluster.url("{name}")


def pytest_unconfigure(config) -> None:
    """Stop it again."""
    cluster = getattr(config, "staytouch_cluster", None)
    if cluster:
        cluster.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test of pages runs over SQLite alone, unless it is marked otherwise."""
    marked = any("database" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    looks = "database" in metafunc.fixturenames and BROWSERS & set(metafunc.fixturenames)
    if looks and not marked and not EVERYWHERE:
        metafunc.definition.add_marker(one_database)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: with short ones at the end all workers come to an end together."""
    items.sort(key=lambda item: item.path.parent.name not in ("walks", "imports"))


def pytest_collection_finish() -> None:
    """What stands now stands until the end: looking through it for garbage again and again cost a sixth of the run."""
    gc.freeze()


def skip(reason: str) -> None:
    """Skip where a part is missing; in CI that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"nothing may be skipped in CI: {reason}")
    pytest.skip(reason)


class Clock:
    """The one clock, set by hand."""

    def __init__(self) -> None:
        """At the cast's hour."""
        self.moment = NOW

    def __call__(self) -> datetime:
        """The present instant."""
        return self.moment


@pytest.fixture
def real_clock() -> None:
    """Asked for by tests of real processes, whose clock is the machine's."""


@pytest.fixture(autouse=True)
def clock(request, monkeypatch) -> Clock | None:
    """The clock of every module that looks at it stands at the cast's hour, whatever day the tests run on."""
    if "real_clock" in request.fixturenames:
        return None
    clock = Clock()
    for module in TIMED:
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real input."""
    folder = os.environ.get("STAYTOUCH_REAL_DATA")
    if not folder:
        skip("STAYTOUCH_REAL_DATA is not set")
    return Path(folder)


@pytest.fixture(scope="session")
def gazetteer_file() -> Path:
    """The compiled gazetteer that set-up made."""
    path = Path(os.environ.get("STAYTOUCH_GAZETTEER") or ROOT / "var" / "gazetteer.sqlite")
    if not path.exists():
        skip("the gazetteer is not compiled: run make setup")
    return path


@pytest.fixture(scope="session")
def chromium():
    """A real Chromium, one for all tests of a process: two of its drivers do not run beside each other."""
    if not Path(CHROMIUM).exists():
        skip("Chromium is not installed")
    # As long as its other waits: a busy machine is no failure.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def settings_for(url: str, folder: Path, **changes):
    """Settings of a site under test."""
    folder.mkdir(parents=True, exist_ok=True)
    link_compiled(folder)
    settings = read_settings({"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "a-key-for-tests-only"})
    return replace(settings, **{"rate_limits": False, "quiet_hours": False, **changes})


def _upgrade(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    upgrade_tables(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory) -> SqliteStore:
    """SQLite files."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _upgrade(f"sqlite:///{path}", path.parent)
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return SqliteStore(path)


@pytest.fixture(scope="session")
def postgresql_store(tmp_path_factory) -> PostgresStore:
    """PostgreSQL databases."""
    if POSTGRES not in os.environ:
        skip("PostgreSQL is not installed")
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    _upgrade(make_database(os.environ[POSTGRES], name), tmp_path_factory.mktemp("postgresql"))
    return PostgresStore(os.environ[POSTGRES], name)


@pytest.fixture(scope="session")
def sites() -> Sites:
    """The sites over the databases that tests share."""
    return Sites()


@pytest.fixture
def own_database() -> None:
    """Asked for by tests that do to a database what emptying it does not undo, or kill processes at it."""


@pytest.fixture(params=DATABASES)
def database(request):
    """An empty database of each of the two kinds, emptied after the test, unless the test wants one of its own."""
    yield from emptied(request)


def emptied(request):
    """The database of the kind that a test's parameter names, and afterwards nothing in it any more."""
    store = request.getfixturevalue(f"{request.param}_store")
    if "own_database" in request.fixturenames:
        yield store.make()
        return
    # A worker would send the letters of tests that it is no part of.
    database = store.shared["served" if "site" in request.fixturenames else "plain"]
    yield database
    database.empty()


@pytest.fixture
def database_url(database) -> str:
    """Its address."""
    return database.url


@pytest.fixture
def settings(database_url, tmp_path):
    """Settings of the site under test."""
    return settings_for(database_url, tmp_path / "data")


@pytest.fixture
def app(settings, request):
    """The site, inside an application context that lasts for the test."""
    apart = "own_database" in request.fixturenames
    sites = Sites() if apart else request.getfixturevalue("sites")
    app = sites.over(settings)
    with app.app_context():
        yield app
        db.session.remove()
        if apart:
            db.engine.dispose()


@pytest.fixture(scope="session")
def standing_sites(tmp_path_factory):
    """The sites that really run, one over each kind of database."""
    sites = StandingSites(tmp_path_factory.mktemp("served"))
    yield sites
    sites.end_all()


@pytest.fixture
def site(app, database, standing_sites, real_clock):
    """Two web processes, a worker and a mail server over the test's database, at rest when the test begins."""
    standing = standing_sites.over(database)
    yield standing.begin()
    try:
        standing.rest()
    except BaseException:
        standing_sites.end(database)
        raise


@pytest.fixture
def client(app):
    """Somebody's browser, signed out."""
    return app.test_client()


@pytest.fixture
def browser_of(app):
    """A function: the browser of somebody who is signed in."""

    def open_browser(person) -> FlaskClient:
        sign_in = SignIn(public_id=new_public_id(), person_id=person.id, created_at=NOW, seen_at=NOW)
        db.session.add(sign_in)
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = sign_in.public_id
            session["_fresh"] = True
        return client

    return open_browser
