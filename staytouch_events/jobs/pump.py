"""Doing what is due: claim by lease, work, and forget the row in the work's own transaction."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from ..db import db
from ..limits import TooMany
from .models import Job
from .table import RUNNERS

log = logging.getLogger("staytouch.jobs")
LEASE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=6)
AT_ONCE = 10


def run_due(now: datetime) -> int:
    """Run the jobs that are due; how many were claimed."""
    ids = db.session.scalars(
        select(Job.id).where(Job.due_at <= now, _unleased(now)).order_by(Job.due_at, Job.id).limit(AT_ONCE)
    ).all()
    db.session.rollback()
    claimed = [number for number in ids if _claim(number, now)]
    for number in claimed:
        _run(number, now)
    return len(claimed)


def _claim(number: int, now: datetime) -> bool:
    """Take one job by a conditional UPDATE, in a transaction of its own."""
    taken = db.session.execute(
        update(Job).where(Job.id == number, Job.due_at <= now, _unleased(now)).values(lease_until=now + LEASE)
    ).rowcount
    db.session.commit()
    return taken == 1


def _unleased(now: datetime):
    return or_(Job.lease_until.is_(None), Job.lease_until <= now)


def _run(number: int, now: datetime) -> None:
    row = db.session.get(Job, number)
    kind, facts = row.kind, dict(row.facts)
    db.session.rollback()
    try:
        runner = RUNNERS[kind]
        slow = (runner.first(facts, now),) if runner.first else ()
        db.session.rollback()
        # First, so that a job that its own work schedules anew is a new row and stays.
        ours = delete(Job).where(Job.id == number, Job.lease_until == now + LEASE)
        if db.session.execute(ours).rowcount != 1:
            db.session.rollback()
            return
        runner.does(facts, now, *slow)
        db.session.commit()
    except TooMany as early:
        db.session.rollback()
        _wait(number, now + timedelta(seconds=early.retry_after))
    except Exception as why:
        log.exception("job %d failed", number)
        db.session.rollback()
        _try_later(number, f"{type(why).__name__}: {why}", now)


def _wait(number: int, until: datetime) -> None:
    """Look again then; it was nobody's failure."""
    db.session.execute(update(Job).where(Job.id == number).values(due_at=until, lease_until=None))
    db.session.commit()


def _try_later(number: int, why: str, now: datetime) -> None:
    row = db.session.get(Job, number)
    if row is None:
        return
    row.tries += 1
    row.due_at = now + min(LONGEST_PAUSE, timedelta(minutes=2**row.tries))
    row.lease_until, row.last_error = None, why
    db.session.commit()
