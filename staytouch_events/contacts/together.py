"""What two people did together, gathered from whoever knows of it. A later feature adds a source of its own:

@source
def _messages(contact: Contact, now: datetime) -> list[Moment]: …
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from ..access.events import may_see
from ..conversations.meeting_queries import appointments_with
from ..conversations.queries import last_messages
from .meetings import events_of_both
from .models import CALL, MEETING, WROTE, Contact, ContactTouch
from .people_queries import touches_of


@dataclass(frozen=True)
class Moment:
    """Something that both were part of: when, what in words, where it stands."""

    at: datetime
    words: str
    zone: str = ""
    # The endpoint of its page and what that takes, where there is one for the owner.
    page: tuple[str, dict[str, str]] | None = None
    said: str = ""
    # One that its owner logged, and can take out again.
    touch: ContactTouch | None = None


SOURCES: list[Callable[[Contact, datetime], list[Moment]]] = []


def source(function: Callable[[Contact, datetime], list[Moment]]) -> Callable:
    """Register a function that knows of moments of a contact's owner with the contact."""
    SOURCES.append(function)
    return function


def together(contact: Contact, now: datetime) -> list[Moment]:
    """All of it, the latest first."""
    return sorted((moment for find in SOURCES for moment in find(contact, now)), key=lambda m: m.at, reverse=True)


def touch_words(what: str) -> str:
    """What a logged contact was."""
    return {CALL: _("We talked"), MEETING: _("We met")}.get(what) or _("We wrote")


@source
def _events(contact: Contact, now: datetime) -> list[Moment]:
    if contact.person is None:
        return []
    both = events_of_both(contact.owner, contact.person, now)
    return [
        Moment(
            event.starts_at,
            event.title,
            event.zone,
            ("pages.event", {"slug": event.slug}) if may_see(contact.owner, event) else None,
        )
        for event in both
    ]


@source
def _written(contact: Contact, now: datetime) -> list[Moment]:
    """The last message, which leads to all of them; and appointments that were kept."""
    if contact.person is None:
        return []
    owner, other = contact.owner, contact.person_id
    page = ("messages.first", {"public_id": contact.person.public_id})
    found = [Moment(at, touch_words(WROTE), page=page) for at in last_messages(owner, [other]).values()]
    kept = (row for row in appointments_with(owner, [other]) if row[1] <= now)
    return found + [Moment(at, what, page=page) for _other, at, what in kept]


@source
def _logged(contact: Contact, now: datetime) -> list[Moment]:
    return [
        Moment(touch.touched_at, touch_words(touch.what), said=touch.words, touch=touch)
        for touch in touches_of(contact)
    ]
