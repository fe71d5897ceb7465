"""Lists of conversations, the messages of one, and when people last wrote to each other."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ..access.conversations import sides_of
from ..db import db
from ..events.models import CANCELLED, DRAFT, Event
from ..groups.models import ORGANIZING, Membership
from ..people.models import Person
from ..rsvps.models import SEATED, Rsvp
from .models import Conversation, Correspondent, Message, MessageReport, Side

PAGE, MESSAGES, MOST_UNREAD, SUGGESTED = 25, 30, 50, 8
_WHOLE = (
    joinedload(Side.conversation).options(
        selectinload(Conversation.sides).joinedload(Side.person),
        joinedload(Conversation.group),
        joinedload(Conversation.last),
    ),
)


def unread(viewer) -> list[Side]:
    """The viewer's conversations in which something waits, the newest first."""
    waiting = _begun(viewer).where(Conversation.last_id > Side.read_to, Side.put_away.is_(False))
    return list(db.session.scalars(_newest_first(waiting).limit(MOST_UNREAD)))


def the_rest(viewer, put_away: bool, before: int | None) -> tuple[list[Side], int | None]:
    """A page of the other ones, those put away or those that are not, and where the next begins."""
    found = _begun(viewer).where(Side.put_away.is_(put_away))
    if not put_away:
        found = found.where(Conversation.last_id <= Side.read_to)
    if before is not None:
        found = found.where(Conversation.last_id < before)
    sides = list(db.session.scalars(_newest_first(found).limit(PAGE + 1)))
    return sides[:PAGE], sides[PAGE - 1].conversation.last_id if len(sides) > PAGE else None


def unread_count(viewer) -> int:
    """How many conversations wait for the viewer."""
    waiting = _begun(viewer).where(Conversation.last_id > Side.read_to, Side.put_away.is_(False))
    return db.session.scalar(select(func.count()).select_from(waiting.subquery()))


def messages_of(conversation: Conversation, before: int | None) -> tuple[list[Message], int | None]:
    """A page of its messages, oldest first, the newest page unless `before`; and where the older page begins."""
    found = (
        select(Message)
        .options(joinedload(Message.writer), joinedload(Message.event), joinedload(Message.side))
        .where(Message.conversation_id == conversation.id)
        .order_by(Message.id.desc())
    )
    if before is not None:
        found = found.where(Message.id < before)
    rows = list(db.session.scalars(found.limit(MESSAGES + 1)))
    older = rows[MESSAGES - 1].id if len(rows) > MESSAGES else None
    return rows[:MESSAGES][::-1], older


def new_messages(side: Side, after: int, until: int) -> list[Message]:
    """What the other side wrote after one message and up to another, oldest first."""
    return list(
        db.session.scalars(
            select(Message)
            .options(joinedload(Message.writer), joinedload(Message.event))
            .where(
                Message.conversation_id == side.conversation_id,
                Message.side_id != side.id,
                Message.id > after,
                Message.id <= until,
            )
            .order_by(Message.id)
        )
    )


def last_messages(person: Person, others: Iterable[int]) -> dict[int, datetime]:
    """When somebody and each of these people last wrote to each other, in one query; requests don't count."""
    wanted = list(others)
    other_id = case((Conversation.person_id == person.id, Conversation.other_id), else_=Conversation.person_id)
    rows = db.session.execute(
        select(other_id, func.max(Message.sent_at))
        .join(Message, Message.conversation_id == Conversation.id)
        .where(
            Conversation.accepted_at.is_not(None),
            or_(
                (Conversation.person_id == person.id) & Conversation.other_id.in_(wanted),
                (Conversation.other_id == person.id) & Conversation.person_id.in_(wanted),
            ),
        )
        .group_by(other_id)
    )
    return dict(rows.all())


def message_count(person: Person, other: Person) -> int:
    """How many messages the two wrote to each other."""
    low, high = sorted((person.id, other.id))
    return db.session.scalar(
        select(func.count(Message.id))
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.person_id == low, Conversation.other_id == high, Conversation.accepted_at.is_not(None))
    )


def people_met(person: Person) -> list[tuple[Person, Event]]:
    """Who has a seat at the same events, where their names are shown, and likes to be written to; the latest first."""
    theirs = aliased(Rsvp)
    mine = select(Rsvp.event_id).where(Rsvp.person_id == person.id, Rsvp.standing == SEATED)
    asking = select(Correspondent.person_id).where(Correspondent.asks_first)
    rows = db.session.execute(
        select(Person, Event)
        .join(theirs, theirs.person_id == Person.id)
        .join(Event, Event.id == theirs.event_id)
        .where(Event.id.in_(mine), Event.state.not_in((DRAFT, CANCELLED)), Event.names_hidden.is_(False))
        .where(theirs.standing == SEATED, Person.id != person.id, Person.joined_at.is_not(None))
        .where(Person.id.not_in(asking))
        .order_by(Event.starts_at.desc(), theirs.id)
        .limit(SUGGESTED * 5)
    )
    found = {}
    for other, event in rows:
        found.setdefault(other.id, (other, event))
    return list(found.values())[:SUGGESTED]


def organizers_to_tell(group_id: int) -> list[Person]:
    """A crew's organizers who can be mailed."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.group_id == group_id, Membership.role.in_(ORGANIZING), Person.email.is_not(None))
            .order_by(Membership.id)
        )
    )


def open_reports() -> list[MessageReport]:
    """What people reported and nobody has looked at, the oldest first."""
    return _reports(MessageReport.settled_at.is_(None), MessageReport.id)


def settled_reports() -> list[MessageReport]:
    """What was looked at, the latest first."""
    return _reports(MessageReport.settled_at.is_not(None), MessageReport.settled_at.desc())


def correspondent_of(person: Person) -> Correspondent | None:
    """What somebody set for their messages."""
    return db.session.get(Correspondent, person.id)


def _reports(which, order) -> list[MessageReport]:
    found = select(MessageReport).options(joinedload(MessageReport.about), joinedload(MessageReport.reporter))
    return list(db.session.scalars(found.where(which).order_by(order).limit(PAGE)))


def _begun(viewer) -> Select:
    return sides_of(viewer).where(Conversation.last_id > 0)


def _newest_first(sides: Select) -> Select:
    return sides.options(*_WHOLE).order_by(Conversation.last_id.desc())
