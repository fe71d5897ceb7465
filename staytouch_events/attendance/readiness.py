"""Whether a party that is there may begin: all is signed and everybody old enough, or what is missing."""

from dataclasses import dataclass

from flask_babel import gettext as _

from ..events.models import Event
from ..refusals import Refused
from ..rsvps.models import Rsvp
from ..waivers.models import EventRules, Signature, Waiver
from ..waivers.queries import (
    counts,
    photo_answers,
    rules_of,
    signatures_at,
    signed,
    waivers_asked,
)
from ..waivers.rules import ages
from ..waivers.signing import Signers, signatures_of
from ..waivers.words import photo_words, signed_words_of
from .models import Party, WalkUp, who_is
from .queries import last_size


@dataclass(frozen=True)
class Asked:
    """What an event asks of everybody, read once for a whole list."""

    event: Event
    rules: EventRules
    waivers: list[Waiver]
    signatures: dict[str, list[Signature]]
    photos: dict[int, bool]
    asks_age: bool


@dataclass(frozen=True)
class Ready:
    """Where a party stands: `missing` in words, `barred` where it is too young to come at all."""

    words: str
    to_sign: bool
    missing: tuple[str, ...]
    barred: str | None
    photos: str
    no_photos: bool

    @property
    def first(self) -> str:
        """What is to be done first, in words."""
        what = ", ".join(self.missing)
        return _("Sign first: %(what)s", what=what) if self.to_sign else _("Ask first: %(what)s", what=what)

    @property
    def complete(self) -> bool:
        """Whether it may begin: the green mark."""
        return not (self.missing or self.barred)


def asked_at(event: Event) -> Asked | None:
    """What an event asks; None where that is nothing."""
    rules, waivers, asks_age = rules_of(event), list(waivers_asked(event)), bool(ages(event))
    if not (waivers or event.minimum_age or asks_age or rules.photos):
        return None
    photos = photo_answers(event) if rules.photos else {}
    return Asked(event, rules, waivers, signatures_at(event) if waivers else {}, photos, asks_age)


def readiness(asked: Asked, party: Party, adults: int, minors: int) -> Ready:
    """Where one party of so many stands."""
    rows = asked.signatures.get(who_is(party), [])
    state = signed(asked.waivers, rows, adults, minors)
    youngest = _youngest(party, rows)
    missing = []
    if state and state.adults:
        missing.append(_("waiver"))
    if state and state.minors:
        missing.append(_("guardian") if asked.rules.consent_under else _("waiver of who is under 18"))
    if minors and asked.asks_age and youngest is None:
        missing.append(_("age"))
    allowed = asked.photos.get(party.id) if isinstance(party, Rsvp) else None
    return Ready(
        words=signed_words_of(state) if state else "",
        to_sign=bool(state and not state.complete),
        missing=tuple(missing),
        barred=_too_young(asked.event, minors, youngest),
        photos=photo_words(allowed) if asked.rules.photos else "",
        no_photos=allowed is False,
    )


def check_ready(party: Party, adults: int, minors: int, anyway: bool) -> bool:
    """Raise Refused for who is too young, and, but `anyway`, while something is to sign; whether something was."""
    asked = asked_at(party.event)
    if asked is None:
        return False
    ready = readiness(asked, party, adults, minors)
    if ready.barred:
        raise Refused(ready.barred)
    if ready.missing and not anyway:
        raise Refused(ready.first)
    return bool(ready.missing)


def signers_at(party: Party) -> Signers:
    """Who of a party that is there has to sign."""
    if isinstance(party, WalkUp):
        adults, minors = last_size(party) or (1, 0)
        return Signers(party.event, party.name, adults, minors, {"walk_up_id": party.id})
    adults, minors = last_size(party) or (party.adults, party.minors)
    return Signers(party.event, party.name, adults, minors, {"rsvp_id": party.id})


def is_signed(signers: Signers) -> bool:
    """Whether nothing is left to sign for them."""
    state = signed(waivers_asked(signers.event), signatures_of(signers), signers.adults, signers.minors)
    return state is None or state.complete


def _youngest(party: Party, rows: list[Signature]) -> int | None:
    """The youngest as they answered, and as they signed."""
    said = [row.age_from for row in rows if counts(row) and row.age_from is not None]
    if isinstance(party, Rsvp) and party.youngest is not None:
        said.append(party.youngest)
    return min(said, default=None)


def _too_young(event: Event, minors: int, youngest: int | None) -> str | None:
    """The event's own words to who is below its minimum age."""
    least = event.minimum_age or 0
    known_young = least >= 18 or (youngest is not None and youngest < least)
    return _("This event is for people of %(age)d and older.", age=least) if minors and known_young else None
