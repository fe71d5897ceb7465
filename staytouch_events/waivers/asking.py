"""What else is asked before coming: whom to call, kept for 30 days after, and whether pictures may be shown."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from ..db import db, lock
from ..events.models import Event
from ..jobs import cancel_job, job, schedule
from ..rsvps.models import DECLINED, Rsvp
from ..versions import raise_version
from .models import EmergencyContact, PhotoAnswer

KIND = "waivers.forget_contacts"
KEPT = timedelta(days=30)


def save_contact(rsvp: Rsvp, name: str, phone: str, now: datetime) -> None:
    """Whom to call; without a name and a number, nobody."""
    lock(rsvp.event)
    if not (name or phone):
        _forget(EmergencyContact.rsvp_id == rsvp.id)
        return
    db.session.merge(EmergencyContact(rsvp_id=rsvp.id, name=name, phone=phone, saved_at=now))


def save_photo_answer(rsvp: Rsvp, allowed: bool, now: datetime) -> None:
    """A yes or a no to pictures, which may be changed."""
    lock(rsvp.event)
    db.session.merge(PhotoAnswer(rsvp_id=rsvp.id, allowed=allowed, answered_at=now))
    raise_version(f"attendance:{rsvp.event_id}")


def follow_answer(rsvp: Rsvp, **_news: Any) -> None:
    """Whoever does not come after all leaves nobody to call."""
    if rsvp.answer == DECLINED:
        _forget(EmergencyContact.rsvp_id == rsvp.id)


def plan_forgetting(event: Event, **_news: Any) -> None:
    """Have the contacts deleted 30 days after the event's end, whenever that now is."""
    if event.ends_at is None:
        cancel_job(KIND, str(event.id))
    else:
        schedule(KIND, str(event.id), event.ends_at + KEPT, {"event": event.id})


@job(KIND)
def forget_contacts(facts: dict[str, Any], now: datetime) -> None:
    """Delete the contacts of one event."""
    event = db.session.get(Event, facts["event"])
    if event is not None and event.ends_at is not None and event.ends_at + KEPT <= now:
        _forget(EmergencyContact.rsvp_id.in_(select(Rsvp.id).where(Rsvp.event_id == event.id)))


def purge_contacts(now: datetime) -> int:
    """Delete what no job did; how many."""
    over = select(Rsvp.id).join(Event, Event.id == Rsvp.event_id).where(Event.ends_at <= now - KEPT)
    return _forget(EmergencyContact.rsvp_id.in_(over))


def _forget(condition) -> int:
    return db.session.execute(delete(EmergencyContact).where(condition)).rowcount
