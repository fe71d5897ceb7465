"""A second site, to move to."""

import pytest

from staytouch_events.db import db

from ..conftest import settings_for


@pytest.fixture
def elsewhere(sqlite_store, sites, tmp_path):
    """Another site, over another database, which is emptied after the test."""
    database = sqlite_store.shared["elsewhere"]
    app = sites.over(settings_for(database.url, tmp_path / "elsewhere"))
    yield app
    with app.app_context():
        db.session.remove()
    database.empty()
