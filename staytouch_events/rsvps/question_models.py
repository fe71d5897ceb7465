"""What organizers ask whoever answers, and what was said to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..db import db
from ..events.models import Event
from .models import Rsvp

SHORT, LONG, CHOICE, SEVERAL, NUMBER, YES_NO = "short", "long", "choice", "several", "number", "yes_no"
KINDS = (SHORT, LONG, CHOICE, SEVERAL, NUMBER, YES_NO)
# With choices to take from, and in words of one's own.
CHOSEN, WORDY = (CHOICE, SEVERAL), (SHORT, LONG)
YES, NO = "yes", "no"


def field_name(number: int) -> str:
    """The name of a question's field in forms and in the links of letters, by the question's number."""
    return f"q{number}"


class Question(db.Model):
    """One question of an event: to everybody who answers, or to those in a role alone."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("roles.id", ondelete="CASCADE"))
    kind: Mapped[str]
    words: Mapped[str]
    help: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[Any]] = mapped_column(default=list)
    required: Mapped[bool] = mapped_column(default=False)
    # The order in which they are asked.
    place: Mapped[int] = mapped_column(default=0)
    # Asked no more; what was said to it stays.
    removed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class QuestionAnswer(db.Model):
    """What one answer says to one question, as texts: one, or several where several may be chosen.

    A choice is kept in the words it had, so that it can be read when it is offered no more.
    """

    __tablename__ = "question_answers"
    __table_args__ = (UniqueConstraint("question_id", "rsvp_id"), Index("ix_question_answers_rsvp_id", "rsvp_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    rsvp_id: Mapped[int] = mapped_column(ForeignKey("rsvps.id", ondelete="CASCADE"))
    said: Mapped[list[Any]]
    answered_at: Mapped[datetime]

    question: Mapped[Question] = relationship()
    rsvp: Mapped[Rsvp] = relationship()
