"""Conversations"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PEOPLE, SIDES = "people", "conversation_sides"


def column(name: str, kind: sa.types.TypeEngine, nullable: bool = False) -> sa.Column:
    """A column that is never empty, unless it says so."""
    return sa.Column(name, kind, nullable=nullable)


def many(kind: sa.types.TypeEngine, names: str, nullable: bool = False) -> list[sa.Column]:
    """Columns of one kind."""
    return [column(name, kind, nullable) for name in names.split()]


def leads(table: str, name: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """A column that leads to another table."""
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_{table}_{name}_{to}"), ondelete=ondelete)


def create(table: str, *parts: sa.schema.SchemaItem, key: str = "id") -> None:
    """A table with its primary key."""
    own = [column(key, sa.Integer())] if key == "id" else []
    op.create_table(table, *own, *parts, sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")))


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    """Each once."""
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def index(table: str, *names: str) -> None:
    """Found quickly by these."""
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))


def upgrade() -> None:
    """Nobody has written to anybody yet."""
    _conversations()
    _around_them()
    _meetings()


def _conversations() -> None:
    create(
        "conversations",
        *many(sa.Integer(), "person_id other_id group_id", nullable=True),
        column("accepted_at", INSTANT, nullable=True),
        column("started_at", INSTANT),
        column("last_id", sa.Integer()),
        sa.CheckConstraint("other_id IS NULL OR group_id IS NULL", name=op.f("ck_conversations_one_partner")),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_conversations_in_order")),
        leads("conversations", "person_id", PEOPLE, "SET NULL"),
        leads("conversations", "other_id", PEOPLE, "SET NULL"),
        leads("conversations", "group_id", "groups", "CASCADE"),
        unique("conversations", "person_id", "other_id"),
        unique("conversations", "person_id", "group_id"),
    )
    index("conversations", "other_id")
    index("conversations", "group_id")
    create(
        SIDES,
        column("public_id", sa.String()),
        *many(sa.Integer(), "generation conversation_id"),
        column("person_id", sa.Integer(), nullable=True),
        *many(sa.Integer(), "read_to told_to"),
        *many(INSTANT, "told_at tell_at", nullable=True),
        *many(sa.Boolean(), "is_crew muted put_away declined blocked"),
        leads(SIDES, "conversation_id", "conversations", "CASCADE"),
        leads(SIDES, "person_id", PEOPLE, "SET NULL"),
        unique(SIDES, "public_id"),
        unique(SIDES, "conversation_id", "person_id"),
    )
    index(SIDES, "person_id")
    create(
        "messages",
        *many(sa.Integer(), "conversation_id side_id"),
        column("text", sa.String()),
        *many(sa.Integer(), "writer_id event_id", nullable=True),
        column("sent_at", INSTANT),
        leads("messages", "conversation_id", "conversations", "CASCADE"),
        leads("messages", "side_id", SIDES, "CASCADE"),
        leads("messages", "writer_id", PEOPLE, "SET NULL"),
        leads("messages", "event_id", "events", "SET NULL"),
    )
    index("messages", "conversation_id", "id")
    index("messages", "writer_id")


def _around_them() -> None:
    create(
        "message_reports",
        *many(sa.Integer(), "message_id reporter_id", nullable=True),
        column("about_id", sa.Integer()),
        *many(sa.String(), "text words"),
        *many(INSTANT, "sent_at made_at"),
        column("settled_at", INSTANT, nullable=True),
        column("outcome", sa.String(), nullable=True),
        leads("message_reports", "message_id", "messages", "SET NULL"),
        leads("message_reports", "reporter_id", PEOPLE, "SET NULL"),
        leads("message_reports", "about_id", PEOPLE, "CASCADE"),
        unique("message_reports", "message_id", "reporter_id"),
    )
    create(
        "correspondents",
        column("person_id", sa.Integer()),
        column("public_id", sa.String()),
        column("generation", sa.Integer()),
        *many(sa.Boolean(), "mailed asks_first"),
        column("stopped_at", INSTANT, nullable=True),
        leads("correspondents", "person_id", PEOPLE, "CASCADE"),
        unique("correspondents", "public_id"),
        key="person_id",
    )
    create(
        "inquiries",
        column("public_id", sa.String()),
        *many(sa.Integer(), "generation group_id"),
        column("event_id", sa.Integer(), nullable=True),
        *many(sa.String(), "name email language text"),
        column("created_at", INSTANT),
        column("side_id", sa.Integer(), nullable=True),
        leads("inquiries", "group_id", "groups", "CASCADE"),
        leads("inquiries", "event_id", "events", "SET NULL"),
        leads("inquiries", "side_id", SIDES, "CASCADE"),
        unique("inquiries", "public_id"),
    )


def _meetings() -> None:
    create(
        "meetings",
        column("conversation_id", sa.Integer()),
        column("uid", sa.String()),
        column("sequence", sa.Integer()),
        *many(sa.String(), "organizer what place zone"),
        *many(INSTANT, "starts_at ends_at created_at changed_at"),
        column("cancelled_at", INSTANT, nullable=True),
        leads("meetings", "conversation_id", "conversations", "CASCADE"),
        unique("meetings", "uid"),
    )
    index("meetings", "conversation_id")
    create(
        "proposals",
        column("message_id", sa.Integer()),
        column("meeting_id", sa.Integer(), nullable=True),
        *many(sa.String(), "what place zone"),
        column("minutes", sa.Integer()),
        column("times", sa.JSON()),
        column("taken", sa.Integer(), nullable=True),
        column("closed_at", INSTANT, nullable=True),
        leads("proposals", "message_id", "messages", "CASCADE"),
        leads("proposals", "meeting_id", "meetings", "CASCADE"),
        unique("proposals", "message_id"),
    )
    index("proposals", "meeting_id")


def downgrade() -> None:
    """Back to before."""
    for table in ("proposals", "meetings", "inquiries", "correspondents", "message_reports", "messages"):
        op.drop_table(table)
    for table in (SIDES, "conversations"):
        op.drop_table(table)
