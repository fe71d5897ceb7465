"""What every test stands on: both databases, from an upgraded template, and the site over each."""

import os
import pkgutil
import shutil
import sys
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade

import staytouch_events
from staytouch_events import create_app, when
from staytouch_events.config import ROOT, read_settings
from staytouch_events.db import db
from staytouch_events.links import new_public_id
from staytouch_events.people.models import SignIn

from .cast import NOW
from .postgres import start_cluster
from .served import link_gazetteer

POSTGRES = "STAYTOUCH_TEST_POSTGRES"
DATABASES = ("sqlite", "postgresql")
# All of them now, so that every module that looks at the clock can be given the tests' own.
for _module in pkgutil.walk_packages(staytouch_events.__path__, "staytouch_events."):
    import_module(_module.name)


def pytest_configure(config) -> None:
    """Start one PostgreSQL for all processes of the run."""
    if not hasattr(config, "workerinput"):
        config.staytouch_cluster = start_cluster()
        if config.staytouch_cluster:
            os.environ[POSTGRES] = config.staytouch_cluster.url("{name}")


def pytest_unconfigure(config) -> None:
    """Stop it again."""
    cluster = getattr(config, "staytouch_cluster", None)
    if cluster:
        cluster.stop()


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
    clock, real = Clock(), when.now
    for name, module in list(sys.modules.items()):
        if name.startswith("staytouch_events") and getattr(module, "now", None) is real:
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


def settings_for(url: str, folder: Path, **changes):
    """Settings of a site under test."""
    folder.mkdir(parents=True, exist_ok=True)
    link_gazetteer(folder)
    settings = read_settings({"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "a-key-for-tests-only"})
    return replace(settings, **{"rate_limits": False, **changes})


def _upgrade(url: str, folder: Path) -> None:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()


def _statement(url: str, text: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(text))
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """An upgraded, empty SQLite file."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _upgrade(f"sqlite:///{path}", path.parent)
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory) -> str:
    """The name of an upgraded, empty PostgreSQL database."""
    if POSTGRES not in os.environ:
        skip("PostgreSQL is not installed")
    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    _statement(os.environ[POSTGRES].format(name="postgres"), f"CREATE DATABASE {name}")
    _upgrade(os.environ[POSTGRES].format(name=name), tmp_path_factory.mktemp("template"))
    return name


@pytest.fixture(params=DATABASES)
def database_url(request, tmp_path):
    """An empty database of this test's own, on each of the two kinds."""
    if request.param == "sqlite":
        path = tmp_path / "site.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgres_template")
    name = f"t_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    admin = os.environ[POSTGRES].format(name="postgres")
    _statement(admin, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield os.environ[POSTGRES].format(name=name)
    _statement(admin, f"DROP DATABASE {name} WITH (FORCE)")


class SiteClient(FlaskClient):
    """A client that says where its forms come from, as browsers do."""

    def open(self, *args, **kwargs):
        """Send the site's own origin unless the test says another; in a context of its own, as served."""
        if not args or isinstance(args[0], str):
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("Origin", "http://localhost")
            kwargs["headers"] = {name: value for name, value in headers.items() if value is not None}
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()
        return answer


@pytest.fixture
def settings(database_url, tmp_path):
    """Settings of the site under test."""
    return settings_for(database_url, tmp_path / "data")


@pytest.fixture
def app(settings):
    """The site, inside an application context that lasts for the test."""
    app = create_app(settings)
    app.test_client_class = SiteClient
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


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
