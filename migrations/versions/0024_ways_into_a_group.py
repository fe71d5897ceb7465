"""Private groups, asking to join, links that let people in, keeping somebody out"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whoever took new members goes on taking anybody; whoever did not, those with an invitation."""
    op.create_table(
        "join_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        _to("join_requests", "group_id", "groups"),
        _to("join_requests", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_requests")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_join_requests_group_id_person_id")),
    )
    op.create_index(op.f("ix_join_requests_person_id"), "join_requests", ["person_id"])
    op.create_table(
        "join_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("for_many", sa.Boolean(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        _to("join_links", "group_id", "groups"),
        _to("join_links", "made_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_links")),
        sa.UniqueConstraint("public_id", name=op.f("uq_join_links_public_id")),
    )
    op.create_index(op.f("ix_join_links_group_id"), "join_links", ["group_id"])
    op.create_table(
        "bans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("banned_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("banned_at", sa.DateTime(timezone=True), nullable=False),
        _to("bans", "group_id", "groups"),
        _to("bans", "person_id", "people"),
        _to("bans", "banned_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bans")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_bans_group_id_person_id")),
    )
    op.create_index(op.f("ix_bans_person_id"), "bans", ["person_id"])
    op.add_column("groups", sa.Column("joining", sa.String(), nullable=False, server_default="open"))
    op.execute("UPDATE groups SET joining = 'invitation' WHERE NOT open_to_join")
    op.drop_column("groups", "open_to_join")


def downgrade() -> None:
    """Back to a door that is open or shut."""
    op.add_column("groups", sa.Column("open_to_join", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE groups SET open_to_join = (joining = 'open')")
    op.drop_column("groups", "joining")
    for table in ("bans", "join_links", "join_requests"):
        op.drop_table(table)


def _to(table: str, column: str, other: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete
    )
