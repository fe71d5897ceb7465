"""What the demo's first crew asks whoever comes to its next clean-up, what they said, and by which link they came."""

from datetime import datetime

from sqlalchemy import select

from .db import db
from .events.models import PUBLISHED, Event
from .groups.models import Group
from .rsvps import questions
from .rsvps.asking import keep_said, to_ask
from .rsvps.models import DECLINED
from .rsvps.queries import roster
from .rsvps.question_models import CHOICE, NO, SEVERAL, SHORT, YES, YES_NO, Question
from .volunteers.queries import shifts_of

GLOVES, FOOD = ("Small", "Medium", "Large", "I bring my own"), ("Vegan", "Vegetarian", "No nuts", "No gluten")
SIZES = (0, 1, 1, 2, 3, 2, 1)
EATS = (["Vegan"], [], ["No nuts", "No gluten"], ["Vegetarian"], [])
LIFTS = (NO, NO, YES, NO)
TAGS = ("flyer", "chat", "", "chat", "radio", "flyer", "chat", "")


def ask_questions(now: datetime) -> None:
    """Four questions, one of them to a role alone, and what those said who answered."""
    group = db.session.scalars(select(Group).order_by(Group.id)).first()
    coming = select(Event).where(Event.group_id == group.id, Event.state == PUBLISHED, Event.starts_at > now)
    event = db.session.scalars(coming.order_by(Event.starts_at)).first()
    gloves, food, lift = _ask(event)
    for at, rsvp in enumerate(roster(event)):
        rsvp.came_from = TAGS[at % len(TAGS)]
        if rsvp.answer == DECLINED:
            continue
        said = {
            gloves.id: [GLOVES[SIZES[at % len(SIZES)]]],
            food.id: EATS[at % len(EATS)],
            lift.id: [LIFTS[at % len(LIFTS)]],
        }
        said |= {question.id: ["Ford F-150, 6 ft bed"] for question in to_ask(event, rsvp) if question.role_id}
        keep_said(rsvp, said, now)


def _ask(event: Event) -> tuple[Question, Question, Question]:
    plain = {"help": "", "choices": [], "required": False, "role_id": None}
    gloves = {"words": "Which gloves fit you?", "kind": CHOICE, "choices": list(GLOVES), "required": True}
    food = {"words": "What should lunch be without?", "kind": SEVERAL, "choices": list(FOOD)}
    lift = {"words": "Do you need a lift?", "kind": YES_NO, "help": "We ask the drivers for you."}
    made = tuple(questions.add(event, {**plain, **fields}) for fields in (gloves, food, lift))
    hauler = next((shift.role_id for shift in shifts_of(event) if "truck" in shift.role.name.lower()), None)
    if hauler is not None:
        truck = {"words": "What do you drive?", "kind": SHORT, "help": "Make, and how long its bed is."}
        questions.add(event, {**plain, **truck, "role_id": hauler, "required": True})
    return made
