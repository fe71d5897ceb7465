"""Mail that comes in, and the last answer that a mail program sent"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing came in yet. Invitations that were sent keep their ORGANIZER, the address that mail came from."""
    op.create_table(
        "received_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("hash", "to_email")),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("state", "why")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mail")),
        sa.UniqueConstraint("hash", name=op.f("uq_received_mail_hash")),
    )
    op.create_index(op.f("ix_received_mail_received_at"), "received_mail", ["received_at"])
    op.create_table(
        "stopped_addresses",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("email", "why")),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_stopped_addresses")),
    )
    op.create_table(
        "mail_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_checks")),
    )
    op.add_column("rsvps", sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Back to before."""
    op.drop_column("rsvps", "replied_at")
    op.drop_table("mail_checks")
    op.drop_table("stopped_addresses")
    op.drop_table("received_mail")
