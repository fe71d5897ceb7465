"""Strangers who write to a crew: nothing goes on before the button in their letter is pressed."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from .. import outbox
from ..db import db, lock
from ..events.models import Event
from ..groups.models import Group
from ..people.guests import person_with
from . import actions
from .models import Inquiry, MessageReport, Side

UNSENT, SETTLED = timedelta(days=7), timedelta(days=180)


def ask(group: Group, event: Event | None, typed: dict[str, str], now: datetime) -> Inquiry:
    """Somebody typed an address: whoever has it is asked whether this is to be sent."""
    inquiry = Inquiry(group=group, event=event, created_at=now, **typed)
    db.session.add(inquiry)
    db.session.flush()
    outbox.post(
        "conversations.confirm",
        to=inquiry.email,
        name=inquiry.name,
        language=inquiry.language,
        facts={"inquiry": inquiry.id},
        now=now,
        typed=True,
        until=now + UNSENT,
    )
    return inquiry


def send_on(inquiry: Inquiry, now: datetime) -> Side:
    """The button was pressed: it goes to the crew; pressed twice, it goes once. Raises Refused."""
    inquiry = lock(inquiry)
    if inquiry.side_id is None:
        person = person_with(inquiry.email, inquiry.name, inquiry.language, now)
        person.name = person.name or inquiry.name
        side = actions.begin_with_crew(person, inquiry.group, now)
        actions.send(side, person, inquiry.text, now, inquiry.event)
        inquiry.side = side
        db.session.flush()
    return inquiry.side


def purge_inquiries(now: datetime) -> int:
    """Delete what was never sent on, and what was, a week later: the message is kept in its conversation."""
    return db.session.execute(delete(Inquiry).where(Inquiry.created_at < now - UNSENT)).rowcount


def purge_reports(now: datetime) -> int:
    """Delete reports that were settled half a year ago."""
    return db.session.execute(delete(MessageReport).where(MessageReport.settled_at < now - SETTLED)).rowcount
