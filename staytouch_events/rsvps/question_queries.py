"""Questions, and what was said to them, read."""

from collections.abc import Sequence

from sqlalchemy import func, select

from ..db import db
from ..events.models import Event
from .models import Rsvp
from .question_models import Question, QuestionAnswer

# What was said, by the number of its question.
Said = dict[int, list[str]]


def questions_of(event: Event) -> Sequence[Question]:
    """What an event asks now, in its order."""
    return [question for question in all_questions(event) if question.removed_at is None]


def all_questions(event: Event) -> Sequence[Question]:
    """The same, and beneath it what was asked once and is answered."""
    return db.session.scalars(
        select(Question)
        .where(Question.event_id == event.id)
        .order_by(Question.removed_at.is_not(None), Question.place, Question.id)
    ).all()


def said_by(rsvp: Rsvp) -> Said:
    """What one answer says."""
    rows = select(QuestionAnswer.question_id, QuestionAnswer.said).where(QuestionAnswer.rsvp_id == rsvp.id)
    return dict(db.session.execute(rows).all())


def said_at(event: Event) -> dict[int, Said]:
    """What all answers to an event say, by their number, in one query."""
    rows = db.session.execute(
        select(QuestionAnswer.rsvp_id, QuestionAnswer.question_id, QuestionAnswer.said)
        .join(Question, Question.id == QuestionAnswer.question_id)
        .where(Question.event_id == event.id)
    )
    found: dict[int, Said] = {}
    for rsvp_id, question_id, said in rows:
        found.setdefault(rsvp_id, {})[question_id] = said
    return found


def answer_counts(event: Event) -> dict[int, int]:
    """How many answered each question."""
    rows = db.session.execute(
        select(QuestionAnswer.question_id, func.count())
        .join(Question, Question.id == QuestionAnswer.question_id)
        .where(Question.event_id == event.id)
        .group_by(QuestionAnswer.question_id)
    )
    return dict(rows.all())
