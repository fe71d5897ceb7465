"""Conversations in words: who is across, when something was written, how it begins."""

from datetime import datetime

from flask_babel import gettext as _

from ..events.words import clock, day_and_clock
from ..markdown import plain
from ..people.models import Person
from ..when import in_zone
from .models import Message, Side

LINE = 110


def name_across(side: Side) -> str:
    """Whom this side writes to: the crew, or the person as others are shown them."""
    across = side.across
    if across.is_crew:
        return side.conversation.group.name
    return name_of(across.person)


def name_of(person: Person | None) -> str:
    """How others are shown somebody, who may have left."""
    return (person and person.short_name) or _("Somebody who left")


def moment_words(instant: datetime, zone: str, now: datetime) -> str:
    """ "10:05 am" today, else "Tue 24 Nov, 10:05 am"."""
    there = in_zone(instant, zone)
    return clock(there) if there.date() == in_zone(now, zone).date() else day_and_clock(there)


def first_line(message: Message) -> str:
    """The beginning of what was written, on one line."""
    words = " ".join(plain(message.text).split())
    return words if len(words) <= LINE else words[: LINE - 1].rstrip() + "…"
