"""What later features add about an answer: to letters, its calendar entry, its page, the roster, and to its rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..events.models import Event
from .models import WAITING, Rsvp


@dataclass(frozen=True)
class Line:
    """One thing to know, in words of the current language; `text` may have several lines."""

    label: str
    text: str
    # Where it is done, for letters, and in which words where they are not "Do it here".
    link: str = ""
    step: str = ""


@dataclass(frozen=True)
class Party:
    """How many come; `youngest` is the first year of the youngest minor's age band, where that is asked."""

    adults: int = 1
    minors: int = 0
    youngest: int | None = None

    @property
    def size(self) -> int:
        """Seats it takes."""
        return self.adults + self.minors


# What letters about an answer and its calendar entry say.
ABOUT: list[Callable[[Rsvp], list[Line]]] = []
# What the reminder of the day before says beside.
IN_REMINDER: list[Callable[[Rsvp], list[Line]]] = []
# What the letter to somebody who waits in the line says beside.
IN_LINE: list[Callable[[Rsvp, datetime], list[Line]]] = []
# Context of the answer's own page, for a part that the page includes.
ON_PAGE: list[Callable[[Rsvp, datetime], dict[str, Any]]] = []
# Words beside each answer, by its number, in the organizers' roster and sheet.
IN_ROSTER: list[Callable[[Event], dict[int, str]]] = []
# What each answer has signed and allowed, by its number, beside these.
SIGNED: list[Callable[[Event], dict[int, str]]] = []
# Who may not come: raises Refused, under the event's lock.
CHECKS: list[Callable[[Event, Party], None]] = []
# Roles that a question may be for, (number, name), and the numbers of those that an answer has or asks for.
ROLES: list[Callable[[Event], list[tuple[int, str]]]] = []
HELD: list[Callable[[Rsvp], set[int]]] = []
# Who tells of news in a letter of their own, (answer, what was before, now, wait): whether they took it on. Asked only
# where no invitation was mailed that would have to be renewed.
NEWS_TOLD: list[Callable[[Rsvp, dict[str, Any], datetime, timedelta], bool]] = []
# The age bands to choose the youngest minor's from, (first year, words); none where the event does not ask.
AGES: list[Callable[[Event], list[tuple[int, str]]]] = []


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


def lines_in_line(rsvp: Rsvp, now: datetime) -> list[Line]:
    """What is to know while one waits; nothing for whoever does not."""
    return [line for tell in IN_LINE for line in tell(rsvp, now)] if rsvp.standing == WAITING else []


def page_context(rsvp: Rsvp, now: datetime) -> dict[str, Any]:
    """All that its page shows beside."""
    return {name: value for show in ON_PAGE for name, value in show(rsvp, now).items()}


def check_party(event: Event, party: Party) -> None:
    """Raise Refused where such a party may not come."""
    for check in CHECKS:
        check(event, party)


def ages_of(event: Event) -> list[tuple[int, str]]:
    """The age bands that the event's form asks for."""
    return [band for bands in AGES for band in bands(event)]


def roles_of(event: Event) -> list[tuple[int, str]]:
    """The roles that a question of the event may be for."""
    return [role for roles in ROLES for role in roles(event)]


def roles_held(rsvp: Rsvp) -> set[int]:
    """The roles that an answer has, or asks for."""
    return {number for held in HELD for number in held(rsvp)}


def roster_words(event: Event) -> dict[int, str]:
    """What stands beside each answer."""
    return _gathered(IN_ROSTER, event)


def signed_words(event: Event) -> dict[int, str]:
    """What each answer has signed and allowed."""
    return _gathered(SIGNED, event)


def _gathered(register: list[Callable[[Event], dict[int, str]]], event: Event) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for tell in register:
        for number, words in tell(event).items():
            found.setdefault(number, []).append(words)
    return {number: "; ".join(words) for number, words in found.items()}
