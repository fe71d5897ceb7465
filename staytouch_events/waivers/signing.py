"""Signing for the people of a party, and taking a signature back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..access.attendance import has_come
from ..db import db, lock
from ..events.models import CANCELLED, Event
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.models import DECLINED, Rsvp
from ..text import fold
from ..versions import raise_version
from .models import ADULT, MINOR, SELF, Signature, WaiverText
from .queries import counts, left_to_sign, rules_of, texts_of, waivers_asked
from .rules import check_old_enough


@dataclass(frozen=True)
class Signers:
    """The people of one party at an event, of an answer or a walk-up, and where that is kept."""

    event: Event
    name: str
    adults: int
    minors: int
    # {"rsvp_id": 12} or {"walk_up_id": 3}
    party: dict[str, int] = field(default_factory=dict)


def signers_of(rsvp: Rsvp) -> Signers:
    """The party of an answer: nobody, where they don't come."""
    coming = rsvp.answer != DECLINED
    return Signers(rsvp.event, rsvp.name, coming * rsvp.adults, coming * rsvp.minors, {"rsvp_id": rsvp.id})


def signatures_of(signers: Signers) -> list[Signature]:
    """All that was signed for a party, withdrawn too."""
    return list(
        db.session.scalars(
            select(Signature)
            .options(joinedload(Signature.text).joinedload(WaiverText.waiver))
            .filter_by(event_id=signers.event.id, **signers.party)
            .order_by(Signature.id)
        )
    )


def sign_adult(
    signers: Signers, name: str, agreed: Iterable[int], now: datetime, held_by: Person | None = None
) -> None:
    """An adult of the party signs, by typing their name, the texts with these numbers. Raises Refused."""
    _sign(signers, False, agreed, now, held_by, {"name": name, "signed_by": name})


def sign_minor(
    signers: Signers,
    name: str,
    guardian: str,
    relation: str,
    age_from: int | None,
    agreed: Iterable[int],
    now: datetime,
    held_by: Person | None = None,
) -> None:
    """A guardian signs for somebody under 18; whoever is old enough for it signs alone. Raises Refused."""
    check_old_enough(signers.event, 17 if age_from is None else age_from, "age")
    consent_under = rules_of(signers.event).consent_under or 0
    if (age_from or 0) < consent_under and not guardian:
        raise Refused(_("A parent or guardian signs: type their name."), "guardian")
    if guardian and not relation:
        raise Refused(_("Say what you are to them: mother, father, guardian."), "relation")
    said = {"name": name, "signed_by": guardian or name, "relation": relation, "age_from": age_from}
    _sign(signers, True, agreed, now, held_by, said)


def withdraw(signature: Signature, now: datetime) -> None:
    """Take it back, until the party is checked in; the row stays. Raises Refused."""
    lock(signature.event)
    if signature.withdrawn_at is not None:
        return
    if has_come(signature.rsvp):
        raise Refused(_("You were checked in with this signature, so it stays. Write to the crew."))
    signature.withdrawn_at = now
    _tell(signature.event, signature.rsvp)


def _sign(
    signers: Signers, minor: bool, agreed: Iterable[int], now: datetime, held_by: Person | None, said: dict
) -> None:
    """Add a row for each text that this person had not signed. Under the event's lock."""
    event = lock(signers.event)
    if event.state == CANCELLED:
        raise Refused(_("This event was cancelled."))
    if event.is_past(now) and held_by is None:
        raise Refused(_("This event is over."))
    known = [row for row in signatures_of(signers) if counts(row)]
    asked = waivers_asked(event)
    left = [left_to_sign(waiver, known, signers.adults, signers.minors)[minor] for waiver in asked]
    if not any(left):
        raise Refused(_("Everybody of this party has signed."))
    texts = [text for by_language in texts_of(asked).values() for text in by_language.values()]
    chosen = {text.waiver_id: text for text in texts if text.id in set(agreed)}
    if any(waiver.id not in chosen for waiver, number in zip(asked, left, strict=True) if number):
        raise Refused(_("Tick that you agree, for each text on this page."), "agree")
    kind = MINOR if minor else ADULT if any(row.kind != MINOR for row in known) else SELF
    same = [row for row in known if fold(row.name) == fold(said["name"]) and (row.kind == MINOR) == minor]
    mine = {row.text.waiver_id for row in same}
    to_sign = [waiver.id for waiver, number in zip(asked, left, strict=True) if number and waiver.id not in mine]
    if not to_sign:
        raise Refused(_("%(name)s has signed already.", name=said["name"]), "minor" if minor else "name")
    how = {"kind": kind, "signed_at": now, "on_site": held_by is not None, "held_by_id": held_by and held_by.id}
    for text in (chosen[number] for number in to_sign):
        row = Signature(event_id=event.id, text_id=text.id, sha256=text.sha256, **how, **said, **signers.party)
        db.session.add(row)
    db.session.flush()
    _tell(event, db.session.get(Rsvp, signers.party["rsvp_id"]) if "rsvp_id" in signers.party else None)


def _tell(event: Event, rsvp: Rsvp | None) -> None:
    """The check-in looks again, and the person's calendar."""
    raise_version(f"attendance:{event.id}", *([f"person:{rsvp.person_id}"] if rsvp else []))
