"""Waivers and rules for tests."""

from typing import Any

from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import Group
from staytouch_events.people.models import Person
from staytouch_events.rsvps.models import Rsvp
from staytouch_events.waivers.actions import add_waiver, set_rules
from staytouch_events.waivers.forms import RULED, rules_as_typed
from staytouch_events.waivers.models import Signature, Waiver
from staytouch_events.waivers.queries import rules_of, texts_of, waivers_asked
from staytouch_events.waivers.signing import Signers, sign_adult, sign_minor, signers_of

from ..cast import NOW, a_person

WORDS = {"en": ("Creek waiver", "I come at my **own** risk."), "es": ("Renuncia", "Vengo bajo mi propio riesgo.")}


def a_waiver(group: Group, by: Person | None = None, words: dict = WORDS, issuer: str = "Trash Punx") -> Waiver:
    """The crew's waiver in two languages."""
    by = by or db.session.scalar(select(Person).where(Person.email == "olga@example.org")) or a_person("olga")
    waiver = add_waiver(group, issuer, words, by, NOW)
    db.session.commit()
    return waiver


def ask(event: Event, *waivers: Waiver, minimum_age: int | None = None, **rules: Any) -> Event:
    """Have an event ask for waivers, with these rules beside."""
    given = {**{name: rules_as_typed(rules_of(event))[name] for name in RULED}, **rules}
    set_rules(event, minimum_age, given, [waiver.id for waiver in waivers], NOW)
    db.session.commit()
    return event


def texts(event: Event, language: str = "en") -> list[int]:
    """The numbers of the texts that an event has people agree to."""
    return [found[language].id for found in texts_of(waivers_asked(event)).values()]


def sign(party: Rsvp | Signers, name: str = "Gia Example", **how: Any) -> None:
    """An adult signs all there is."""
    signers = signers_of(party) if isinstance(party, Rsvp) else party
    sign_adult(signers, name, texts(signers.event), NOW, **how)
    db.session.commit()


def sign_for(party: Rsvp, name: str = "Max", guardian: str = "Gia Example", age_from: int | None = None, **how) -> None:
    """A mother signs for her child."""
    signers = signers_of(party)
    sign_minor(signers, name, guardian, "mother" if guardian else "", age_from, texts(party.event), NOW, **how)
    db.session.commit()


def signatures() -> list[Signature]:
    """All that was signed, in order."""
    db.session.rollback()
    return list(db.session.scalars(select(Signature).order_by(Signature.id)))
