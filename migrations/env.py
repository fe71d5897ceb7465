"""How Alembic reaches the site's tables: through the engine that the app already has."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db


def plain_type(kind: str, item, _context) -> str | bool:
    """Write our own column types as what they are in the database."""
    if kind == "type" and type(item).__module__.startswith("staytouch_events"):
        return f"sa.{item.impl!r}"
    return False


def run() -> None:
    """Apply migrations over one connection, a step a transaction."""
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=plain_type,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
