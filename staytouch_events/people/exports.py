"""What this site holds of a person: each feature says it, in its own `exports.py`, and deleting must leave none of it.

    @holds("answers")
    def _answers(person: Person) -> list[Row]:
        return [{"event": rsvp.event.title, "answer": rsvp.answer} for rsvp in …]

A row is what JSON can say, instants and days beside; it is in the person's own terms, without our numbers, and
says nothing that others entrusted to this site: no other person's address, phone or answer.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from .models import Person

Row = dict[str, Any]

# The rows under each name.
HELD: dict[str, Callable[[Person], Iterable[Row]]] = {}
# Names of kept pictures that are this person's, each with the name that it gets in the archive, without its ending.
PICTURES: list[Callable[[Person], dict[str, str]]] = []
# Further files by their names in the archive, for what has a form of its own: "calendar.ics", "contacts.vcf".
FILES: dict[str, Callable[[Person, datetime], bytes]] = {}


def holds(name: str) -> Callable:
    """Register a function: the rows that a feature holds of a person."""
    return _under(HELD, name)


def file_of(name: str) -> Callable:
    """Register a function: a file made of what a feature holds of a person."""
    return _under(FILES, name)


def pictures_of(function: Callable[[Person], dict[str, str]]) -> Callable:
    """Register a function: the pictures that a feature keeps of a person."""
    PICTURES.append(function)
    return function


def rows_held(person: Person) -> dict[str, list[Row]]:
    """All rows by name; what a feature holds none of is an empty list, so that one sees that it was looked for."""
    return {name: list(rows(person)) for name, rows in HELD.items()}


def _under(register: dict[str, Callable], name: str) -> Callable:
    if name in register:
        raise ValueError(f"{name} is another feature's already")

    def add(function: Callable) -> Callable:
        register[name] = function
        return function

    return add
