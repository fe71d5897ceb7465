"""Seconds past 2038"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """PostgreSQL's plain integers end in January 2038; SQLite's never did."""
    if op.get_bind().dialect.name == "postgresql":
        for name in ("starts_at", "ends_at"):
            op.alter_column("event_places", name, type_=sa.BigInteger(), existing_type=sa.Integer())


def downgrade() -> None:
    """Back to before."""
    if op.get_bind().dialect.name == "postgresql":
        for name in ("starts_at", "ends_at"):
            op.alter_column("event_places", name, type_=sa.Integer(), existing_type=sa.BigInteger())
