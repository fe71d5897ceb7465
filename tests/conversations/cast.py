"""Two people who may write to each other, and what they wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import event as hooks

from staytouch_events.conversations import actions
from staytouch_events.conversations.models import Message, Side
from staytouch_events.db import db
from staytouch_events.people.models import Person

from ..cast import NOW, a_group, a_membership, a_person


def crew_mates(*names: str) -> list[Person]:
    """Members of one crew."""
    group, people = a_group(), [a_person(name) for name in names]
    for person in people:
        a_membership(person, group)
    return people


def says(person: Person, other: Person, text: str = "Hi", now: datetime = NOW) -> Message:
    """Have one write to the other."""
    message = actions.send(actions.begin(person, other, now), person, text, now)
    db.session.commit()
    return message


def side_between(person: Person, other: Person) -> Side:
    """The first one's side."""
    side = actions.begin(person, other, NOW)
    db.session.commit()
    return side


@contextmanager
def counted() -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []
    hooks.listen(db.engine, "before_cursor_execute", listener := lambda *told: asked.append(told[2]))
    try:
        yield asked
    finally:
        hooks.remove(db.engine, "before_cursor_execute", listener)
