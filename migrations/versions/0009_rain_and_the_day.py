"""What the weather decides, who still comes on a new date, and what the day itself needs to know"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No event depends on the weather yet, and nobody is asked."""
    op.add_column("events", sa.Column("weather_dependent", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("decides_before", "backup_after"):
        op.add_column("events", sa.Column(name, sa.Integer(), nullable=True))
    for name in ("weather_decided_at", "previous_starts_at"):
        op.add_column("events", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("rsvps", sa.Column("confirm_by_at", sa.DateTime(timezone=True), nullable=True))
    written = ("brief", "hospital", "hospital_address", "hospital_url", "lead", "lead_phone", "end_signal")
    op.create_table(
        "day_infos",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in written),
        sa.Column("brief_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_day_infos_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_day_infos")),
    )
    op.create_table(
        "brief_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=True),
        sa.Column("walk_up_id", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(rsvp_id IS NULL) <> (walk_up_id IS NULL)", name=op.f("ck_brief_reads_one_subject")),
        *(
            sa.ForeignKeyConstraint(
                [f"{one}_id"], [f"{table}.id"], name=op.f(f"fk_brief_reads_{one}_id_{table}"), ondelete="CASCADE"
            )
            for one, table in (("event", "events"), ("rsvp", "rsvps"), ("walk_up", "walk_ups"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_reads")),
        sa.UniqueConstraint("event_id", "rsvp_id", name=op.f("uq_brief_reads_event_id_rsvp_id")),
        sa.UniqueConstraint("event_id", "walk_up_id", name=op.f("uq_brief_reads_event_id_walk_up_id")),
    )
    for one in ("rsvp", "walk_up"):
        op.create_index(op.f(f"ix_brief_reads_{one}_id"), "brief_reads", [f"{one}_id"])


def downgrade() -> None:
    """Back to before."""
    for table in ("brief_reads", "day_infos"):
        op.drop_table(table)
    op.drop_column("rsvps", "confirm_by_at")
    for name in ("previous_starts_at", "weather_decided_at", "backup_after", "decides_before", "weather_dependent"):
        op.drop_column("events", name)
