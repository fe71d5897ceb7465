"""A group's log, the newest line first."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from .log_models import LogLine
from .models import Group

PAGE = 50


def log_page(group: Group, before: int | None) -> tuple[list[LogLine], int | None]:
    """A page of lines older than the one of this number, and before which number the next page is."""
    mine = select(LogLine).options(joinedload(LogLine.by), joinedload(LogLine.about))
    mine = mine.where(LogLine.group_id == group.id)
    if before is not None:
        mine = mine.where(LogLine.id < before)
    rows = list(db.session.scalars(mine.order_by(LogLine.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None
