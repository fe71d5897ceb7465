"""A second site, to move to."""

import pytest

from staytouch_events.db import db

from ..conftest import settings_for
from ..sites import Sites


@pytest.fixture
def elsewhere(sqlite_store, tmp_path):
    """Another site, over a database of its own."""
    app = Sites().over(settings_for(sqlite_store.make().url, tmp_path / "elsewhere"))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
