"""What a group's people did with it, line by line; and who offers to lead a group that nobody looks after"""

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
        _to("group_log", "group_id", "groups", "CASCADE"),
        _to("group_log", "by_id", "people", "SET NULL"),
        _to("group_log", "about_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_log")),
    )
    op.create_index("ix_group_log_group_id_id", "group_log", ["group_id", "id"])
    for column in ("by_id", "about_id"):
        op.create_index(op.f(f"ix_group_log_{column}"), "group_log", [column])
    op.create_table(
        "lead_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _to("lead_asks", "group_id", "groups", "CASCADE"),
        _to("lead_asks", "person_id", "people", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_asks")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_lead_asks_group_id_person_id")),
    )
    op.create_index(op.f("ix_lead_asks_person_id"), "lead_asks", ["person_id"])


def downgrade() -> None:
    """Back to before."""
    for table in ("lead_asks", "group_log"):
        op.drop_table(table)


def _to(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
