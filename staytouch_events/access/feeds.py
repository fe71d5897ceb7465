"""Whose personal calendar a secret address is."""

from ..people.models import Person
from .tokens import row_by_token, token_of

CALENDAR = "people.calendar"


def calendar_token(person: Person) -> str:
    """The standing token of somebody's personal calendar."""
    return token_of(CALENDAR, person)


def feed_by_token(text: str) -> Person:
    """The person whose calendar this is; 404 for an unknown or revoked token."""
    return row_by_token(Person, CALENDAR, text)
