"""What an admin chose on the site itself; a setting in the environment comes before it."""

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from .db import db
from .versions import LISTS, raise_version


class Choice(db.Model):
    """One choice by its name, which is that of a setting in lower case."""

    __tablename__ = "choices"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def chosen(*names: str) -> dict[str, str]:
    """These choices; "" for one that nobody made."""
    rows = db.session.execute(select(Choice.name, Choice.value).where(Choice.name.in_(names)))
    return dict.fromkeys(names, "") | dict(rows.all())


def choose(values: dict[str, str]) -> None:
    """Keep these choices; every public page may show them."""
    for name, value in values.items():
        db.session.merge(Choice(name=name, value=value))
    raise_version(LISTS)
