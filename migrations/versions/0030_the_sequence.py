"""The letters around an event: which it sends, which somebody wants, and who said again that they come"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Events go on sending what they sent; they thank, too. Everybody wants what they got."""
    for column, default in (("mails_day_before", sa.true()), ("mails_morning", sa.false()), ("mails_thanks", sa.true())):
        op.add_column("events", sa.Column(column, sa.Boolean(), nullable=False, server_default=default))
    op.execute("UPDATE jobs SET kind = 'rsvps.day_before' WHERE kind = 'rsvps.remind'")
    op.add_column("rsvps", sa.Column("sure_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("people", sa.Column("unwanted", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Back to before."""
    op.execute("DELETE FROM jobs WHERE kind IN ('rsvps.morning', 'rsvps.thanks')")
    op.execute("UPDATE jobs SET kind = 'rsvps.remind' WHERE kind = 'rsvps.day_before'")
    op.drop_column("people", "unwanted")
    op.drop_column("rsvps", "sure_at")
    for column in ("mails_thanks", "mails_morning", "mails_day_before"):
        op.drop_column("events", column)
