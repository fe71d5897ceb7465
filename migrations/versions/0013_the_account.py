"""The account: photo, pronouns, password, change of address, deletion"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INVITER = "fk_group_invitations_invited_by_id_people"


def instant(name: str, *, needed: bool = True) -> sa.Column:
    """A UTC instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def of_one_person(table: str, *columns: sa.Column, unique: tuple[str, ...]) -> None:
    """A table that holds one row a person, for as long as there is that person."""
    op.create_table(
        table,
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f(f"fk_{table}_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f(f"pk_{table}")),
        *(sa.UniqueConstraint(name, name=op.f(f"uq_{table}_{name}")) for name in unique),
    )


def invitations(ondelete: str, *, nullable: bool) -> None:
    """What becomes of an invitation when whoever sent it goes."""
    with op.batch_alter_table("group_invitations") as table:
        table.alter_column("invited_by_id", existing_type=sa.Integer(), nullable=nullable)
        table.drop_constraint(INVITER, type_="foreignkey")
        table.create_foreign_key(INVITER, "people", ["invited_by_id"], ["id"], ondelete=ondelete)


def upgrade() -> None:
    """Nobody has a photo, pronouns or a password yet."""
    op.add_column("people", sa.Column("pronouns", sa.String(), nullable=False, server_default=""))
    for name in ("photo", "password_hash"):
        op.add_column("people", sa.Column(name, sa.String(), nullable=True))
    op.add_column("people", instant("gone_at", needed=False))
    of_one_person(
        "address_changes",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("new_email", "old_hash", "new_hash")),
        *(instant(name, needed=False) for name in ("old_pressed_at", "new_pressed_at")),
        *(instant(name) for name in ("created_at", "ends_at")),
        unique=("old_hash", "new_hash"),
    )
    of_one_person(
        "deletion_requests",
        sa.Column("token_hash", sa.String(), nullable=False),
        *(instant(name) for name in ("created_at", "ends_at")),
        unique=("token_hash",),
    )
    invitations("SET NULL", nullable=True)


def downgrade() -> None:
    """Back to before."""
    op.execute("DELETE FROM group_invitations WHERE invited_by_id IS NULL")
    invitations("CASCADE", nullable=False)
    for table in ("deletion_requests", "address_changes"):
        op.drop_table(table)
    for name in ("gone_at", "password_hash", "photo", "pronouns"):
        op.drop_column("people", name)
