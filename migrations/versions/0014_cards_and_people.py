"""Cards, and the people whom somebody keeps"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), nullable=False)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _numbers(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=nullable) for name in names]


def _rhythm() -> list[sa.Column]:
    return _numbers("ideal_days", "longest_days", nullable=True)


def _refers(table: str, column: str, to: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete=gone)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _make_cards() -> None:
    op.create_table(
        "card_details",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("phone", "company"),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("links", "languages", "skills")),
        *_texts("note"),
        sa.Column("found_by_others", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_by_mail", sa.Boolean(), server_default=sa.true(), nullable=False),
        _refers("card_details", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_card_details")),
    )
    op.create_table(
        "cards",
        _id(),
        *_texts("public_id"),
        *_numbers("generation", "person_id"),
        *_texts("version"),
        sa.Column("fields", sa.JSON(), nullable=False),
        _refers("cards", "person_id", "people"),
        _key("cards"),
        _unique("cards", "public_id"),
        _unique("cards", "person_id", "version"),
    )
    op.create_table(
        "card_asks",
        _id(),
        *_texts("public_id"),
        *_numbers("asker_id", "asked_id", "card_id"),
        *_numbers("event_id", nullable=True),
        *_texts("words"),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("declined_at", AT, nullable=True),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_card_asks_two")),
        _refers("card_asks", "asker_id", "people"),
        _refers("card_asks", "asked_id", "people"),
        _refers("card_asks", "card_id", "cards"),
        _refers("card_asks", "event_id", "events", "SET NULL"),
        _key("card_asks"),
        _unique("card_asks", "public_id"),
        _unique("card_asks", "asker_id", "asked_id"),
    )
    op.create_index(op.f("ix_card_asks_asked_id"), "card_asks", ["asked_id"])
    op.create_table(
        "found_at",
        _id(),
        *_numbers("event_id", "person_id"),
        sa.Column("shown", sa.Boolean(), nullable=False),
        _refers("found_at", "event_id", "events"),
        _refers("found_at", "person_id", "people"),
        _key("found_at"),
        _unique("found_at", "event_id", "person_id"),
    )
    op.create_index(op.f("ix_found_at_person_id"), "found_at", ["person_id"])


def _make_contacts() -> None:
    for table, word in (("contact_kinds", ("key", "name")), ("tag_rhythms", ("tag",))):
        op.create_table(
            table,
            _id(),
            *_numbers("owner_id"),
            *_texts(*word),
            *_rhythm(),
            _refers(table, "owner_id", "people"),
            _key(table),
            _unique(table, "owner_id", word[0]),
        )
    op.create_table(
        "contacts",
        _id(),
        *_texts("public_id"),
        *_numbers("owner_id"),
        *_numbers("person_id", "card_id", nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("shared", "own")),
        *_texts("sort_name", "words", "origin"),
        sa.Column("waits", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("met_at", AT, nullable=True),
        *_numbers("met_event_id", nullable=True),
        *_texts("met_words"),
        *_numbers("kind_id", nullable=True),
        *_rhythm(),
        sa.Column("snoozed_until_on", sa.Date(), nullable=True),
        *_texts("kept_vcard"),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("removed_at", AT, nullable=True),
        _refers("contacts", "owner_id", "people"),
        _refers("contacts", "person_id", "people", "SET NULL"),
        _refers("contacts", "card_id", "cards", "SET NULL"),
        _refers("contacts", "met_event_id", "events", "SET NULL"),
        _refers("contacts", "kind_id", "contact_kinds", "SET NULL"),
        _key("contacts"),
        _unique("contacts", "public_id"),
        _unique("contacts", "owner_id", "person_id"),
    )
    op.create_index("ix_contacts_owner_id_sort_name", "contacts", ["owner_id", "sort_name"])
    for column in ("person_id", "card_id", "kind_id"):
        op.create_index(op.f(f"ix_contacts_{column}"), "contacts", [column])


def _make_of_contact(table: str, *more, indexed: bool = True) -> None:
    op.create_table(
        table, _id(), *_numbers("contact_id"), *more, _refers(table, "contact_id", "contacts"), _key(table)
    )
    if indexed:
        op.create_index(op.f(f"ix_{table}_contact_id"), table, ["contact_id"])


def upgrade() -> None:
    """Nobody has a card or keeps anybody yet."""
    _make_cards()
    _make_contacts()
    tags = "contact_tags"
    _make_of_contact(tags, *_texts("tag"), _unique(tags, "contact_id", "tag"), indexed=False)
    _make_of_contact(
        "contact_notes",
        sa.Column("noted_on", sa.Date(), nullable=False),
        *_texts("text"),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("removed_at", AT, nullable=True),
    )
    _make_of_contact(
        "contact_dates",
        *_texts("what", "label"),
        *_numbers("month", "day"),
        *_numbers("year", nullable=True),
        sa.CheckConstraint(
            "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31", name=op.f("ck_contact_dates_day_of_year")
        ),
    )
    _make_of_contact(
        "contact_touches",
        *_texts("what"),
        sa.Column("touched_at", AT, nullable=False),
        *_texts("words"),
        indexed=False,
    )
    op.create_index("ix_contact_touches_contact_id_touched_at", "contact_touches", ["contact_id", "touched_at"])


def downgrade() -> None:
    """Back to before."""
    tables = ("contact_touches", "contact_dates", "contact_notes", "contact_tags", "contacts")
    for table in (*tables, "tag_rhythms", "contact_kinds", "found_at", "card_asks", "cards", "card_details"):
        op.drop_table(table)
