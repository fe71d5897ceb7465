"""Posts, what is mailed of them, and who greets newcomers"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def number(name: str, nullable: bool = False) -> sa.Column:
    """A column of a row's number."""
    return sa.Column(name, sa.Integer(), nullable=nullable)


def at(name: str, nullable: bool = True) -> sa.Column:
    """A column of an instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def to(table: str, column: str, other: str, ondelete: str = "CASCADE", **more) -> sa.ForeignKeyConstraint:
    """A key of another table's row."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete, **more)


def pairs(table: str, of: str, of_table: str, *more: sa.Column, unique: tuple[str, ...], index: str) -> None:
    """A table of people and something of theirs."""
    op.create_table(
        table,
        number("id"),
        number(of),
        number("person_id"),
        *more,
        to(table, of, of_table),
        to(table, "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )
    op.create_index(op.f(f"ix_{table}_{index}"), table, [index])


def upgrade() -> None:
    """Members alone read what a crew talks about, until it says otherwise."""
    op.add_column("groups", sa.Column("talk_readers", sa.String(), nullable=False, server_default="members"))
    op.create_table(
        "posts",
        number("id"),
        number("group_id"),
        number("event_id", nullable=True),
        number("parent_id", nullable=True),
        number("author_id", nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=True),
        sa.Column("picture_alt", sa.String(), nullable=False),
        sa.Column("is_question", sa.Boolean(), nullable=False),
        number("answer_id", nullable=True),
        at("created_at", nullable=False),
        at("edited_at"),
        at("pinned_at"),
        at("deleted_at"),
        number("deleted_by_id", nullable=True),
        to("posts", "group_id", "groups"),
        to("posts", "event_id", "events"),
        to("posts", "parent_id", "posts"),
        to("posts", "author_id", "people", "SET NULL"),
        to("posts", "answer_id", "posts", "SET NULL"),
        to("posts", "deleted_by_id", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index("ix_posts_group_id_event_id", "posts", ["group_id", "event_id", "parent_id", "id"])
    for column in ("event_id", "parent_id", "author_id"):
        op.create_index(op.f(f"ix_posts_{column}"), "posts", [column])
    op.create_table(
        "post_edits",
        number("id"),
        number("post_id"),
        sa.Column("text", sa.String(), nullable=False),
        at("until_at", nullable=False),
        to("post_edits", "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_edits")),
    )
    op.create_index(op.f("ix_post_edits_post_id"), "post_edits", ["post_id"])
    kind, how = (sa.Column(name, sa.String(), nullable=False) for name in ("kind", "how"))
    pairs("post_reactions", "post_id", "posts", kind, unique=("post_id", "person_id", "kind"), index="person_id")
    pairs("post_mentions", "post_id", "posts", unique=("post_id", "person_id"), index="person_id")
    pairs("post_mutes", "post_id", "posts", unique=("post_id", "person_id"), index="person_id")
    pairs("talk_mail", "group_id", "groups", how, unique=("person_id", "group_id"), index="group_id")
    offered = at("offered_at", nullable=False)
    pairs("greeters", "group_id", "groups", offered, unique=("group_id", "person_id"), index="person_id")


def downgrade() -> None:
    """Back to before."""
    tables = ("greeters", "talk_mail", "post_mutes", "post_mentions", "post_reactions", "post_edits", "posts")
    for table in tables:
        op.drop_table(table)
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("talk_readers")
