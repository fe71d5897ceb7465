"""An empty database, upgraded, is what the models say."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from staytouch_events.db import db


def test_an_upgraded_database_is_what_the_models_say(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []
