"""What later features add about an answer: to letters and calendar entries, to its page, to the roster."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..events.models import Event
from .models import Rsvp


@dataclass(frozen=True)
class Line:
    """One thing to know, in words of the current language; `text` may have several lines."""

    label: str
    text: str


# What letters about an answer and its calendar entry say.
ABOUT: list[Callable[[Rsvp], list[Line]]] = []
# What the reminder of the day before says beside.
IN_REMINDER: list[Callable[[Rsvp], list[Line]]] = []
# Context of the answer's own page, for a part that the page includes.
ON_PAGE: list[Callable[[Rsvp, datetime], dict[str, Any]]] = []
# Words beside each answer, by its number, in the organizers' roster and sheet.
IN_ROSTER: list[Callable[[Event], dict[int, str]]] = []


def adds_to(register: list) -> Callable:
    """Register a function."""

    def add(function: Callable) -> Callable:
        register.append(function)
        return function

    return add


def lines_about(rsvp: Rsvp) -> list[Line]:
    """All that is to know about an answer."""
    return [line for tell in ABOUT for line in tell(rsvp)]


def lines_for_tomorrow(rsvp: Rsvp) -> list[Line]:
    """What is to know on the day."""
    return [line for tell in IN_REMINDER for line in tell(rsvp)]


def page_context(rsvp: Rsvp, now: datetime) -> dict[str, Any]:
    """All that its page shows beside."""
    return {name: value for show in ON_PAGE for name, value in show(rsvp, now).items()}


def roster_words(event: Event) -> dict[int, str]:
    """What stands beside each answer."""
    found: dict[int, list[str]] = {}
    for tell in IN_ROSTER:
        for number, words in tell(event).items():
            found.setdefault(number, []).append(words)
    return {number: "; ".join(words) for number, words in found.items()}
