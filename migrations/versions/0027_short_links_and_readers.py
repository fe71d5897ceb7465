"""Short links of events, how often their pages are opened, and which programs read calendars"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0019"
branch_labels = None
depends_on = None

LETTERS = "acdefghjkmnpqrtwxy34679"


def upgrade() -> None:
    """Every event that is there gets a short link, too."""
    op.add_column("events", sa.Column("code", sa.String(), nullable=True))
    events = sa.table("events", sa.column("id", sa.Integer()), sa.column("code", sa.String()))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(events.c.id)).all():
        code = "".join(secrets.choice(LETTERS) for _letter in range(7))
        connection.execute(events.update().where(events.c.id == number).values(code=code))
    op.create_index(op.f("ix_events_code"), "events", ["code"], unique=True)
    op.create_table(
        "feed_readers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("program", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_feed_readers_group_id_groups"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_feed_readers_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_readers")),
        sa.UniqueConstraint("group_id", "program", name=op.f("uq_feed_readers_group_id_program")),
        sa.UniqueConstraint("person_id", "program", name=op.f("uq_feed_readers_person_id_program")),
    )
    op.create_table(
        "event_views",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_event_views_event_id_events"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_views")),
    )


def downgrade() -> None:
    """Back to before."""
    op.drop_table("event_views")
    op.drop_table("feed_readers")
    op.drop_index(op.f("ix_events_code"), table_name="events")
    op.drop_column("events", "code")
