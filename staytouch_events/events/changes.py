"""What a change of an event comes to, in words, before anybody is told."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from ..kinds import kind_label
from .actions import is_news
from .models import DRAFT, Event
from .weather import weather_words
from .words import when_words, where_words

LABELS = ("title", "summary", "description", "meeting_point", "parking", "transit", "online_url", "bring", "provided")
LABELS += ("private_note", "capacity", "largest_party", "seats_for_shifts", "visibility", "minimum_age", "tags")


@dataclass(frozen=True)
class Change:
    """One difference: what it is called, how it is now, how it would be."""

    label: str
    now: str
    then: str


def changes(event: Event, fields: dict[str, Any]) -> list[Change]:
    """What these fields would change, in the order in which a page shows it."""
    then = SimpleNamespace(**{column.key: getattr(event, column.key) for column in Event.__table__.columns})
    then.__dict__.update(fields)
    found = []
    if event.starts_wall is not None:
        found.append(Change(_("When"), when_words(event), when_words(then)))
        found.append(Change(_("Where"), where_words(event, exact=True), where_words(then, exact=True)))
    found.append(Change(_("If it rains"), weather_words(event), weather_words(then)))
    found.append(Change(_("Kind"), kind_label(event.kind), kind_label(then.kind)))
    found += [Change(_label(name), _say(getattr(event, name)), _say(getattr(then, name))) for name in LABELS]
    differing = [change for change in found if change.now != change.then]
    silent = any(getattr(event, name) != value for name, value in fields.items())
    return differing or ([Change(_("Details"), _("as now"), _("changed"))] if silent else [])


def mails_people(event: Event, fields: dict[str, Any]) -> bool:
    """Whether everyone who answered hears of it: a new time or place of a shown event."""
    before = {name: getattr(event, name) for name, value in fields.items() if getattr(event, name) != value}
    return event.state != DRAFT and is_news(before)


def _say(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _label(name: str) -> str:
    return {
        "title": _("Title"),
        "summary": _("In one line"),
        "description": _("What it is about"),
        "meeting_point": _("Where to meet"),
        "parking": _("Parking"),
        "transit": _("Bus, train and bike"),
        "online_url": _("Online link"),
        "bring": _("What to bring"),
        "provided": _("What is provided"),
        "private_note": _("Only for those who come"),
        "capacity": _("Spots"),
        "largest_party": _("Largest party"),
        "seats_for_shifts": _("Spots kept for shifts"),
        "visibility": _("Who finds it"),
        "minimum_age": _("Minimum age"),
        "tags": _("Tags"),
    }[name]
