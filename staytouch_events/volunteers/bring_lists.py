"""What organizers do with an event's bring list, and how it comes along when an event is copied."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db, lock
from ..events.models import CANCELLED, Event
from ..refusals import Refused
from ..text import fold
from ..versions import raise_version
from . import bring_letters as letters
from .bring import lock_item, note
from .bring_models import BringClaim, BringItem
from .bring_queries import items_of

MOST_ITEMS = 60


def add_items(event: Event, things: Iterable[dict[str, Any]], now: datetime) -> None:
    """Put things on the list (name, wanted, note). Raises Refused where one is on it already."""
    event = lock(event)
    _check_changeable(event)
    for fields in things:
        _check_name(event, fields["name"])
        db.session.add(BringItem(event=event, **fields))
        db.session.flush()
    if len(items_of(event)) > MOST_ITEMS:
        raise Refused(_("A list has %(most)d things at most.", most=MOST_ITEMS))
    raise_version(f"event:{event.id}")


def save_item(item: BringItem, fields: dict[str, Any], now: datetime) -> None:
    """Change a thing. With fewer wanted, who said it last brings less; whoever it concerns is told."""
    event, item = lock_item(item)
    _check_changeable(event)
    _check_name(event, fields["name"], besides=item)
    rows = _claims(item)
    was = [letters.as_it_is(row) for row in rows]
    for name, value in fields.items():
        setattr(item, name, value)
    for row, before, kept in zip(rows, was, _kept(rows, item.wanted), strict=True):
        if kept:
            row.quantity = kept
        else:
            db.session.delete(row)
        if not kept or letters.as_it_is(row) != before:
            letters.tell_changed(item, row.rsvp, before, now)
            note(event, row.rsvp)
    raise_version(f"event:{event.id}")


def remove_item(item: BringItem, now: datetime) -> None:
    """Take a thing off the list; whoever brings it is told."""
    event, item = lock_item(item)
    for row in _claims(item):
        letters.tell_changed(item, row.rsvp, letters.as_it_is(row), now)
        db.session.delete(row)
        note(event, row.rsvp)
    db.session.flush()
    db.session.delete(item)
    db.session.flush()
    raise_version(f"event:{event.id}")


def bring_along(event: Event, *, source: Event, **_news: Any) -> None:
    """An event was made from another: its list comes along, and nobody brings anything yet."""
    for item in items_of(source):
        db.session.add(BringItem(event=event, name=item.name, wanted=item.wanted, note=item.note))
    db.session.flush()


def _claims(item: BringItem) -> list[BringClaim]:
    """The first who said so first."""
    return list(
        db.session.scalars(
            select(BringClaim).where(BringClaim.item_id == item.id).order_by(BringClaim.claimed_at, BringClaim.id)
        )
    )


def _kept(rows: list[BringClaim], wanted: int) -> list[int]:
    """How much of each claim is still wanted: the last who said so brings less, or nothing."""
    kept = []
    for row in rows:
        kept.append(min(row.quantity, wanted - sum(kept)))
    return kept


def _check_changeable(event: Event) -> None:
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))


def _check_name(event: Event, name: str, besides: BringItem | None = None) -> None:
    if any(fold(item.name) == fold(name) and item is not besides for item in items_of(event)):
        raise Refused(_("“%(thing)s” is on the list already. Change its number there.", thing=name))
