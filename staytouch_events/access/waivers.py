"""Whose waivers, signatures and emergency contacts are whose; the loaders are the locks."""

from datetime import datetime, timedelta

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..rsvps.models import Rsvp
from ..waivers.models import Signature, Waiver
from .events import organizes, visible_event

BEFORE, AFTER = timedelta(hours=12), timedelta(days=30)


def waiver_in(group: Group, number: int) -> Waiver:
    """One waiver of this group; else 404."""
    row = db.session.scalar(select(Waiver).where(Waiver.id == number, Waiver.group_id == group.id))
    if row is None:
        abort(404)
    return row


def signature_at(event: Event, number: int) -> Signature:
    """One signature for this event; else 404."""
    return _signature(Signature.id == number, Signature.event_id == event.id)


def signature_with(rsvp: Rsvp, number: int) -> Signature:
    """One signature for the party of this answer; else 404."""
    return _signature(Signature.id == number, Signature.rsvp_id == rsvp.id)


def may_see_contacts(viewer, event: Event) -> bool:
    """Whether the viewer may ever see whom to call: organizers of its crews may, and not who runs the site."""
    return organizes(viewer, event)


def event_with_contacts(viewer, slug: str) -> Event:
    """The event, for them: 404 unseen, 403 seen but not theirs."""
    event = visible_event(viewer, slug)
    if not may_see_contacts(viewer, event):
        abort(403)
    return event


def shows_contacts(event: Event, now: datetime) -> bool:
    """Whether its organizers see whom to call now: from 12 h before the start to 30 days after the end."""
    return event.starts_at is not None and event.starts_at - BEFORE <= now <= event.ends_at + AFTER


def _signature(*conditions) -> Signature:
    row = db.session.scalar(select(Signature).where(*conditions))
    if row is None:
        abort(404)
    return row
