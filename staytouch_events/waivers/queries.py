"""What is asked for, in which words, and what of it a party has signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..groups.models import Group
from ..rsvps.models import DECLINED, Rsvp
from .models import (
    GROWN_UP,
    MINOR,
    NOT_ASKED,
    EmergencyContact,
    EventRules,
    EventWaiver,
    PhotoAnswer,
    Signature,
    Waiver,
    WaiverText,
)


@dataclass(frozen=True)
class Signed:
    """Of a party of so many people, for how many all is signed; and for how many adults and minors it is not."""

    people: int
    adults: int
    minors: int

    @property
    def signed(self) -> int:
        """People for whom nothing is left to sign."""
        return self.people - self.adults - self.minors

    @property
    def complete(self) -> bool:
        """Whether nothing is left to sign."""
        return not (self.adults or self.minors)


def waivers_of(group: Group) -> Sequence[Waiver]:
    """A crew's waivers, retired ones too, the oldest first."""
    return db.session.scalars(select(Waiver).where(Waiver.group_id == group.id).order_by(Waiver.id)).all()


def waivers_asked(event: Event) -> Sequence[Waiver]:
    """What an event has people sign."""
    chosen = select(EventWaiver.waiver_id).where(EventWaiver.event_id == event.id)
    return db.session.scalars(
        select(Waiver).where(Waiver.id.in_(chosen), Waiver.retired_at.is_(None)).order_by(Waiver.id)
    ).all()


def texts_of(waivers: Iterable[Waiver]) -> dict[int, dict[str, WaiverText]]:
    """The words that are signed now, by waiver and language."""
    current = {waiver.id: waiver.version for waiver in waivers}
    if not current:
        return {}
    rows = db.session.scalars(
        select(WaiverText).where(WaiverText.waiver_id.in_(current)).order_by(WaiverText.language)
    ).all()
    found: dict[int, dict[str, WaiverText]] = {number: {} for number in current}
    for row in rows:
        if row.version == current[row.waiver_id]:
            found[row.waiver_id][row.language] = row
    return found


def text_in(texts: dict[str, WaiverText], language: str) -> WaiverText:
    """The words in this language, else in English, else in the first there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


def versions_of(waiver: Waiver) -> Sequence[WaiverText]:
    """All that was ever published of it, the newest first."""
    wanted = select(WaiverText).where(WaiverText.waiver_id == waiver.id)
    return db.session.scalars(wanted.order_by(WaiverText.version.desc(), WaiverText.language)).all()


def signature_counts(waiver: Waiver) -> dict[int, int]:
    """How often each text of a waiver was signed, by its number; withdrawn ones apart."""
    rows = db.session.execute(
        select(Signature.text_id, func.count())
        .join(WaiverText, WaiverText.id == Signature.text_id)
        .where(WaiverText.waiver_id == waiver.id, Signature.withdrawn_at.is_(None))
        .group_by(Signature.text_id)
    )
    return dict(rows.all())


def rules_of(event: Event) -> EventRules:
    """Who may come and what is asked before; where nothing was said, guardians sign for minors."""
    kept = db.session.get(EventRules, event.id)
    return kept or EventRules(event_id=event.id, consent_under=GROWN_UP, emergency=NOT_ASKED, photos=False)


def signatures_at(event: Event) -> dict[str, list[Signature]]:
    """All that was signed for an event, withdrawn too, by party ("r12" or "w3"), in one query."""
    rows = db.session.scalars(
        select(Signature)
        .options(joinedload(Signature.text).joinedload(WaiverText.waiver), joinedload(Signature.held_by))
        .where(Signature.event_id == event.id)
        .order_by(Signature.id)
    )
    found: dict[str, list[Signature]] = {}
    for row in rows:
        found.setdefault(row.who, []).append(row)
    return found


def counts(signature: Signature) -> bool:
    """Whether it stands, and was given for a version that still counts."""
    return signature.withdrawn_at is None and signature.text.version >= signature.text.waiver.counts_from


def signed(asked: Iterable[Waiver], signatures: Iterable[Signature], adults: int, minors: int) -> Signed | None:
    """What a party has signed; None where nothing is asked of it."""
    standing = [row for row in signatures if counts(row)]
    asked = list(asked)
    if not asked or not adults + minors:
        return None
    left = [_left(waiver, standing, adults, minors) for waiver in asked]
    return Signed(adults + minors, max(part[0] for part in left), max(part[1] for part in left))


def left_to_sign(waiver: Waiver, signatures: Iterable[Signature], adults: int, minors: int) -> tuple[int, int]:
    """Adults and minors of a party for whom one waiver is not signed."""
    return _left(waiver, [row for row in signatures if counts(row)], adults, minors)


def signed_by_answer(event: Event) -> dict[int, Signed]:
    """What each party that may come has signed, by the number of its answer."""
    asked = waivers_asked(event)
    if not asked:
        return {}
    known = signatures_at(event)
    parties = db.session.scalars(select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.answer != DECLINED))
    found = ((row.id, signed(asked, known.get(f"r{row.id}", ()), row.adults, row.minors)) for row in parties)
    return {number: state for number, state in found if state}


def photo_answers(event: Event) -> dict[int, bool]:
    """Who said yes or no to pictures, by the number of their answer."""
    rows = db.session.execute(
        select(PhotoAnswer.rsvp_id, PhotoAnswer.allowed)
        .join(Rsvp, Rsvp.id == PhotoAnswer.rsvp_id)
        .where(Rsvp.event_id == event.id)
    )
    return dict(rows.all())


def emergency_contacts(event: Event) -> Sequence[EmergencyContact]:
    """Whom to call, by the name of the party."""
    return db.session.scalars(
        select(EmergencyContact)
        .join(Rsvp, Rsvp.id == EmergencyContact.rsvp_id)
        .options(joinedload(EmergencyContact.rsvp))
        .where(Rsvp.event_id == event.id)
        .order_by(Rsvp.name, Rsvp.id)
    ).all()


def _left(waiver: Waiver, standing: list[Signature], adults: int, minors: int) -> tuple[int, int]:
    mine = [row.kind for row in standing if row.text.waiver_id == waiver.id]
    of_minors = mine.count(MINOR)
    return max(0, adults - (len(mine) - of_minors)), max(0, minors - of_minors)
