"""What a person answered."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..events.models import Event
from ..people.exports import Row, holds
from ..people.models import Person
from .models import Rsvp
from .question_models import Question, QuestionAnswer

SAID = ("name", "answer", "standing", "adults", "minors", "note", "came_from", "announced", "sure_at", "answered_at")


@holds("answers")
def _answers(person: Person) -> Iterable[Row]:
    mine = select(Rsvp).options(joinedload(Rsvp.event).joinedload(Event.group)).where(Rsvp.person_id == person.id)
    for row in db.session.scalars(mine.order_by(Rsvp.id)):
        yield about(row.event) | {name: getattr(row, name) for name in SAID}


@holds("answers_to_questions")
def _answers_to_questions(person: Person) -> Iterable[Row]:
    said = select(QuestionAnswer).join(Rsvp, Rsvp.id == QuestionAnswer.rsvp_id).where(Rsvp.person_id == person.id)
    with_event = joinedload(QuestionAnswer.question).joinedload(Question.event).joinedload(Event.group)
    for row in db.session.scalars(said.options(with_event).order_by(QuestionAnswer.id)):
        yield about(row.question.event) | {
            "question": row.question.words,
            "said": row.said,
            "answered_at": row.answered_at,
        }


def about(event: Event) -> Row:
    """Which event a row is about."""
    return {"event": event.title, "crew": event.group.name, "starts_at": event.starts_at}
