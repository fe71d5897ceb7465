"""Writing to everyone: a draft, a test to oneself, one letter each, and a while to take it back."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from .. import outbox
from ..db import db, lock
from ..groups.log import note
from ..people.models import Person
from ..posts.models import Place
from ..refusals import Refused
from ..rsvps.models import Rsvp
from .announcement_models import Announcement
from .audiences import Recipient, recipients

NEWS, TEST = "organize.announcement", "organize.announcement_test"
# So long nothing leaves, so that a mind can change.
WAITS = timedelta(minutes=2)
# What is written so shortly before an event reaches people by night, too.
SOON = timedelta(days=1)
# Addresses that one account may write to in a week without their having answered or joined (reliability.md, 19).
MOST_STRANGERS, SPAN = 199, timedelta(days=7)


def draft(place: Place, by: Person, fields: dict[str, Any], now: datetime) -> Announcement:
    """Keep what is to be said; nobody hears of it yet."""
    row = Announcement(group=place.group, event=place.event, by=by, created_at=now, **fields)
    db.session.add(row)
    db.session.flush()
    return row


def change(row: Announcement, by: Person, fields: dict[str, Any]) -> None:
    """Say it otherwise. Raises Refused once it was posted."""
    row = _unposted(row)
    row.by = by
    for name, value in fields.items():
        setattr(row, name, value)


def drop(row: Announcement) -> None:
    """Forget a draft. Raises Refused once it was posted."""
    db.session.delete(_unposted(row))


def send_test(row: Announcement, to: Person, now: datetime) -> None:
    """The letter as it would be, to whoever writes it."""
    outbox.post(
        TEST,
        to=to.email,
        name=to.name,
        language=to.language,
        facts={"announcement": row.id, "person": to.id},
        now=now,
        key=f"announcement-test:{row.id}:{to.id}",
    )


def send(row: Announcement, by: Person, now: datetime) -> int:
    """Post one letter to each of its audience as it is now; how many. Raises Refused."""
    row = _unposted(row)
    found = recipients(row.place, row.audience, row.asked)
    if not found:
        raise Refused(_("Nobody is there to write to. Choose other people."))
    strangers = sum(one.is_stranger for one in found)
    if strangers and strangers + _strangers_lately(by, now) > MOST_STRANGERS:
        raise Refused(_("Too many of these people were put down by organizers and never answered themselves."))
    row.by, row.posted_at, row.strangers = by, now, strangers
    for one in found:
        _write_to(one, row, now)
    note(row.group, "announced", now, by=by, title=row.subject)
    return len(found)


def take_back(row: Announcement, by: Person, now: datetime) -> None:
    """Nobody gets it, and it is a draft again. Raises Refused once the first letter has left."""
    row = lock(row)
    if row.posted_at is None:
        return
    if not outbox.call_back(row.about):
        raise Refused(_("The first letter has left, so it can't be taken back. Write a second one that says why."))
    row.posted_at, row.strangers = None, 0
    note(row.group, "announcement_taken_back", now, by=by, title=row.subject)


def _unposted(row: Announcement) -> Announcement:
    row = lock(row)
    if row.posted_at is not None:
        raise Refused(_("This was sent already."))
    return row


def _strangers_lately(by: Person, now: datetime) -> int:
    told = select(func.coalesce(func.sum(Announcement.strangers), 0))
    return db.session.scalar(told.where(Announcement.by_id == by.id, Announcement.posted_at > now - SPAN))


def _write_to(one: Recipient, row: Announcement, now: datetime) -> None:
    by_answer = isinstance(one.row, Rsvp)
    is_soon = row.event is not None and row.event.starts_at - now < SOON
    outbox.post(
        NEWS,
        to=one.person.email,
        name=one.name,
        language=one.person.language,
        facts={"announcement": row.id, "rsvp" if by_answer else "membership": one.row.id},
        now=now,
        wait=WAITS,
        about=row.about,
        zone=None if is_soon else one.person.zone or row.group.zone,
    )
