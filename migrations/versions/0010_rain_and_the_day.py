"""What the weather decides, and who still comes on a new date"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No event depends on the weather yet, and nobody is asked."""
    op.add_column("events", sa.Column("weather_dependent", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("decides_before", "backup_after"):
        op.add_column("events", sa.Column(name, sa.Integer(), nullable=True))
    for name in ("weather_decided_at", "previous_starts_at"):
        op.add_column("events", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("rsvps", sa.Column("confirm_by_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("rsvps", "confirm_by_at")
    for name in ("previous_starts_at", "weather_decided_at", "backup_after", "decides_before", "weather_dependent"):
        op.drop_column("events", name)
