"""Posting letters about the bring list; each renews the invitation, which says what one brings."""

from datetime import datetime
from typing import Any

from .. import outbox
from ..rsvps.letters import CHANGE_WAITS, renew_invitation
from ..rsvps.models import Rsvp
from .bring_models import BringClaim, BringItem


def amount(quantity: int, name: str) -> str:
    """ "2 grabbers", "1 × truck bed"; a name has no other form for one."""
    return f"{quantity} {name}" if quantity > 1 else f"1 × {name}"


def as_it_is(claim: BringClaim) -> dict[str, Any]:
    """What a letter about a change says it was before."""
    return {"quantity": claim.quantity, "name": claim.item.name, "note": claim.item.note}


def tell(rsvp: Rsvp, now: datetime) -> None:
    """What somebody brings now; several taps within ten minutes are one letter."""
    _post("volunteers.bring", rsvp, {}, now, key=f"bring:{rsvp.id}", wait=CHANGE_WAITS)


def tell_changed(item: BringItem, rsvp: Rsvp, was: dict[str, Any], now: datetime) -> None:
    """Organizers changed a thing that somebody brings, or took it off; within ten minutes one letter."""
    facts, key = {"item": item.id, "before": was}, f"bring-changed:{item.id}:{rsvp.id}"
    _post("volunteers.bring_changed", rsvp, facts, now, key=key, wait=CHANGE_WAITS)


def ask(item: BringItem, quantity: int, rsvp: Rsvp, now: datetime) -> None:
    """To an address that answered already: what it asked for just now, and one button that does it."""
    if rsvp.person.email:
        _send("volunteers.bring_asked", rsvp, {"item": item.id, "quantity": quantity}, now, typed=True)


def _post(kind: str, rsvp: Rsvp, facts: dict[str, Any], now: datetime, **how: Any) -> None:
    renew_invitation(rsvp)
    if rsvp.person.email:
        _send(kind, rsvp, facts, now, **how)


def _send(kind: str, rsvp: Rsvp, facts: dict[str, Any], now: datetime, **how: Any) -> None:
    outbox.post(
        kind,
        to=rsvp.person.email,
        name=rsvp.name,
        language=rsvp.person.language,
        facts={"rsvp": rsvp.id, **facts},
        now=now,
        about=f"rsvp:{rsvp.id}",
        **how,
    )
