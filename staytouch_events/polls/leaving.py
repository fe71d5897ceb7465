"""What becomes of votes and polls when somebody's account goes, and of what nobody needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from ..db import db
from ..people.deletion import nameless
from ..people.models import Person
from . import finding
from .models import OPEN, TimeBallot, TimePoll

UNCONFIRMED, FRIENDS = timedelta(days=7), timedelta(days=90)


def forget(person: Person, *, now: datetime) -> None:
    """Their votes count on without a name; what they look for among friends is called off."""
    theirs = TimeBallot.person_id == person.id
    if person.email is not None:
        theirs = or_(theirs, TimeBallot.email == person.email)
    mine = select(TimeBallot).where(theirs)
    for ballot in db.session.scalars(mine).all():
        ballot.name, ballot.person_id, ballot.email, ballot.hears = nameless(ballot.id), None, None, False
        ballot.generation += 1
    made = select(TimePoll).where(TimePoll.maker_id == person.id, TimePoll.group_id.is_(None), TimePoll.state == OPEN)
    for poll in db.session.scalars(made).all():
        finding.cancel(poll, now)
    db.session.execute(update(TimePoll).where(TimePoll.maker_id == person.id).values(maker_id=None))


def purge_polls(now: datetime) -> int:
    """Forget addresses whose button nobody pressed, and what friends settled or left long ago; how many polls."""
    stale = TimeBallot.email.is_not(None), TimeBallot.created_at < now - UNCONFIRMED
    db.session.execute(update(TimeBallot).where(*stale).values(email=None))
    old = now - FRIENDS
    over = TimePoll.closes_at < old, or_(TimePoll.starts_at.is_(None), TimePoll.starts_at < old)
    return db.session.execute(delete(TimePoll).where(TimePoll.group_id.is_(None), *over)).rowcount
