"""A hidden place has a public point"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

POINTS = ("public_lat", "public_lon", "drawn_lat", "drawn_lon")


def upgrade() -> None:
    """Places so far are shown to everybody."""
    op.add_column("events", sa.Column("place_hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in POINTS:
        op.add_column("events", sa.Column(name, sa.Double(), nullable=True))


def downgrade() -> None:
    """Back to before."""
    for name in (*POINTS, "place_hidden"):
        op.drop_column("events", name)
