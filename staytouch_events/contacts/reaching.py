"""What one does about somebody for whom it is time: put down that it happened, or put it off; each taken back."""

from datetime import datetime, timedelta

from ..db import db
from .models import CALL, MEETING, WROTE, Contact, ContactTouch
from .rhythm_queries import today_of

LOGGED = (CALL, MEETING, WROTE)
LATER, JUST_NOW = timedelta(days=7), timedelta(days=1)


def log(contact: Contact, what: str, words: str, now: datetime) -> ContactTouch:
    """They talked, met or wrote: the clock starts again."""
    touch = ContactTouch(contact_id=contact.id, what=what, words=words, touched_at=now)
    db.session.add(touch)
    db.session.flush()
    return touch


def unlog(touch: ContactTouch, now: datetime) -> None:
    """It was a mistake, just now; older ones are taken out on the page about the person alone."""
    if touch.touched_at > now - JUST_NOW:
        db.session.delete(touch)


def later(contact: Contact, now: datetime) -> None:
    """Not before a week from today."""
    contact.snoozed_until_on = today_of(contact.owner, now) + LATER


def sooner(contact: Contact) -> None:
    """Do not put it off after all."""
    contact.snoozed_until_on = None
