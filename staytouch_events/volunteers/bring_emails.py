"""What letters about the bring list say, and what every letter and calendar entry about an answer says of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..db import db
from ..events.models import CANCELLED
from ..outbox import Dropped, Rendered, letter
from ..outbox.models import Letter
from ..rsvps.additions import ABOUT, Line, adds_to
from ..rsvps.emails import letter_about, manage_link
from ..rsvps.models import SEATED, Rsvp
from .bring import claim_of
from .bring_letters import amount, as_it_is
from .bring_models import BringClaim, BringItem
from .bring_queries import claims_with


@adds_to(ABOUT)
def bring_lines(rsvp: Rsvp) -> list[Line]:
    """What one said one brings."""
    rows = claims_with([rsvp.id])
    notes = [f"{row.item.name}: {row.item.note}" for row in rows if row.item.note]
    return [Line(_("You bring: %(things)s", things=_all(rows)), "\n".join(notes))] if rows else []


@letter("volunteers.bring")
def _bring(row: Letter, now: datetime) -> Rendered:
    rsvp = _seated(row, now)
    things = _all(claims_with([rsvp.id]))
    subject = _("You bring: %(things)s", things=things) if things else _("You need bring nothing from the list")
    return letter_about(row, rsvp, subject, "email/volunteers/bring.html", calendar=True, things=things)


@letter("volunteers.bring_changed")
def _changed(row: Letter, now: datetime) -> Rendered:
    rsvp, item = _seated(row, now), db.session.get(BringItem, row.facts["item"])
    claim, was = item and claim_of(item, rsvp), row.facts["before"]
    thing = as_it_is(claim) if claim else None
    if thing == was:
        raise Dropped("changed back before anybody was told")
    context = {"was": _thing(was), "thing": _thing(thing) if thing else None}
    if thing:
        subject = _("Bring this now: %(thing)s", thing=amount(thing["quantity"], thing["name"]))
    else:
        subject = _("Not needed: %(thing)s", thing=amount(was["quantity"], was["name"]))
    return letter_about(row, rsvp, subject, "email/volunteers/bring_changed.html", calendar=True, **context)


@letter("volunteers.bring_asked")
def _asked(row: Letter, now: datetime) -> Rendered:
    rsvp, item = _answer(row, now), db.session.get(BringItem, row.facts["item"])
    if item is None:
        raise Dropped("it is not on the list any more")
    quantity = row.facts["quantity"]
    thing = amount(quantity, item.name)
    link = manage_link(rsvp, bring=item.id, quantity=quantity)
    subject = _("Do you bring this? %(thing)s", thing=thing)
    return letter_about(row, rsvp, subject, "email/volunteers/bring_asked.html", thing=thing, link=link)


def _all(claims: Iterable[BringClaim]) -> str:
    return ", ".join(amount(claim.quantity, claim.item.name) for claim in claims)


def _thing(told: dict[str, Any]) -> str:
    words = amount(told["quantity"], told["name"])
    return f"{words} ({told['note']})" if told["note"] else words


def _answer(row: Letter, now: datetime) -> Rsvp:
    rsvp = db.session.get(Rsvp, row.facts["rsvp"])
    if rsvp is None or rsvp.event.state == CANCELLED or rsvp.event.is_past(now):
        raise Dropped("the event is over or off")
    return rsvp


def _seated(row: Letter, now: datetime) -> Rsvp:
    rsvp = _answer(row, now)
    if rsvp.standing != SEATED:
        raise Dropped("the seat was given up meanwhile")
    return rsvp
