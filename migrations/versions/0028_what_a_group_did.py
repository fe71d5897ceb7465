"""What a group's people did with it, line by line"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was done before is not known."""
    op.create_table(
        "group_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("group_id", "groups", "CASCADE"),
        _to("by_id", "people", "SET NULL"),
        _to("about_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_log")),
    )
    op.create_index("ix_group_log_group_id_id", "group_log", ["group_id", "id"])
    for column in ("by_id", "about_id"):
        op.create_index(op.f(f"ix_group_log_{column}"), "group_log", [column])


def downgrade() -> None:
    """Back to before."""
    op.drop_table("group_log")


def _to(column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_group_log_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
