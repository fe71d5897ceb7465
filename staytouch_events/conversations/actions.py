"""Writing, taking back, and what each side makes of a conversation."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select

from ..access.writing import ASKING, FREELY, WAITING, conversation_between, may_write_on, side_of
from ..db import db, lock
from ..events.models import Event
from ..groups.models import Group
from ..people.models import Person
from ..refusals import Refused
from .meeting_models import Proposal
from .models import Conversation, Message, Side
from .telling import drop_telling, plan_telling

# Shorter than the shortest wait of a letter: what is taken back was never mailed.
UNDO = timedelta(minutes=5)
LONGEST, LONGEST_REQUEST = 4000, 500


def begin(person: Person, other: Person, now: datetime) -> Side:
    """The first one's side of their conversation, a new one where they have none."""
    low, high = sorted((person.id, other.id))
    lock(db.session.get(Person, low))
    found = conversation_between(low, high)
    if found is None:
        sides = [Side(person_id=low), Side(person_id=high)]
        found = Conversation(person_id=low, other_id=high, started_at=now, sides=sides)
        db.session.add(found)
        db.session.flush()
    return side_of(found, person.id)


def begin_with_crew(person: Person, group: Group, now: datetime) -> Side:
    """Somebody's side of their conversation with a crew's organizers, a new one where there is none."""
    lock(db.session.get(Person, person.id))
    found = db.session.scalar(
        select(Conversation).where(Conversation.person_id == person.id, Conversation.group_id == group.id)
    )
    if found is None:
        found = Conversation(person_id=person.id, group=group, started_at=now, accepted_at=now)
        found.sides = [Side(person_id=person.id), Side(is_crew=True)]
        db.session.add(found)
        db.session.flush()
    return side_of(found, person.id)


def send(side: Side, writer: Person, text: str, now: datetime, event: Event | None = None) -> Message:
    """Write on one side; a first word to somebody unknown is a request, an answer to one accepts it.

    Raises Refused where nothing can be written, or too much for a request.
    """
    conversation = lock(side.conversation)
    how = may_write_on(side, writer)
    _check(how, text)
    message = Message(conversation=conversation, side=side, writer_id=writer.id, text=text, event=event, sent_at=now)
    db.session.add(message)
    db.session.flush()
    conversation.last_id = message.id
    if how == FREELY and conversation.accepted_at is None:
        conversation.accepted_at = now
    side.put_away = side.declined = side.across.put_away = False
    read(side, message.id)
    plan_telling(side.across, now)
    return message


def take_back(message: Message, writer: Person, now: datetime) -> str:
    """Undo it while it is young, as if it had never been; its text, to be written better. Raises Refused."""
    conversation = lock(message.conversation)
    answered = select(Proposal.id).where(Proposal.message_id == message.id, Proposal.closed_at.is_not(None))
    if not may_take_back(message, writer, now) or db.session.scalar(answered):
        raise Refused(_("It is too late to take this back: it may have been read or mailed by now."))
    text = message.text
    db.session.delete(message)
    db.session.flush()
    left = select(func.max(Message.id)).where(Message.conversation_id == conversation.id)
    conversation.last_id = db.session.scalar(left) or 0
    for side in conversation.sides:
        # Numbers of rows that are gone may be given again.
        side.read_to = min(side.read_to, conversation.last_id)
        side.told_to = min(side.told_to, conversation.last_id)
        if not side.has_unread:
            drop_telling(side)
    return text


def may_take_back(message: Message, writer: Person, now: datetime) -> bool:
    """Whether it is the writer's own and young enough."""
    return message.writer_id == writer.id and now < message.sent_at + UNDO


def read(side: Side, up_to: int) -> None:
    """What came up to this message is read; for a crew, is answered or needs no answer."""
    side.read_to = max(side.read_to, min(up_to, side.conversation.last_id))
    if not side.has_unread:
        drop_telling(side)


def accept(side: Side, now: datetime) -> None:
    """Say yes to a request."""
    conversation = lock(side.conversation)
    side.declined = side.put_away = False
    if conversation.last_id and conversation.last.side_id != side.id:
        conversation.accepted_at = conversation.accepted_at or now
    read(side, conversation.last_id)


def decline(side: Side, now: datetime) -> None:
    """Say no to a request: it is put away, and nobody is told."""
    side.declined = side.put_away = True
    read(side, side.conversation.last_id)


def block(side: Side, now: datetime) -> None:
    """Nothing can be written here from either side any more, until this side undoes it."""
    side.blocked = side.put_away = True
    read(side, side.conversation.last_id)
    drop_telling(side)


def unblock(side: Side, now: datetime) -> None:
    """Let them write again."""
    side.blocked = side.put_away = False


def mute(side: Side, now: datetime) -> None:
    """No mail about this conversation."""
    side.muted = True
    drop_telling(side)


def unmute(side: Side, now: datetime) -> None:
    """Mail as usual."""
    side.muted = False


def put_away(side: Side, now: datetime) -> None:
    """Out of the list, until the next message; for a crew, nothing is left to answer."""
    side.put_away = True
    read(side, side.conversation.last_id)


def take_out(side: Side, now: datetime) -> None:
    """Back into the list."""
    side.put_away = False


VERBS = {
    "accept": accept,
    "decline": decline,
    "block": block,
    "unblock": unblock,
    "mute": mute,
    "unmute": unmute,
    "put-away": put_away,
    "take-out": take_out,
}


def _check(how: str, text: str) -> None:
    if how == WAITING:
        raise Refused(_("Your request is with them. You can write on once they accept it."))
    if how not in (FREELY, ASKING):
        raise Refused(_("They can't be written to just now."))
    if how == ASKING and len(text) > LONGEST_REQUEST:
        words = _("A first message to somebody you don't know here has at most %(max)d characters.")
        raise Refused(words % {"max": LONGEST_REQUEST}, field="text")
