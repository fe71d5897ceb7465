"""A day with several sites: one event that stands for it, and an event for each site"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No event is one yet, nor has one. Written out, so that SQLite adds the column to the table as it stands."""
    op.add_column("events", sa.Column("is_umbrella", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "ALTER TABLE events ADD COLUMN umbrella_id INTEGER"
        " CONSTRAINT fk_events_umbrella_id_events REFERENCES events (id)"
    )
    op.create_index(op.f("ix_events_umbrella_id"), "events", ["umbrella_id"])


def downgrade() -> None:
    """The sites become events of their own."""
    op.drop_index(op.f("ix_events_umbrella_id"), "events")
    for column in ("umbrella_id", "is_umbrella"):
        op.drop_column("events", column)
