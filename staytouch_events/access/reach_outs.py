"""Whose reminders a standing link stands for; it opens their list of whom to write to, and nothing else of theirs."""

from ..people.models import Person
from .tokens import row_by_token, token_of

REACH_OUT = "contacts.reach"


def reach_token(person: Person) -> str:
    """The standing token of somebody's reminders."""
    return token_of(REACH_OUT, person)


def reminded_by_token(text: str) -> Person:
    """Whose reminders these are; 404 for an unknown or revoked token."""
    return row_by_token(Person, REACH_OUT, text)
