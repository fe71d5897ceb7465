"""Crews that host another crew's event"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every event has one crew so far."""
    op.create_table(
        "event_hosts",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("event_id", "group_id")),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("asked_at", "accepted_at", "left_at")),
        sa.Column("stub", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_hosts_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_event_hosts_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_hosts")),
        sa.UniqueConstraint("event_id", "group_id", name=op.f("uq_event_hosts_event_id_group_id")),
    )
    op.create_index(op.f("ix_event_hosts_group_id"), "event_hosts", ["group_id"])


def downgrade() -> None:
    """Each event is its first crew's alone again."""
    op.drop_table("event_hosts")
