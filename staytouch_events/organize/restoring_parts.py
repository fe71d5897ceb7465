"""The lists of an archive, put back: each of PARTS, and the later work that goes with it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, select

from ..db import db
from ..polls import asking, finding
from ..polls.crew_models import Poll
from ..polls.models import TimePoll
from ..series.models import Series
from ..series.season import plan_season
from .archive_part_queries import PARTS, Part, named_by

# By table, the rows that were made, in the order of the archive's lists.
Made = dict[str, list[Any]]


def put_parts_back(told: dict[str, Any], made: Made, now: datetime) -> None:
    """Make the rows of each list; `made` has the group, people, events and answers. An older archive has none."""
    for part in PARTS:
        lists = told.get(part.table.name, [])
        rows = [part.model(**_fields(part, one, made)) for one in lists]
        db.session.add_all(rows)
        db.session.flush()
        made[part.table.name] = rows
        _name_each_other(part, lists, rows)
    for series in made[Series.__tablename__]:
        if series.ended_at is None:
            plan_season(series, now)
    for time in made[TimePoll.__tablename__]:
        finding.plan(time, now)
    for poll in made[Poll.__tablename__]:
        asking.plan(poll, now)


def _fields(part: Part, told: dict[str, Any], made: Made) -> dict[str, Any]:
    """Its columns; an address that another row has here is made anew."""
    fields = {name: _value(part.table.columns[name], value, made) for name, value in told.items()}
    return {name: value for name, value in fields.items() if not _is_taken(part.table.columns[name], value)}


def _is_taken(column: Column, value: Any) -> bool:
    if not column.unique or column.default is None:
        return False
    return db.session.scalar(select(column).where(column == value)) is not None


def _value(column: Column, value: Any, made: Made) -> Any:
    if value is None:
        return None
    if table := named_by(column):
        return made[table][value].id if table in made else None
    if not isinstance(value, str):
        return value
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if column.name.endswith(("_at", "_wall")) else value


def _name_each_other(part: Part, lists: list[dict[str, Any]], rows: list[Any]) -> None:
    """What names a row of its own list, once all of them are there."""
    own = [column.name for column in part.table.columns if named_by(column) == part.table.name]
    for told, row in zip(lists, rows, strict=True):
        for name in own:
            if told[name] is not None:
                setattr(row, name, rows[told[name]].id)
