"""Places that need hands, who wants to hear of them, and their events"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is reported yet."""
    op.create_table(
        "spots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("hazards", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("lat", "lon", "x", "y", "z")),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("country_code", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("after_picture", sa.String(), nullable=True),
        sa.Column("closed_as", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleaned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spots")),
        sa.UniqueConstraint("slug", name=op.f("uq_spots_slug")),
    )
    op.create_index("ix_spots_state_id", "spots", ["state", "id"])
    op.create_table(
        "spot_watchers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["spot_id"], ["spots.id"], name=op.f("fk_spot_watchers_spot_id_spots"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_spot_watchers_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_watchers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_spot_watchers_public_id")),
        sa.UniqueConstraint("spot_id", "person_id", name=op.f("uq_spot_watchers_spot_id_person_id")),
    )
    op.create_index(op.f("ix_spot_watchers_person_id"), "spot_watchers", ["person_id"])
    op.create_table(
        "spot_events",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("spot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_spot_events_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["spot_id"], ["spots.id"], name=op.f("fk_spot_events_spot_id_spots"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_spot_events")),
    )
    op.create_index(op.f("ix_spot_events_spot_id"), "spot_events", ["spot_id"])


def downgrade() -> None:
    """Back to before."""
    for table in ("spot_events", "spot_watchers", "spots"):
        op.drop_table(table)
