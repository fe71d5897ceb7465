"""The bring list: saying what one brings, and taking it back. What organizers do is in bring_lists.py.

Everything here counts under the event's lock.
"""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from ..db import db, lock
from ..events.models import Event
from ..people.guests import person_with
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.actions import Party, answer_of, check_open
from ..rsvps.models import GOING, SEATED, Rsvp
from ..rsvps.seats import has_room
from ..versions import raise_version
from . import bring_letters as letters
from .actions import check_open_event, going
from .bring_models import BringClaim, BringItem
from .bring_queries import claims_with


def claim_as_guest(item: BringItem, quantity: int, email: str, name: str, language: str, now: datetime) -> None:
    """Something promised on the public page. A known address changes nothing: its letter asks to confirm.

    A new address brings it at once, and comes; both get exactly one letter, and the caller shows the
    same page. Raises Refused for what no address could be given.
    """
    event, item = lock_item(item)
    check_open(event, GOING, Party(), now)
    if not has_room(event, Party().size):
        raise Refused(_("This event is full. Whoever has a spot says what they bring on the page of their answer."))
    _check_left(item, quantity)
    person = person_with(email, name, language, now)
    known = answer_of(event, person)
    if known is not None:
        letters.ask(item, quantity, known, now)
        return
    _write(item, going(event, person, name, now, told=True, typed=True), quantity, now)


def claim(item: BringItem, quantity: int, person: Person, name: str, now: datetime) -> BringClaim:
    """Bring so many of it, by somebody who is sure to be this person; more or fewer than before.

    Raises Refused where others bring them already, or there is no seat at the event.
    """
    event, item = lock_item(item)
    check_open_event(event, now)
    before = answer_of(event, person)
    rsvp = going(event, person, name, now, told=True)
    if rsvp.standing != SEATED:
        raise Refused(_("There is no spot for you at this event yet. With one you can say what you bring."))
    _check_left(item, quantity, rsvp)
    row = _write(item, rsvp, quantity, now)
    if before is not None and before.standing == SEATED:
        letters.tell(rsvp, now)
    return row


def release(item: BringItem, rsvp: Rsvp, now: datetime) -> None:
    """Don't bring it after all; the seat at the event stays."""
    event, item = lock_item(item)
    row = claim_of(item, rsvp)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    letters.tell(rsvp, now)
    note(event, rsvp)


def follow_answer(rsvp: Rsvp, **_news: Any) -> None:
    """An answer came to something else: without a seat nothing is brought.

    Whoever answered hears of it in the letter about the answer.
    """
    if rsvp.standing == SEATED:
        return
    for row in claims_with([rsvp.id]):
        db.session.delete(row)
        note(rsvp.event, rsvp)
    db.session.flush()


def claim_of(item: BringItem, rsvp: Rsvp) -> BringClaim | None:
    """What this party brings of it."""
    return db.session.scalar(select(BringClaim).where(BringClaim.item_id == item.id, BringClaim.rsvp_id == rsvp.id))


def lock_item(item: BringItem) -> tuple[Event, BringItem]:
    """The event, locked, and the thing as it then is. Raises Refused when it was taken off the list."""
    number = item.id
    event = lock(item.event)
    found = db.session.get(BringItem, number)
    if found is None:
        raise Refused(_("This was taken off the list meanwhile."))
    return event, found


def left(item: BringItem, besides: Rsvp | None = None) -> int:
    """How many nobody else brings yet."""
    others = select(func.coalesce(func.sum(BringClaim.quantity), 0)).where(BringClaim.item_id == item.id)
    if besides is not None:
        others = others.where(BringClaim.rsvp_id != besides.id)
    return max(0, item.wanted - db.session.scalar(others))


def note(event: Event, rsvp: Rsvp) -> None:
    """Raise what shows the list: the event's page and the person's calendar."""
    raise_version(f"event:{event.id}", f"person:{rsvp.person_id}")


def _check_left(item: BringItem, quantity: int, besides: Rsvp | None = None) -> None:
    free = left(item, besides)
    if not free:
        raise Refused(_("Others bring all of it already: %(thing)s. Look what else is open.", thing=item.name))
    if quantity > free:
        raise Refused(
            ngettext("Only %(num)d is left: %(thing)s.", "Only %(num)d are left: %(thing)s.", free, thing=item.name)
        )


def _write(item: BringItem, rsvp: Rsvp, quantity: int, now: datetime) -> BringClaim:
    """One row a party and thing."""
    row = claim_of(item, rsvp)
    if row is None:
        row = BringClaim(item=item, rsvp=rsvp, claimed_at=now)
        db.session.add(row)
    row.quantity = quantity
    db.session.flush()
    note(item.event, rsvp)
    return row
