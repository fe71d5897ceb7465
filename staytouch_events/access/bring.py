"""Things of bring lists: who sees and edits which; the loaders are the locks."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp
from ..volunteers.bring_models import BringItem
from .events import hosted_event, visible_event


def visible_item(viewer, slug: str, number: int) -> BringItem:
    """A thing on the list of an event that the viewer sees; else 404."""
    return _item_of(visible_event(viewer, slug), number)


def hosted_item(viewer, slug: str, number: int) -> BringItem:
    """A thing, for whoever may change the list: 404 unseen, 403 seen but not theirs."""
    return _item_of(hosted_event(viewer, slug), number)


def item_for(rsvp: Rsvp, number: int) -> BringItem:
    """A thing on the list of the event that this answer is to; else 404."""
    return _item_of(rsvp.event, number)


def _item_of(event: Event, number: int) -> BringItem:
    item = db.session.scalar(select(BringItem).where(BringItem.id == number, BringItem.event_id == event.id))
    if item is None:
        abort(404)
    return item
