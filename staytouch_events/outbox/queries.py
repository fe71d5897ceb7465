"""How the mail is doing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from werkzeug.exceptions import NotFound

from ..db import db
from .models import DEAD, WAITING, Letter


def oldest_overdue(now: datetime) -> float:
    """For how many seconds the longest waiting letter has been due."""
    queued = db.session.scalar(
        select(func.min(Letter.queued_at)).where(Letter.state == WAITING, Letter.due_at <= now, Letter.tries == 0)
    )
    tried = db.session.scalar(select(func.min(Letter.queued_at)).where(Letter.state == WAITING, Letter.tries > 0))
    oldest = min((moment for moment in (queued, tried) if moment), default=None)
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())


def count_by_state() -> dict[str, int]:
    """Letters by what became of them."""
    rows = db.session.execute(select(Letter.state, func.count()).group_by(Letter.state))
    return dict(rows.all())


def letters_about(about: str) -> Sequence[Letter]:
    """What was posted under this name, in the order of posting, while it is kept."""
    return db.session.scalars(select(Letter).where(Letter.about == about).order_by(Letter.id)).all()


def dead_letters(limit: int = 50) -> Sequence[Letter]:
    """Letters that were given up, the latest first."""
    return db.session.scalars(
        select(Letter).where(Letter.state == DEAD).order_by(Letter.ended_at.desc()).limit(limit)
    ).all()


def dead_letter(number: int) -> Letter:
    """One of them; else 404."""
    letter = db.session.scalar(select(Letter).where(Letter.id == number, Letter.state == DEAD))
    if letter is None:
        raise NotFound
    return letter


def slow_letters(limit: int = 50) -> Sequence[Letter]:
    """Letters that were tried and wait for their next try."""
    return db.session.scalars(
        select(Letter).where(Letter.state == WAITING, Letter.tries > 0).order_by(Letter.due_at).limit(limit)
    ).all()
