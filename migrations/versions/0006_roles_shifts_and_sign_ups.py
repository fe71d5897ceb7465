"""Roles, shifts and sign-ups"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def plan(table: str) -> list:
    """The columns of a shift that do not depend on an event's date."""
    return [
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("starts_after", sa.Integer(), nullable=False),
        sa.Column("lasts", sa.Integer(), nullable=False),
        sa.Column("opens_after", sa.Integer(), nullable=True),
        sa.Column("locks_after", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["roles.id"], name=op.f(f"fk_{table}_role_id_roles"), ondelete="CASCADE"
        ),
    ]


def upgrade() -> None:
    """Events keep no seats for helpers, and nobody has a shift, until somebody says so."""
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("instructions", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("requirements", sa.String(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("checks_in", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_roles_group_id_groups"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_roles_lead_id_people"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    op.create_index(op.f("ix_roles_group_id"), "roles", ["group_id"])
    op.create_table(
        "shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        *plan("shifts"),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "minimum <= target AND target <= maximum AND target > 0", name=op.f("ck_shifts_people_in_order")
        ),
        sa.CheckConstraint("lasts > 0", name=op.f("ck_shifts_lasts")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_shifts_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_event_id"), "shifts", ["event_id"])
    op.create_index(op.f("ix_shifts_role_id"), "shifts", ["role_id"])
    op.create_index("ix_shifts_closes_at", "shifts", ["closes_at"])
    op.create_table(
        "template_shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        *plan("template_shifts"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_template_shifts_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_shifts")),
    )
    op.create_index(op.f("ix_template_shifts_group_id"), "template_shifts", ["group_id"])
    op.create_index(op.f("ix_template_shifts_role_id"), "template_shifts", ["role_id"])
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("rsvp_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("line_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shifts.id"], name=op.f("fk_sign_ups_shift_id_shifts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["rsvp_id"], ["rsvps.id"], name=op.f("fk_sign_ups_rsvp_id_rsvps"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("shift_id", "rsvp_id", name=op.f("uq_sign_ups_shift_id_rsvp_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_sign_ups_uid")),
    )
    op.create_index("ix_sign_ups_rsvp_id", "sign_ups", ["rsvp_id"])
    op.add_column("events", sa.Column("seats_for_shifts", sa.Integer(), nullable=True))
    op.add_column("rsvps", sa.Column("has_shift", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("rsvps", "has_shift")
    op.drop_column("events", "seats_for_shifts")
    for table in ("sign_ups", "template_shifts", "shifts", "roles"):
        op.drop_table(table)
