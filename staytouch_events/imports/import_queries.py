"""Calendars that were brought into a group."""

from collections.abc import Sequence

from sqlalchemy import select

from ..db import db
from ..groups.models import Group
from .models import CalendarImport

MOST = 50


def imports_of(group: Group) -> Sequence[CalendarImport]:
    """The latest first."""
    rows = select(CalendarImport).where(CalendarImport.group_id == group.id).order_by(CalendarImport.id.desc())
    return db.session.scalars(rows.limit(MOST)).all()
