"""What organizers write to everyone"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def to(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """A key of announcements, and what becomes of them."""
    name = op.f(f"fk_announcements_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """Nobody has written yet, and everybody wants it."""
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("event_id", "by_id")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("audience", "subject", "text")),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("replies", sa.Boolean(), nullable=False),
        sa.Column("strangers", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        to("groups", "group_id", "CASCADE"),
        to("events", "event_id", "CASCADE"),
        to("people", "by_id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_group_id_event_id", "announcements", ["group_id", "event_id"])
    for column in ("event_id", "by_id"):
        op.create_index(op.f(f"ix_announcements_{column}"), "announcements", [column])
    for table in ("rsvps", "memberships"):
        op.add_column(table, sa.Column("announced", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("rsvps", sa.Column("by_host", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("rsvps", "by_host")
    for table in ("memberships", "rsvps"):
        op.drop_column(table, "announced")
    op.drop_table("announcements")
