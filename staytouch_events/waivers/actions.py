"""What organizers do with their crew's waivers, and which of them an event asks for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from ..db import db, lock
from ..events.actions import save
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person
from ..refusals import Refused
from ..versions import raise_version
from .models import EventRules, EventWaiver, Waiver, WaiverText
from .queries import rules_of, texts_of, waivers_of
from .texts import fingerprint

RULES = ("consent_under", "accompanied_under", "minors_per_adult", "emergency", "photos")
# By language: title and text.
Words = dict[str, tuple[str, str]]


def add_waiver(group: Group, issuer: str, words: Words, by: Person, now: datetime) -> Waiver:
    """One more, with its first version."""
    waiver = Waiver(group_id=group.id, issuer=issuer, changed_at=now)
    db.session.add(waiver)
    db.session.flush()
    _publish(waiver, words, by, now)
    return waiver


def save_waiver(waiver: Waiver, issuer: str, words: Words, by: Person, now: datetime) -> None:
    """Other words are a new version; what was signed stays signed. Whose it is may be corrected."""
    waiver = lock(waiver)
    waiver.issuer, waiver.changed_at = issuer, now
    kept = {code: (row.title, row.text) for code, row in texts_of([waiver])[waiver.id].items()}
    if kept != words:
        _publish(waiver, words, by, now)
    _renew_events(waiver)


def ask_again(waiver: Waiver, now: datetime) -> None:
    """Only what is signed of the present version counts from now on."""
    waiver = lock(waiver)
    waiver.counts_from, waiver.changed_at = waiver.version, now
    _renew_events(waiver)


def retire(waiver: Waiver, now: datetime) -> None:
    """No event asks for it any more; what was signed stays."""
    waiver = lock(waiver)
    waiver.retired_at = waiver.changed_at = now
    _renew_events(waiver)


def bring_back(waiver: Waiver, now: datetime) -> None:
    """The events that asked for it do so again."""
    waiver = lock(waiver)
    waiver.retired_at, waiver.changed_at = None, now
    _renew_events(waiver)


def set_rules(
    event: Event, minimum_age: int | None, rules: dict[str, Any], waivers: Iterable[int], now: datetime
) -> None:
    """Who may come to an event, and what they sign. Raises Refused for a waiver that is not the crew's."""
    event = lock(event)
    chosen = set(waivers)
    if chosen - {waiver.id for waiver in waivers_of(event.group) if not waiver.retired_at}:
        raise Refused(_("One of these waivers is not in use any more. Look at the list again."))
    row = db.session.merge(rules_of(event))
    for name in RULES:
        setattr(row, name, rules[name])
    db.session.execute(delete(EventWaiver).where(EventWaiver.event_id == event.id))
    db.session.add_all(EventWaiver(event_id=event.id, waiver_id=number) for number in sorted(chosen))
    db.session.flush()
    save(event, {"minimum_age": minimum_age}, now)
    raise_version(f"event:{event.id}")


def bring_along(event: Event, *, source: Event, now: datetime) -> None:
    """A copied event has the rules of the one it comes from, and asks for what that asks."""
    kept = db.session.get(EventRules, source.id)
    if kept is not None:
        db.session.add(EventRules(event_id=event.id, **{name: getattr(kept, name) for name in RULES}))
    asked = select(EventWaiver.waiver_id).where(EventWaiver.event_id == source.id)
    db.session.add_all(EventWaiver(event_id=event.id, waiver_id=number) for number in db.session.scalars(asked).all())
    db.session.flush()


def _publish(waiver: Waiver, words: Words, by: Person, now: datetime) -> None:
    """Add the next version, a row for each language."""
    if not words:
        raise Refused(_("Type the words in one language at least."))
    waiver.version += 1
    for code, (title, text) in words.items():
        db.session.add(
            WaiverText(
                waiver_id=waiver.id,
                version=waiver.version,
                language=code,
                title=title,
                text=text,
                sha256=fingerprint(code, title, text),
                published_at=now,
                published_by_id=by.id,
            )
        )
    db.session.flush()


def _renew_events(waiver: Waiver) -> None:
    """The pages of the events that ask for it."""
    asking = select(EventWaiver.event_id).where(EventWaiver.waiver_id == waiver.id)
    raise_version(*(f"event:{number}" for number in db.session.scalars(asking)))
