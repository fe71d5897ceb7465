"""What an admin chose, and what online geocoders answered"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both empty: nothing is chosen until somebody does."""
    op.create_table(
        "choices",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_choices")),
    )
    op.create_table(
        "geocoded",
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("question", name=op.f("pk_geocoded")),
    )


def downgrade() -> None:
    """Back to before."""
    op.drop_table("geocoded")
    op.drop_table("choices")
