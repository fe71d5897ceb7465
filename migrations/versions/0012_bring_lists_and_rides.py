"""Bring lists and rides"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def claims(table: str, of: str, of_table: str, number: str, *more: sa.Column) -> None:
    """A table of so many of something that an answer has."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(of, sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=False),
        sa.Column(number, sa.Integer(), nullable=False),
        *more,
        sa.CheckConstraint(f"{number} > 0", name=op.f(f"ck_{table}_{number}")),
        sa.ForeignKeyConstraint([of], [f"{of_table}.id"], name=op.f(f"fk_{table}_{of}_{of_table}"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f(f"fk_{table}_rsvp_id_rsvps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(of, "rsvp_id", name=op.f(f"uq_{table}_{of}_rsvp_id")),
    )
    op.create_index(f"ix_{table}_rsvp_id", table, ["rsvp_id"])


def upgrade() -> None:
    """Nobody brings anything or drives until somebody says so."""
    op.create_table(
        "bring_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_bring_items_wanted")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_bring_items_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bring_items")),
    )
    op.create_index(op.f("ix_bring_items_event_id"), "bring_items", ["event_id"])
    at = sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False)
    claims("bring_claims", "item_id", "bring_items", "quantity", at)
    op.create_table(
        "rides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("way", "start", "town", "note", "contact")),
        sa.Column("leaves_after", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_rides_seats")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_rides_event_id_events"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f("fk_rides_rsvp_id_rsvps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rides")),
        sa.UniqueConstraint("rsvp_id", name=op.f("uq_rides_rsvp_id")),
    )
    op.create_index(op.f("ix_rides_event_id"), "rides", ["event_id"])
    contact = sa.Column("contact", sa.String(), nullable=False)
    at = sa.Column("created_at", sa.DateTime(timezone=True), nullable=False)
    claims("ride_seats", "ride_id", "rides", "seats", contact, at)


def downgrade() -> None:
    """Back to before."""
    for table in ("ride_seats", "rides", "bring_claims", "bring_items"):
        op.drop_table(table)
