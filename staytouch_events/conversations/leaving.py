"""When an account is deleted: what others were written, and wrote, stays theirs; from nobody, and with no answer."""

from datetime import datetime

from sqlalchemy import delete, or_, select

from ..db import db
from ..people.models import Person
from .meeting_models import Proposal
from .meeting_queries import meetings_to_come
from .meetings import call_off
from .models import Conversation, Inquiry, Message, Side
from .telling import drop_telling


def leave(person: Person, *, now: datetime) -> None:
    """Appointments are off; what nobody else reads goes, and so do requests that were not answered."""
    for meeting in meetings_to_come(person, now):
        call_off(meeting, now, besides=person)
    mine = or_(Conversation.person_id == person.id, Conversation.other_id == person.id)
    for conversation in db.session.scalars(select(Conversation).where(mine)).all():
        _leave(conversation, person, now)
    db.session.execute(delete(Inquiry).where(Inquiry.email == person.email))


def _leave(conversation: Conversation, person: Person, now: datetime) -> None:
    side = next(side for side in conversation.sides if side.person_id == person.id)
    drop_telling(side)
    if conversation.accepted_at is None or _is_left(side.across):
        drop_telling(side.across)
        db.session.execute(delete(Conversation).where(Conversation.id == conversation.id))
        return
    waiting = select(Proposal).join(Message, Message.id == Proposal.message_id)
    waiting = waiting.where(Message.conversation_id == conversation.id, Proposal.closed_at.is_(None))
    for proposal in db.session.scalars(waiting).all():
        proposal.closed_at = now


def _is_left(side: Side) -> bool:
    """Whether nobody reads there any more."""
    return side.person_id is None and not side.is_crew
