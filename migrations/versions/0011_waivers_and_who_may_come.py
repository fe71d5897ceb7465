"""Waivers, signatures, who may come, whom to call, photos"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(name), ondelete=ondelete)


def upgrade() -> None:
    """Nothing is asked for yet."""
    op.create_table(
        "waivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counts_from", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        _to("waivers", "group_id", "groups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    op.create_index(op.f("ix_waivers_group_id"), "waivers", ["group_id"])
    op.create_table(
        "waiver_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("waiver_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "title", "text", "sha256")),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        _to("waiver_texts", "waiver_id", "waivers"),
        _to("waiver_texts", "published_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_texts")),
        sa.UniqueConstraint(
            "waiver_id", "version", "language", name=op.f("uq_waiver_texts_waiver_id_version_language")
        ),
    )
    op.create_table(
        "event_waivers",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waiver_id", sa.Integer(), autoincrement=False, nullable=False),
        _to("event_waivers", "event_id", "events"),
        _to("event_waivers", "waiver_id", "waivers"),
        sa.PrimaryKeyConstraint("event_id", "waiver_id", name=op.f("pk_event_waivers")),
    )
    op.create_index(op.f("ix_event_waivers_waiver_id"), "event_waivers", ["waiver_id"])
    op.create_table(
        "event_rules",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=True)
            for name in ("consent_under", "accompanied_under", "minors_per_adult")
        ),
        sa.Column("emergency", sa.String(), nullable=False),
        sa.Column("photos", sa.Boolean(), nullable=False),
        _to("event_rules", "event_id", "events"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_rules")),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=True),
        sa.Column("walk_up_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("sha256", "kind", "name", "signed_by", "relation")
        ),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(rsvp_id IS NULL) <> (walk_up_id IS NULL)", name=op.f("ck_signatures_one_party")),
        _to("signatures", "event_id", "events"),
        _to("signatures", "rsvp_id", "rsvps"),
        _to("signatures", "walk_up_id", "walk_ups"),
        _to("signatures", "text_id", "waiver_texts", None),
        _to("signatures", "held_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
    )
    for column in ("event_id", "rsvp_id", "walk_up_id"):
        op.create_index(f"ix_signatures_{column}", "signatures", [column])
    op.create_table(
        "emergency_contacts",
        sa.Column("rsvp_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        _to("emergency_contacts", "rsvp_id", "rsvps"),
        sa.PrimaryKeyConstraint("rsvp_id", name=op.f("pk_emergency_contacts")),
    )
    op.create_table(
        "photo_answers",
        sa.Column("rsvp_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        _to("photo_answers", "rsvp_id", "rsvps"),
        sa.PrimaryKeyConstraint("rsvp_id", name=op.f("pk_photo_answers")),
    )
    op.add_column("rsvps", sa.Column("youngest", sa.Integer(), nullable=True))
    op.add_column("attendance_marks", sa.Column("anyway", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("attendance_marks", "anyway")
    op.drop_column("rsvps", "youngest")
    for table in ("photo_answers", "emergency_contacts", "signatures", "event_rules"):
        op.drop_table(table)
    for table in ("event_waivers", "waiver_texts", "waivers"):
        op.drop_table(table)
