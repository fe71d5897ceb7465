"""Whose answer is whose: by standing link, by account, or as the event's host."""

from datetime import datetime, timedelta

from flask import abort, current_app
from sqlalchemy import select

from ..db import db
from ..events.models import POSTPONED
from ..links import is_token, public_id_of, token
from ..rsvps.models import Rsvp
from .events import hosted_event

MANAGE = "rsvps.manage"
LASTS = timedelta(days=90)


def manage_token(rsvp: Rsvp) -> str:
    """The standing token of one answer's page."""
    return token(current_app.config["SETTINGS"].secret_keys, MANAGE, rsvp.public_id, rsvp.generation)


def answer_by_token(text: str, now: datetime) -> Rsvp:
    """The answer that a link stands for, until 90 days after the event; else 404."""
    public_id = public_id_of(text)
    rsvp = public_id and db.session.scalar(select(Rsvp).where(Rsvp.public_id == public_id))
    keys = current_app.config["SETTINGS"].secret_keys
    if not rsvp or not is_token(keys, text, MANAGE, rsvp.public_id, rsvp.generation):
        abort(404)
    if rsvp.event.state != POSTPONED and rsvp.event.ends_at + LASTS < now:
        abort(404)
    return rsvp


def hosted_answer(viewer, slug: str, number: int) -> Rsvp:
    """One answer to an event that the viewer hosts."""
    event = hosted_event(viewer, slug)
    rsvp = db.session.scalar(select(Rsvp).where(Rsvp.id == number, Rsvp.event_id == event.id))
    if rsvp is None:
        abort(404)
    return rsvp
