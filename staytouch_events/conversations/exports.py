"""What an account's export holds of one's conversations."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .meeting_models import Meeting
from .meeting_words import partner
from .models import Conversation, Correspondent, Message, MessageReport, Side
from .words import name_across, name_of


@holds("conversations")
def _conversations(person: Person) -> Iterator[Row]:
    """With whom, and what one made of it."""
    for side in db.session.scalars(_sides(person)):
        made = {name: getattr(side, name) for name in ("muted", "put_away", "declined", "blocked")}
        yield {"with": name_across(side), "started_at": side.conversation.started_at, **made}


@holds("messages")
def _messages(person: Person) -> Iterator[Row]:
    """What one wrote and was written, and what one wrote as a crew's organizer."""
    names = {side.conversation_id: name_across(side) for side in db.session.scalars(_sides(person))}
    found = select(Message).where(or_(Message.conversation_id.in_(names), Message.writer_id == person.id))
    for message in db.session.scalars(found.options(joinedload(Message.writer)).order_by(Message.id)):
        mine = message.writer_id == person.id
        yield {
            "with": names.get(message.conversation_id, ""),
            "from": person.name if mine else name_of(message.writer),
            "text": message.text,
            "sent_at": message.sent_at,
        }


@holds("appointments")
def _appointments(person: Person) -> Iterator[Row]:
    """What, where, with whom and when."""
    mine = or_(Conversation.person_id == person.id, Conversation.other_id == person.id)
    found = select(Meeting).join(Conversation, Conversation.id == Meeting.conversation_id).where(mine)
    for meeting in db.session.scalars(found.order_by(Meeting.starts_at)):
        told = {name: getattr(meeting, name) for name in ("what", "place", "starts_at", "ends_at", "cancelled_at")}
        yield {**told, "with": name_of(partner(meeting, person))}


@holds("settings_for_messages")
def _settings(person: Person) -> Iterator[Row]:
    """The switches."""
    found = db.session.get(Correspondent, person.id)
    if found is not None:
        yield {name: getattr(found, name) for name in ("mailed", "asks_first", "stopped_at")}


@holds("messages_reported")
def _reports(person: Person) -> Iterator[Row]:
    """What one reported, in one's own words."""
    found = select(MessageReport).where(MessageReport.reporter_id == person.id).order_by(MessageReport.id)
    for report in db.session.scalars(found):
        yield {"message": report.text, "words": report.words, "made_at": report.made_at}


def _sides(person: Person):
    loaded = joinedload(Side.conversation).selectinload(Conversation.sides).joinedload(Side.person)
    return select(Side).options(loaded).where(Side.person_id == person.id).order_by(Side.id)
