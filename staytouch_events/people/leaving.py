"""What each feature says to somebody who wants their account deleted: what becomes of what, and what comes first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..refusals import Refused
from .models import Person


@dataclass(frozen=True)
class Hold:
    """What has to be settled before: in words; where a page can do it, as a form whose choices are the field "to"."""

    words: str
    label: str = ""
    button: str = ""
    endpoint: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    choices: list[tuple[int, str]] = field(default_factory=list)


# Words about what would happen to what this person has; none where they have none of it.
SAYS: list[Callable[[Person, datetime], Iterable[str]]] = []
HOLDS: list[Callable[[Person], Iterable[Hold]]] = []


def adds_to(register: list) -> Callable:
    """Register a function."""

    def add(function: Callable) -> Callable:
        register.append(function)
        return function

    return add


def consequences(person: Person, now: datetime) -> list[str]:
    """All that would happen, in the order of the features."""
    return [words for say in SAYS for words in say(person, now)]


def holds_of(person: Person) -> list[Hold]:
    """All that has to be settled before."""
    return [hold for look in HOLDS for hold in look(person)]


def check_free(person: Person) -> None:
    """Raise Refused while something has to be settled before."""
    holds = holds_of(person)
    if holds:
        raise Refused(" ".join(hold.words for hold in holds))
