"""Walk-ups, marks of attendance, corrections of hours, letters about them"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ONE = "(rsvp_id IS NULL) <> (walk_up_id IS NULL)"


def subject(table: str) -> list:
    """Whom a row is about."""
    return [
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=True),
        sa.Column("walk_up_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(ONE, name=op.f(f"ck_{table}_one_subject")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f(f"fk_{table}_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f(f"fk_{table}_rsvp_id_rsvps"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["walk_up_id"], ["walk_ups.id"], name=op.f(f"fk_{table}_walk_up_id_walk_ups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name=op.f(f"fk_{table}_made_by_id_people"), ondelete="SET NULL"
        ),
    ]


def upgrade() -> None:
    """Nobody was anywhere until somebody says so."""
    op.create_table(
        "walk_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_walk_ups_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_walk_ups_person_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_ups")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_walk_ups_event_id_key")),
    )
    op.create_index(op.f("ix_walk_ups_person_id"), "walk_ups", ["person_id"])
    op.create_table(
        "attendance_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        *subject("attendance_marks"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("minors", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_marks")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_attendance_marks_event_id_key")),
    )
    op.create_table(
        "hour_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        *subject("hour_corrections"),
        sa.Column("was", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_hour_corrections_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_corrections")),
    )
    op.create_index(op.f("ix_hour_corrections_event_id"), "hour_corrections", ["event_id"])
    op.create_table(
        "hours_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_hours_letters_group_id_groups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_hours_letters_person_id_people"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hours_letters_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["people.id"], name=op.f("fk_hours_letters_issued_by_id_people"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_letters")),
        sa.UniqueConstraint("code", name=op.f("uq_hours_letters_code")),
    )
    op.create_index(op.f("ix_hours_letters_group_id"), "hours_letters", ["group_id"])
    op.create_index(op.f("ix_hours_letters_person_id"), "hours_letters", ["person_id"])
    for table in ("attendance_marks", "hour_corrections"):
        op.create_index(op.f(f"ix_{table}_rsvp_id"), table, ["rsvp_id"])
        op.create_index(op.f(f"ix_{table}_walk_up_id"), table, ["walk_up_id"])


def downgrade() -> None:
    """Back to before."""
    for table in ("hours_letters", "hour_corrections", "attendance_marks", "walk_ups"):
        op.drop_table(table)
