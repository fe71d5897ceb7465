"""What becomes of votes and polls when somebody's account goes, and of what nobody needs any more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update

from ..db import db
from ..people.deletion import nameless
from ..people.leaving import SAYS, adds_to
from ..people.models import Person
from . import finding
from .crew_models import PollBallot
from .models import OPEN, TimeBallot, TimePoll

UNCONFIRMED, FRIENDS = timedelta(days=7), timedelta(days=90)


@adds_to(SAYS)
def what_happens(person: Person, _now: datetime) -> Iterator[str]:
    """What stays of votes."""
    mine = select(TimeBallot.id).where(TimeBallot.person_id == person.id)
    chose = select(PollBallot.id).where(PollBallot.person_id == person.id)
    if db.session.scalar(select(mine.exists() | chose.exists())):
        yield _("What you voted counts on, without your name.")
    if _looks_for(person):
        yield _("Times that you look for with friends are called off, and who voted hears of it.")


def pass_on_votes(guest: Person, *, person: Person, now: datetime) -> None:
    """A guest's votes are this person's, where they did not vote themselves."""
    mine = select(TimeBallot.poll_id).where(TimeBallot.person_id == person.id)
    theirs = select(TimeBallot).where(TimeBallot.person_id == guest.id)
    for ballot in db.session.scalars(theirs.where(TimeBallot.poll_id.in_(mine))).all():
        db.session.delete(ballot)
    db.session.flush()
    db.session.execute(update(TimeBallot).where(TimeBallot.person_id == guest.id).values(person_id=person.id))


def unname_votes(person: Person, *, now: datetime) -> None:
    """Their votes count on without a name; what they look for among friends is called off."""
    theirs = TimeBallot.person_id == person.id
    if person.email is not None:
        theirs = or_(theirs, TimeBallot.email == person.email)
    mine = select(TimeBallot).where(theirs)
    for ballot in db.session.scalars(mine).all():
        ballot.name, ballot.person_id, ballot.email, ballot.hears = nameless(ballot.id), None, None, False
        ballot.generation += 1
    for poll in _looks_for(person):
        finding.cancel(poll, now)
    db.session.execute(update(TimePoll).where(TimePoll.maker_id == person.id).values(maker_id=None))


def purge_polls(now: datetime) -> int:
    """Forget addresses whose button nobody pressed, and what friends settled or left long ago; how many polls."""
    stale = TimeBallot.email.is_not(None), TimeBallot.created_at < now - UNCONFIRMED
    db.session.execute(update(TimeBallot).where(*stale).values(email=None))
    old = now - FRIENDS
    over = TimePoll.closes_at < old, or_(TimePoll.starts_at.is_(None), TimePoll.starts_at < old)
    return db.session.execute(delete(TimePoll).where(TimePoll.group_id.is_(None), *over)).rowcount


def _looks_for(person: Person) -> list[TimePoll]:
    """Times that nobody but this person can choose."""
    made = select(TimePoll).where(TimePoll.maker_id == person.id, TimePoll.group_id.is_(None), TimePoll.state == OPEN)
    return list(db.session.scalars(made))
