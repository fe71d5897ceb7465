"""What the crews did, and what they give for it"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _refers(table: str, column: str, to: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=gone)


def upgrade() -> None:
    """Nothing is counted yet."""
    op.create_table(
        "impact_logs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("team", "team_key", "state")),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_name", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "unit")),
        *(sa.Column(f"bags_{kind}", sa.Integer(), nullable=False) for kind in ("trash", "recycling", "green")),
        sa.Column("grams", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("square_metres", "adults", "minors", "minutes")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("syringe_place", "oddest", "note")),
        sa.CheckConstraint(
            "bags_trash >= 0 AND bags_recycling >= 0 AND bags_green >= 0", name=op.f("ck_impact_logs_bags")
        ),
        _refers("impact_logs", "event_id", "events"),
        _refers("impact_logs", "proposed_by_id", "people", "SET NULL"),
        _refers("impact_logs", "decided_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_logs")),
        sa.UniqueConstraint("event_id", "team_key", name=op.f("uq_impact_logs_event_id_team_key")),
    )
    op.create_index("ix_impact_logs_state_event_id", "impact_logs", ["state", "event_id"])
    op.create_index(op.f("ix_impact_logs_proposed_by_id"), "impact_logs", ["proposed_by_id"])
    op.create_table(
        "impact_items",
        sa.Column("log_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_impact_items_count")),
        _refers("impact_items", "log_id", "impact_logs"),
        sa.PrimaryKeyConstraint("log_id", "item", name=op.f("pk_impact_items")),
    )
    op.create_table(
        "impact_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("caption", sa.String(), nullable=False),
        _refers("impact_photos", "log_id", "impact_logs"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_photos")),
    )
    op.create_index(op.f("ix_impact_photos_log_id"), "impact_photos", ["log_id"])
    op.create_table(
        "impact_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        _refers("impact_changes", "log_id", "impact_logs"),
        _refers("impact_changes", "made_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_changes")),
    )
    op.create_index(op.f("ix_impact_changes_log_id"), "impact_changes", ["log_id"])
    op.create_table(
        "recognitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("after_events", sa.Integer(), nullable=True),
        sa.Column("after_hours", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        _refers("recognitions", "group_id", "groups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognitions")),
    )
    op.create_index(op.f("ix_recognitions_group_id"), "recognitions", ["group_id"])
    op.create_table(
        "awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recognition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        _refers("awards", "recognition_id", "recognitions"),
        _refers("awards", "person_id", "people"),
        _refers("awards", "decided_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
        sa.UniqueConstraint("recognition_id", "person_id", name=op.f("uq_awards_recognition_id_person_id")),
    )
    op.create_index(op.f("ix_awards_person_id"), "awards", ["person_id"])


def downgrade() -> None:
    """Back to before."""
    for table in ("awards", "recognitions", "impact_changes", "impact_photos", "impact_items", "impact_logs"):
        op.drop_table(table)
