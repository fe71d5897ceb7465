"""Which questions an answer is asked, and keeping what it says to them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from ..db import db
from ..events.models import Event
from .additions import roles_held
from .models import Rsvp
from .question_models import WORDY, Question, QuestionAnswer
from .question_queries import Said, questions_of, said_by


@dataclass(frozen=True)
class Beside:
    """What comes with an answer: what it says to the questions, and the tag of the link that brought it."""

    said: Said = field(default_factory=dict)
    came_from: str = ""


ALONE = Beside()


def to_ask(event: Event, rsvp: Rsvp | None = None) -> list[Question]:
    """What the form of an answer asks: what everybody is asked, and what the roles are that it has."""
    asked = questions_of(event)
    held = roles_held(rsvp) if rsvp is not None and any(question.role_id for question in asked) else set()
    return [question for question in asked if question.role_id is None or question.role_id in held]


def to_ask_for(role_id: int, event: Event, rsvp: Rsvp | None = None) -> list[Question]:
    """What the form of a shift asks: what its role is asked, and what everybody is and this answer has not said."""
    asked = questions_of(event)
    said = said_by(rsvp) if rsvp is not None and asked else {}
    unsaid = [question for question in asked if question.role_id is None and question.id not in said]
    return [question for question in asked if question.role_id == role_id or question in unsaid]


def unsaid(rsvp: Rsvp) -> list[Question]:
    """What has to be answered and is not: asked later, or of somebody who came by another door."""
    needed = [question for question in to_ask(rsvp.event, rsvp) if question.required]
    said = said_by(rsvp) if needed else {}
    return [question for question in needed if question.id not in said]


def keep_said(rsvp: Rsvp, said: Said, now: datetime) -> None:
    """Write what an answer says over what it said to the same questions; nothing said takes that back."""
    if not said:
        return
    wanted = QuestionAnswer.rsvp_id == rsvp.id, QuestionAnswer.question_id.in_(said)
    known = {row.question_id: row for row in db.session.scalars(select(QuestionAnswer).where(*wanted))}
    for number, texts in said.items():
        row = known.get(number)
        if row is not None and not texts:
            db.session.delete(row)
        elif row is not None and row.said != texts:
            row.said, row.answered_at = texts, now
        elif row is None and texts:
            db.session.add(QuestionAnswer(question_id=number, rsvp_id=rsvp.id, said=texts, answered_at=now))
    db.session.flush()


def as_facts(said: Said) -> dict[str, list[str]]:
    """What was said, as a letter's facts keep it."""
    return {str(number): texts for number, texts in said.items() if texts}


def from_facts(facts: dict[str, Any]) -> Said:
    """The same, read again."""
    return {int(number): texts for number, texts in facts.get("said", {}).items()}


def said_words(event: Event, said: Said) -> list[tuple[str, str]]:
    """What was said to each question of an event, as (its words, the texts in one line)."""
    return [(question.words, ", ".join(said[question.id])) for question in questions_of(event) if said.get(question.id)]


def forget_words(rsvp: Rsvp, **_news: Any) -> None:
    """Nobody's answer any more: what was chosen stays a number, what was typed goes."""
    typed = select(Question.id).where(Question.event_id == rsvp.event_id, Question.kind.in_(WORDY))
    mine = QuestionAnswer.rsvp_id == rsvp.id, QuestionAnswer.question_id.in_(typed)
    db.session.execute(delete(QuestionAnswer).where(*mine))
