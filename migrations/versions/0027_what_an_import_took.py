"""What an import of a calendar took over"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing came from a calendar yet."""
    op.create_table(
        "imported_dates",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_imported_dates_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_imported_dates")),
    )


def downgrade() -> None:
    """Back to before."""
    op.drop_table("imported_dates")
