"""Questions for tests."""

from typing import Any

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.rsvps import questions
from staytouch_events.rsvps.question_models import SHORT, Question


def a_question(event: Event, words: str = "What don't you eat?", kind: str = SHORT, **fields: Any) -> Question:
    """In a few words, of everybody, and it may stay open, unless it says otherwise."""
    plain = {"help": "", "choices": [], "required": False, "role_id": None}
    question = questions.add(event, {"words": words, "kind": kind, **plain, **fields})
    db.session.commit()
    return question
