"""What somebody wants in their own calendar"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody wants all of it until they say otherwise."""
    op.create_table(
        "personal_feeds",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_personal_feeds_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_personal_feeds")),
    )


def downgrade() -> None:
    """Back to before."""
    op.drop_table("personal_feeds")
