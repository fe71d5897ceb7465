"""When what stays unread is told of by mail: once, after a while; not again until it was read, or a day has gone."""

from datetime import datetime, timedelta

from ..db import db
from ..jobs.table import cancel_job, schedule
from ..people.models import Person
from .models import Correspondent, Side

UNREAD = "conversations.unread"
# Somebody who is on the site reads it there; a crew, and a person without an account, wait for their mail.
AFTER, SOONER = timedelta(minutes=15), timedelta(minutes=5)
AGAIN = timedelta(days=1)


def plan_telling(side: Side, now: datetime) -> None:
    """Something came on this side: a letter is due, unless one is already or the last was not read yet."""
    if side.tell_at is not None:
        return
    waits = AFTER if side.person is not None and side.person.is_active else SOONER
    side.tell_at = now + waits
    if side.told_at and side.told_to > side.read_to and waits == AFTER:
        side.tell_at = max(side.tell_at, side.told_at + AGAIN)
    schedule(UNREAD, str(side.id), side.tell_at, {"side": side.id})


def drop_telling(side: Side) -> None:
    """Nothing is left to tell of."""
    if side.tell_at is not None:
        side.tell_at = None
        cancel_job(UNREAD, str(side.id))


def correspondent(person: Person) -> Correspondent:
    """What somebody set for their messages, which they can change from now on."""
    found = db.session.get(Correspondent, person.id)
    if found is None:
        found = Correspondent(person_id=person.id)
        db.session.add(found)
        db.session.flush()
    return found
