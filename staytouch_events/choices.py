"""What an admin chose on the site itself; a setting in the environment comes before it."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import db
from .versions import LISTS, raise_version


class Choice(db.Model):
    """One choice by its name, which is that of a setting in lower case."""

    __tablename__ = "choices"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


_CHOSEN = select(Choice.__table__).where(Choice.__table__.c.name.in_(bindparam("names", expanding=True)))


def chosen(*names: str) -> dict[str, str]:
    """These choices; "" for one that nobody made."""
    rows = db.session.execute(_CHOSEN, {"names": names})
    return dict.fromkeys(names, "") | dict(rows.all())


def choose(values: dict[str, str]) -> None:
    """Keep these choices; every public page may show them."""
    for name, value in values.items():
        db.session.merge(Choice(name=name, value=value))
    raise_version(LISTS)
