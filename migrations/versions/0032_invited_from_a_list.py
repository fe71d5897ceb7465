"""For whom a link to join was mailed"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Links so far were given by hand."""
    op.add_column("join_links", sa.Column("email", sa.String(), nullable=True))
    op.create_index(op.f("ix_join_links_email"), "join_links", ["email"])


def downgrade() -> None:
    """Back to before."""
    op.drop_index(op.f("ix_join_links_email"), "join_links")
    op.drop_column("join_links", "email")
