"""Letters about hours: public by their code, the crew's for its organizers."""

from flask import abort
from sqlalchemy import select

from ..attendance.models import HoursLetter
from ..db import db
from ..groups.models import Group


def valid_letter(code: str) -> HoursLetter:
    """The issued letter with this code; 404 for an unknown, an unissued and a revoked one alike."""
    row = db.session.scalar(select(HoursLetter).where(HoursLetter.code == code))
    if row is None or not row.is_valid:
        abort(404)
    return row


def letter_in(group: Group, number: int) -> HoursLetter:
    """One letter of this group; else 404."""
    row = db.session.scalar(select(HoursLetter).where(HoursLetter.id == number, HoursLetter.group_id == group.id))
    if row is None:
        abort(404)
    return row
