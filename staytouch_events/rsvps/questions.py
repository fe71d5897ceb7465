"""What organizers do with an event's questions, and how these come along when an event is copied."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..db import db, lock
from ..events.models import Event
from ..refusals import Refused
from ..versions import raise_version
from .question_models import Question
from .question_queries import answer_counts, questions_of

MOST = 20
# What a question says, taken over from one event to the next.
PLAN = ("role_id", "kind", "words", "help", "choices", "required", "place")


def add(event: Event, fields: dict[str, Any]) -> Question:
    """One more question, the last. Raises Refused where there are enough."""
    event = lock(event)
    question = Question(event_id=event.id, **fields)
    _put_last(event, question)
    db.session.add(question)
    db.session.flush()
    return question


def save(question: Question, fields: dict[str, Any]) -> None:
    """Change its words, choices, or who is asked. What was said stays as it was said; how it is asked stays, too."""
    event = lock(question.event)
    for name, value in fields.items():
        if name != "kind":
            setattr(question, name, value)
    raise_version(f"event:{event.id}")


def move(question: Question, step: int) -> None:
    """One place up (-1) or down (1) among those that are asked."""
    event = lock(question.event)
    asked = list(questions_of(event))
    at = asked.index(question) if question in asked else -1
    if at >= 0 and 0 <= at + step < len(asked):
        asked.insert(at + step, asked.pop(at))
    for place, row in enumerate(asked):
        row.place = place
    raise_version(f"event:{event.id}")


def remove(question: Question, now: datetime) -> None:
    """Ask it no more. What was said to it stays for the organizers; one that nobody answered is gone."""
    event = lock(question.event)
    if answer_counts(event).get(question.id):
        question.removed_at = now
    else:
        db.session.delete(question)
    raise_version(f"event:{event.id}")


def put_back(question: Question) -> None:
    """Ask it again, the last. Raises Refused where there are enough."""
    event = lock(question.event)
    _put_last(event, question)
    question.removed_at = None


def bring_along(event: Event, *, source: Event, now: datetime) -> None:
    """An event was made from another: it asks the same."""
    for question in questions_of(source):
        db.session.add(Question(event_id=event.id, **{name: getattr(question, name) for name in PLAN}))
    db.session.flush()


def _put_last(event: Event, question: Question) -> None:
    asked = questions_of(event)
    if len(asked) >= MOST:
        raise Refused(_("An event asks %(most)d questions at most.", most=MOST))
    question.place = max((row.place for row in asked), default=-1) + 1
    raise_version(f"event:{event.id}")
