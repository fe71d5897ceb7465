"""Who may write to whom: one answer for every page, letter and button."""

from sqlalchemy import Select, or_, select, union
from sqlalchemy.orm import aliased

from ..attendance.models import IN, Mark, WalkUp
from ..contacts.models import Contact
from ..conversations.models import Conversation, Correspondent, Side
from ..db import db
from ..events.host_models import hosted_by, hosting_any
from ..events.models import CANCELLED, DRAFT, Event
from ..groups.models import ORGANIZING, Membership
from ..people.models import Person
from ..rsvps.models import DECLINED, GOING, SEATED, Rsvp

# Write on, write once as a request, wait for its answer, or not at all just now.
FREELY, ASKING, WAITING, NOT_NOW = "freely", "asking", "waiting", "not now"


def known_people(person_id: int) -> tuple[Select, ...]:
    """The ids of people whom somebody knows through this site, a statement for each way of knowing them."""
    together = _crew_mates(person_id), _fellow_volunteers(person_id), _own_hosts(person_id), _own_guests(person_id)
    return *together, _card_givers(person_id)


def may_write(viewer, person: Person) -> str:
    """Whether the viewer may write to a person: FREELY, ASKING, WAITING or NOT_NOW."""
    if not viewer.is_authenticated or viewer.id == person.id:
        return NOT_NOW
    conversation = conversation_between(viewer.id, person.id)
    if conversation is not None:
        return may_write_on(side_of(conversation, viewer.id), viewer)
    return NOT_NOW if is_stopped(viewer) or not person.is_active else _first_word(viewer, person)


def may_write_on(side: Side, writer: Person) -> str:
    """The same on one side of a conversation that was begun."""
    conversation, across = side.conversation, side.across
    if side.blocked or across.blocked or is_stopped(writer):
        return NOT_NOW
    if conversation.group_id:
        return FREELY if across.is_crew or (across.person and across.person.email) else NOT_NOW
    if across.person is None or not across.person.is_active:
        return NOT_NOW
    if conversation.accepted_at or (conversation.last_id and conversation.last.side_id != side.id):
        return FREELY
    how = _first_word(writer, across.person)
    if conversation.last_id and (how == ASKING or across.declined):
        return WAITING
    return how


def is_stopped(person: Person) -> bool:
    """Whether a site admin ended somebody's writing."""
    stopped = select(Correspondent.stopped_at).where(Correspondent.person_id == person.id)
    return db.session.scalar(stopped) is not None


def conversation_between(one_id: int, other_id: int) -> Conversation | None:
    """The conversation of two people."""
    low, high = sorted((one_id, other_id))
    return db.session.scalar(select(Conversation).where(Conversation.person_id == low, Conversation.other_id == high))


def is_blocked(one: Person, other: Person) -> bool:
    """Whether either of two people blocked the other."""
    conversation = conversation_between(one.id, other.id)
    return conversation is not None and any(side.blocked for side in conversation.sides)


def blocked_between(person: Person) -> Select:
    """The ids of whom a person blocked, and of who blocked them."""
    mine, theirs = aliased(Side), aliased(Side)
    return (
        select(theirs.person_id)
        .join(mine, (mine.conversation_id == theirs.conversation_id) & (mine.id != theirs.id))
        .where(mine.person_id == person.id, theirs.person_id.is_not(None), or_(mine.blocked, theirs.blocked))
    )


def side_of(conversation: Conversation, person_id: int) -> Side:
    """Somebody's side of it."""
    return next(side for side in conversation.sides if side.person_id == person_id)


def _first_word(writer: Person, person: Person) -> str:
    """How somebody begins: with a request, unless they know each other and that is enough for the other."""
    asks_first = select(Correspondent.asks_first).where(Correspondent.person_id == person.id)
    if db.session.scalar(asks_first):
        return ASKING
    known = or_(*(Person.id.in_(people) for people in known_people(writer.id)))
    return FREELY if db.session.scalar(select(Person.id).where(Person.id == person.id, known)) else ASKING


def _crew_mates(person_id: int) -> Select:
    """Both are in the same crew."""
    mine = select(Membership.group_id).where(Membership.person_id == person_id)
    return select(Membership.person_id).where(Membership.group_id.in_(mine))


def _fellow_volunteers(person_id: int) -> Select:
    """Both have a seat at the same event, or were there."""
    mine = _events_of(person_id)
    seated = select(Rsvp.person_id).where(Rsvp.event_id.in_(mine), Rsvp.answer == GOING, Rsvp.standing == SEATED)
    marked = select(Rsvp.person_id).join(Mark, Mark.rsvp_id == Rsvp.id)
    there = marked.where(Rsvp.event_id.in_(mine), Mark.kind == IN)
    came = select(WalkUp.person_id).where(WalkUp.event_id.in_(mine), WalkUp.person_id.is_not(None))
    return select(union(seated, there, came).subquery())


def _events_of(person_id: int) -> Select:
    """Events that somebody has a seat at, or was at."""
    seated = select(Rsvp.event_id).join(Event, Event.id == Rsvp.event_id)
    seated = seated.where(Rsvp.person_id == person_id, Rsvp.answer == GOING, Rsvp.standing == SEATED)
    there = select(Rsvp.event_id).join(Mark, Mark.rsvp_id == Rsvp.id)
    there = there.where(Rsvp.person_id == person_id, Mark.kind == IN)
    came = select(WalkUp.event_id).where(WalkUp.person_id == person_id)
    return select(union(seated.where(Event.state.not_in((DRAFT, CANCELLED))), there, came).subquery())


def _card_givers(person_id: int) -> Select:
    """Who gave the person their card, and did not take it back."""
    kept = select(Contact.person_id).where(Contact.owner_id == person_id, Contact.card_id.is_not(None))
    return kept.where(Contact.person_id.is_not(None), Contact.removed_at.is_(None))


def _own_hosts(person_id: int) -> Select:
    """Who organizes an event that the person answered."""
    answered = select(Rsvp.event_id).where(Rsvp.person_id == person_id, Rsvp.answer != DECLINED)
    crews = or_(
        Membership.group_id.in_(select(Event.group_id).where(Event.id.in_(answered))),
        Membership.group_id.in_(hosting_any(answered)),
    )
    return select(Membership.person_id).where(crews, Membership.role.in_(ORGANIZING))


def _own_guests(person_id: int) -> Select:
    """Who answered an event that the person organizes."""
    organized = select(Membership.group_id)
    organized = organized.where(Membership.person_id == person_id, Membership.role.in_(ORGANIZING))
    hosted = select(Rsvp.person_id).join(Event, Event.id == Rsvp.event_id)
    return hosted.where(hosted_by(organized), Rsvp.answer != DECLINED)
