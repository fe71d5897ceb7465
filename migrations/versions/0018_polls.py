"""Finding a time, and a crew's polls"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def instant(name: str, *, needed: bool = True) -> sa.Column:
    """A UTC instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def words(*names: str, needed: bool = True) -> tuple[sa.Column, ...]:
    """Columns of text."""
    return tuple(sa.Column(name, sa.String(), nullable=not needed) for name in names)


def number(name: str, *, needed: bool = True) -> sa.Column:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=not needed)


def yes_no(*names: str) -> tuple[sa.Column, ...]:
    """Columns that are true or false."""
    return tuple(sa.Column(name, sa.Boolean(), nullable=False) for name in names)


def of(table: str, column: str, other: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """What a column points at, and what becomes of the row when that goes."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)


def table(name: str, *parts: sa.Column | sa.Constraint) -> None:
    """A table whose rows have numbers."""
    op.create_table(name, number("id"), *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def pairs(name: str, first: tuple[str, str], second: tuple[str, str], *more: sa.Column) -> None:
    """A table of one row a pair; it goes with either."""
    columns = [sa.Column(column, sa.Integer(), autoincrement=False, nullable=False) for column, _of in (first, second)]
    op.create_table(
        name,
        *columns,
        *more,
        *(of(name, column, other, "CASCADE") for column, other in (first, second)),
        sa.PrimaryKeyConstraint(first[0], second[0], name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_{second[0]}", name, [second[0]])


def upgrade() -> None:
    """Nobody looks for a time or asks anything yet."""
    table(
        "time_polls",
        *words("public_id", "title", "about", "place", "zone", "state"),
        *(number(name, needed=False) for name in ("group_id", "maker_id", "event_id")),
        sa.Column("starts_wall", sa.DateTime(), nullable=True),
        *(instant(name, needed=False) for name in ("starts_at", "ends_at", "ended_at")),
        *(instant(name) for name in ("closes_at", "created_at")),
        of("time_polls", "group_id", "groups", "CASCADE"),
        of("time_polls", "maker_id", "people", "SET NULL"),
        of("time_polls", "event_id", "events", "SET NULL"),
        sa.UniqueConstraint("public_id", name=op.f("uq_time_polls_public_id")),
    )
    for column in ("group_id", "maker_id", "event_id"):
        op.create_index(f"ix_time_polls_{column}", "time_polls", [column])
    table(
        "time_options",
        number("poll_id"),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("starts_wall", "ends_wall")),
        *(instant(name) for name in ("starts_at", "ends_at")),
        of("time_options", "poll_id", "time_polls", "CASCADE"),
        sa.UniqueConstraint("poll_id", "starts_at", "ends_at", name=op.f("uq_time_options_poll_id_starts_at_ends_at")),
    )
    table(
        "time_ballots",
        *words("public_id", "name", "language"),
        *words("email", needed=False),
        number("generation"),
        number("poll_id"),
        number("person_id", needed=False),
        *yes_no("hears"),
        instant("created_at"),
        of("time_ballots", "poll_id", "time_polls", "CASCADE"),
        of("time_ballots", "person_id", "people", "SET NULL"),
        sa.UniqueConstraint("public_id", name=op.f("uq_time_ballots_public_id")),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_time_ballots_poll_id_person_id")),
    )
    op.create_index("ix_time_ballots_poll_id_email", "time_ballots", ["poll_id", "email"])
    op.create_index("ix_time_ballots_person_id", "time_ballots", ["person_id"])
    pairs("time_votes", ("ballot_id", "time_ballots"), ("option_id", "time_options"), *words("answer"))
    table(
        "polls",
        *words("public_id", "question", "about", "zone"),
        number("group_id"),
        number("maker_id", needed=False),
        *yes_no("several", "anonymous"),
        *(instant(name, needed=False) for name in ("closes_at", "closed_at")),
        instant("created_at"),
        of("polls", "group_id", "groups", "CASCADE"),
        of("polls", "maker_id", "people", "SET NULL"),
        sa.UniqueConstraint("public_id", name=op.f("uq_polls_public_id")),
    )
    for column in ("group_id", "maker_id"):
        op.create_index(f"ix_polls_{column}", "polls", [column])
    table(
        "poll_options",
        number("poll_id"),
        *words("words"),
        number("most", needed=False),
        number("counted"),
        sa.CheckConstraint("most > 0", name=op.f("ck_poll_options_most")),
        of("poll_options", "poll_id", "polls", "CASCADE"),
    )
    op.create_index("ix_poll_options_poll_id", "poll_options", ["poll_id"])
    table(
        "poll_ballots",
        number("poll_id"),
        number("person_id", needed=False),
        *words("mark", needed=False),
        of("poll_ballots", "poll_id", "polls", "CASCADE"),
        of("poll_ballots", "person_id", "people", "SET NULL"),
        sa.UniqueConstraint("poll_id", "person_id", name=op.f("uq_poll_ballots_poll_id_person_id")),
        sa.UniqueConstraint("poll_id", "mark", name=op.f("uq_poll_ballots_poll_id_mark")),
    )
    op.create_index("ix_poll_ballots_person_id", "poll_ballots", ["person_id"])
    pairs("poll_choices", ("ballot_id", "poll_ballots"), ("option_id", "poll_options"))
    pairs("poll_watchers", ("poll_id", "polls"), ("person_id", "people"), instant("reminded_at", needed=False))


def downgrade() -> None:
    """Back to before."""
    made = "poll_watchers poll_choices poll_ballots poll_options polls"
    for name in f"{made} time_votes time_ballots time_options time_polls".split():
        op.drop_table(name)
