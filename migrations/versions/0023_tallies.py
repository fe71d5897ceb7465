"""How often pages are opened, and when calendar programs read"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was counted yet."""
    op.create_table(
        "page_views",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("path", "on_day", name=op.f("pk_page_views")),
    )
    op.create_table(
        "calendar_readings",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subscribers", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("path", "program", name=op.f("pk_calendar_readings")),
    )


def downgrade() -> None:
    """Forget the numbers."""
    op.drop_table("calendar_readings")
    op.drop_table("page_views")
