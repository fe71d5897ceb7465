"""What two people did together: the events both came to, and every contact that counts (touch_queries.py)."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from ..access.events import may_see
from .meetings import events_of_both
from .models import CALL, MEETING, Contact
from .touch_queries import EVENT, MET, Touch, touches


@dataclass(frozen=True)
class Moment:
    """Something that both were part of: when, what in words, where it stands."""

    at: datetime
    words: str
    zone: str = ""
    # The endpoint of its page and what that takes, where there is one for the owner.
    page: tuple[str, dict[str, str]] | None = None
    said: str = ""
    # Of one that its owner logged, and can take out again.
    row_id: int | None = None


def together(contact: Contact, now: datetime) -> list[Moment]:
    """All of it, the latest first."""
    found = [*_events(contact, now), *_contacts(contact, now)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def touch_words(what: str) -> str:
    """What a logged contact was."""
    return {CALL: _("We talked"), MEETING: _("We met")}.get(what) or _("We wrote")


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


def _contacts(contact: Contact, now: datetime) -> list[Moment]:
    """Calls, meetings and messages; events and the exchange stand elsewhere on the page."""
    found = touches(contact.owner, [contact.id])
    return [_moment(touch, contact) for touch in found if touch.what not in (EVENT, MET) and touch.at <= now]


def _moment(touch: Touch, contact: Contact) -> Moment:
    """What was written or agreed on here leads to the conversation; what was logged can be taken out."""
    here = touch.row_id is None and contact.person is not None
    page = ("messages.first", {"public_id": contact.person.public_id}) if here else None
    return Moment(touch.at, touch_words(touch.what), page=page, said=touch.words, row_id=touch.row_id)
