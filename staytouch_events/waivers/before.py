"""What is to be done before coming: on the page of one's answer in short, on a page of its own in full."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import url_for

from ..access.attendance import has_come
from ..access.rsvps import manage_token
from ..db import db
from ..events.models import CANCELLED, Event
from ..rsvps.additions import ON_PAGE, adds_to
from ..rsvps.models import DECLINED, Rsvp
from .copies import reading
from .forms import AdultForm, EmergencyForm, MinorForm, PhotosForm
from .models import ASKED, NOT_ASKED, EmergencyContact, PhotoAnswer, Signature
from .queries import counts, left_to_sign, rules_of, signed, waivers_asked
from .rules import bands, rule_words
from .signing import Signers, signatures_of, signers_of
from .words import moment_of, photo_words, signed_words_of, signer_words


@adds_to(ON_PAGE)
def before_coming(rsvp: Rsvp, moment: datetime) -> dict[str, Any]:
    """The part of waivers/_before.html; none where the event asks for nothing."""
    event, rules = rsvp.event, rules_of(rsvp.event)
    gone, asked = event.state == CANCELLED or rsvp.answer == DECLINED, waivers_asked(event)
    state = signed(asked, signatures_of(signers_of(rsvp)), rsvp.adults, rsvp.minors) if asked else None
    if gone or not (state or rules.emergency != NOT_ASKED or rules.photos):
        return {"before": None}
    contact, photo = db.session.get(EmergencyContact, rsvp.id), db.session.get(PhotoAnswer, rsvp.id)
    over = event.is_past(moment)
    return {
        "before": {
            "url": url_for("before.page", token=manage_token(rsvp)),
            "signed": signed_words_of(state) if state else None,
            "to_sign": bool(state and not state.complete and not over),
            "contact": contact and contact.name,
            "ask_contact": rules.emergency != NOT_ASKED and not over,
            "contact_due": rules.emergency == ASKED and contact is None and not over,
            "ask_photos": rules.photos,
            "photos": photo_words(photo and photo.allowed) or None,
        }
    }


def who_context(event: Event, language: str) -> dict[str, Any] | None:
    """The part of waivers/_who.html on an event's page; none without a rule."""
    sign = [(row["text"].title, row["waiver"].issuer) for row in reading(waivers_asked(event), language)]
    rules = rule_words(event, rules_of(event), bool(sign))
    return {"rules": rules, "sign": sign, "url": url_for("who.texts", slug=event.slug)} if rules or sign else None


def signing_context(
    signers: Signers, language: str, *, adult: AdultForm | None = None, minor: MinorForm | None = None
) -> dict[str, Any]:
    """The texts that are left to sign, who signed, and a form for an adult and for a minor where one is missing."""
    event, rules = signers.event, rules_of(signers.event)
    asked, kept = waivers_asked(event), signatures_of(signers)
    left = {waiver: left_to_sign(waiver, kept, signers.adults, signers.minors) for waiver in asked}
    state = signed(asked, kept, signers.adults, signers.minors)
    return {
        "event": event,
        "signers": signers,
        "state": state,
        "words": signed_words_of(state) if state else None,
        "waivers": reading([waiver for waiver in asked if any(left[waiver])] or asked, language),
        "rows": [_row(row, event) for row in kept if row.withdrawn_at is None],
        "adult": (adult or AdultForm(formdata=None)) if state and state.adults else None,
        "minor": (minor or MinorForm(formdata=None, bands=bands(event, rules))) if state and state.minors else None,
        "adult_ticks": _ticks(left, language, 0),
        "minor_ticks": _ticks(left, language, 1),
        "consent_under": rules.consent_under,
    }


def asking_context(
    rsvp: Rsvp, *, emergency: EmergencyForm | None = None, photos: PhotosForm | None = None
) -> dict[str, Any]:
    """The forms for whom to call and for pictures, with what was said."""
    rules, contact = rules_of(rsvp.event), db.session.get(EmergencyContact, rsvp.id)
    photo = db.session.get(PhotoAnswer, rsvp.id)
    told = {"contact": contact.name, "phone": contact.phone} if contact else {}
    answered = {"photos": "yes" if photo.allowed else "no"} if photo else {}
    required = rules.emergency == ASKED
    emergency = emergency or EmergencyForm(formdata=None, data=told, required=required)
    return {
        "emergency": emergency if rules.emergency != NOT_ASKED else None,
        "required": required,
        "photos": (photos or PhotosForm(formdata=None, data=answered)) if rules.photos else None,
        "may_withdraw": not has_come(rsvp),
    }


def _ticks(left: dict, language: str, minor: int) -> list[tuple[int, str]]:
    """The texts to agree to, number and title, in the language that they are shown in."""
    open_ones: Iterable = [waiver for waiver, numbers in left.items() if numbers[minor]]
    return [(row["text"].id, row["text"].title) for row in reading(open_ones, language)]


def _row(row: Signature, event: Event) -> dict[str, Any]:
    return {
        "number": row.id,
        "words": signer_words(row),
        "title": row.text.title,
        "signed": moment_of(row.signed_at, event.zone),
        "counts": counts(row),
    }
