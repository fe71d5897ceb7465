"""Short links of events"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0020"
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


def downgrade() -> None:
    """Back to before."""
    op.drop_index(op.f("ix_events_code"), table_name="events")
    op.drop_column("events", "code")
