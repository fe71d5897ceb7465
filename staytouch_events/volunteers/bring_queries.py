"""Bring lists, read."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..rsvps.models import Rsvp
from .bring_models import BringClaim, BringItem


def items_of(event: Event) -> Sequence[BringItem]:
    """An event's list, in the order in which it was written."""
    return db.session.scalars(
        select(BringItem)
        .options(joinedload(BringItem.event))
        .where(BringItem.event_id == event.id)
        .order_by(BringItem.id)
    ).all()


def claimed_by_item(event: Event) -> dict[int, int]:
    """How many of each thing people bring, in one query."""
    rows = db.session.execute(
        select(BringClaim.item_id, func.sum(BringClaim.quantity))
        .join(BringItem, BringItem.id == BringClaim.item_id)
        .where(BringItem.event_id == event.id)
        .group_by(BringClaim.item_id)
    )
    return {item_id: int(quantity) for item_id, quantity in rows}


def claims_of(event: Event) -> Sequence[BringClaim]:
    """Who brings what of an event's list, the first who said so first."""
    return db.session.scalars(
        select(BringClaim)
        .join(BringItem, BringItem.id == BringClaim.item_id)
        .options(joinedload(BringClaim.item), joinedload(BringClaim.rsvp).joinedload(Rsvp.person))
        .where(BringItem.event_id == event.id)
        .order_by(BringClaim.claimed_at, BringClaim.id)
    ).all()


def claims_with(rsvp_ids: Iterable[int]) -> Sequence[BringClaim]:
    """What goes with these answers, in the order of the list."""
    return db.session.scalars(
        select(BringClaim)
        .options(joinedload(BringClaim.item), joinedload(BringClaim.rsvp))
        .where(BringClaim.rsvp_id.in_(list(rsvp_ids)))
        .order_by(BringClaim.item_id)
    ).all()
