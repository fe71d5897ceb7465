"""Since when the rules of a series are counted, where they were changed on the way"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None was changed yet."""
    op.add_column("series", sa.Column("counted_from", sa.Date()))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("series", "counted_from")
