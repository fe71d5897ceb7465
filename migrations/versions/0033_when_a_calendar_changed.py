"""When a calendar elsewhere last changed, as its host says, to ask for what is newer alone"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None
TABLES = ("calendar_imports", "outside_calendars")


def upgrade() -> None:
    """Nobody said it yet."""
    for table in TABLES:
        op.add_column(table, sa.Column("modified", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Back to before."""
    for table in TABLES:
        op.drop_column(table, "modified")
