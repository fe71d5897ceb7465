"""Signatures and rules in words, for pages, letters, the roster and spreadsheets."""

from datetime import datetime

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from ..events.models import Event
from ..events.words import clock
from ..rsvps.additions import SIGNED, adds_to
from ..when import in_zone
from .models import MINOR, Signature
from .queries import Signed, photo_answers, rules_of, signed_by_answer


def signed_words_of(state: Signed) -> str:
    """ "signed", or "1 of 3 signed"."""
    if state.complete:
        return _("signed")
    return _("%(signed)d of %(people)d signed", signed=state.signed, people=state.people)


def photo_words(allowed: bool | None) -> str:
    """What pictures somebody may be in; silence is no yes."""
    return "" if allowed else _("no photos") if allowed is False else _("photos: no answer yet")


@adds_to(SIGNED)
def signed_in_roster(event: Event) -> dict[int, str]:
    """What each party has signed."""
    return {number: signed_words_of(state) for number, state in signed_by_answer(event).items()}


@adds_to(SIGNED)
def photos_in_roster(event: Event) -> dict[int, str]:
    """Who is not to be in pictures."""
    if not rules_of(event).photos:
        return {}
    return {number: words for number, allowed in photo_answers(event).items() if (words := photo_words(allowed))}


def moment_of(instant: datetime, zone: str) -> str:
    """A day with its year, and the time at the place."""
    at = in_zone(instant, zone)
    return f"{format_date(at.date(), _('d MMM y'), get_locale())}, {clock(at)}"


def signer_words(signature: Signature) -> str:
    """Who signed for whom."""
    if signature.kind != MINOR:
        return signature.name
    if not signature.relation:
        return _("%(name)s, under 18", name=signature.name)
    by, relation = signature.signed_by, signature.relation
    return _("%(name)s, by %(guardian)s (%(relation)s)", name=signature.name, guardian=by, relation=relation)
