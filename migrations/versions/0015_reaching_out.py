"""Reminders to reach out, and the files that people came from"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    """Nobody brought a file yet, and whoever chose nothing is reminded as usual."""
    op.create_table(
        "reach_outs",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Boolean(), server_default=sa.true(), nullable=False) for name in ("is_on", "by_mail")),
        *(_number(name) for name in ("weekday", "hour", "quiet_from", "quiet_until")),
        _refers("reach_outs", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reach_outs")),
    )
    op.create_table(
        "people_files",
        _number("id"),
        sa.Column("public_id", sa.String(), nullable=False),
        _number("owner_id"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", AT, nullable=False),
        *(sa.Column(name, AT, nullable=True) for name in ("taken_at", "undone_at")),
        _refers("people_files", "owner_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_files_public_id")),
    )
    op.create_index(op.f("ix_people_files_owner_id"), "people_files", ["owner_id"])
    op.create_table(
        "from_files",
        *(_number(name) for name in ("id", "file_id", "contact_id", "position")),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("before", "after")),
        _refers("from_files", "file_id", "people_files"),
        _refers("from_files", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_from_files")),
    )
    for column in ("file_id", "contact_id"):
        op.create_index(op.f(f"ix_from_files_{column}"), "from_files", [column])


def downgrade() -> None:
    """Back to before."""
    for table in ("from_files", "people_files", "reach_outs"):
        op.drop_table(table)
