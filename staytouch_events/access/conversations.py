"""Whose conversation is whose: by account, as one of a crew's organizers, or by standing link."""

from flask import abort
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from ..conversations.meeting_models import Meeting, Proposal
from ..conversations.models import Conversation, Correspondent, Inquiry, Message, MessageReport, Side
from ..db import db
from ..events.models import Event
from ..groups.models import ORGANIZING, Group, Membership
from ..people.models import Person
from .events import visible_event
from .groups import visible_group
from .tokens import row_by_token, token_of

SIDE, MAIL, INQUIRY = "conversations.side", "conversations.mail", "conversations.inquiry"


def sides_of(viewer) -> Select:
    """The sides that a viewer reads and writes on: their own, and those of the crews they organize.

    Running the site opens none.
    """
    organized = select(Membership.group_id).where(Membership.person_id == viewer.id, Membership.role.in_(ORGANIZING))
    crews = and_(Side.is_crew, Conversation.group_id.in_(organized))
    return (
        select(Side)
        .join(Conversation, Conversation.id == Side.conversation_id)
        .where(or_(Side.person_id == viewer.id, crews))
    )


def own_side(viewer, number: int) -> Side:
    """The viewer's side of a conversation; else 404."""
    found = db.session.scalars(
        sides_of(viewer)
        .where(Conversation.id == number)
        .options(joinedload(Side.conversation).selectinload(Conversation.sides))
        .order_by(Side.id)
    ).first()
    return found or abort(404)


def message_from(side: Side, number: int) -> Message:
    """A message that this side wrote; else 404."""
    return _message(side, number, Message.side_id == side.id)


def message_to(side: Side, number: int) -> Message:
    """A message that the other side wrote; else 404."""
    return _message(side, number, Message.side_id != side.id)


def proposal_in(side: Side, number: int) -> Proposal:
    """Times proposed in this conversation; else 404."""
    found = select(Proposal).join(Message, Message.id == Proposal.message_id)
    whole = found.where(Proposal.id == number, Message.conversation_id == side.conversation_id)
    return db.session.scalar(whole) or abort(404)


def meeting_in(side: Side, number: int) -> Meeting:
    """An appointment of this conversation; else 404."""
    found = select(Meeting).where(Meeting.id == number, Meeting.conversation_id == side.conversation_id)
    return db.session.scalar(found) or abort(404)


def writable_person(viewer, public_id: str) -> Person:
    """Somebody with an account, whom the viewer has a link to; else 404."""
    person = db.session.scalar(select(Person).where(Person.public_id == public_id))
    if person is None or not person.is_active or person.id == viewer.id:
        abort(404)
    return person


def side_token(side: Side) -> str:
    """The standing token by which somebody without an account reads and answers."""
    return token_of(SIDE, side)


def side_by_token(text: str) -> Side:
    """The side of whoever wrote to a crew that a link stands for; 404 for an unknown or revoked token."""
    side = row_by_token(Side, SIDE, text)
    return side if side.conversation.group_id and not side.is_crew else abort(404)


def mail_token(settings: Correspondent) -> str:
    """The standing token that ends somebody's mail about messages."""
    return token_of(MAIL, settings)


def mail_by_token(text: str) -> Correspondent:
    """Whose mail a link stands for; 404 for an unknown or revoked token."""
    return row_by_token(Correspondent, MAIL, text)


def inquiry_token(inquiry: Inquiry) -> str:
    """The standing token that sends what a stranger wrote on to the crew."""
    return token_of(INQUIRY, inquiry)


def inquiry_by_token(text: str) -> Inquiry:
    """What a stranger wrote; 404 for an unknown or revoked token."""
    return row_by_token(Inquiry, INQUIRY, text)


def report_numbered(number: int) -> MessageReport:
    """A reported message, for the site's admins; else 404."""
    return db.session.get(MessageReport, number) or abort(404)


def contacted_group(viewer, slug: str) -> Group:
    """The crew at this address, where the viewer may write to it; else 404."""
    group = visible_group(viewer, slug)
    return group if may_contact(viewer, group) else abort(404)


def contacted_event(viewer, slug: str) -> Event:
    """The event at this address, where the viewer may write to its crew; else 404."""
    event = visible_event(viewer, slug)
    return event if event.is_shown and may_contact(viewer, event.group) else abort(404)


def may_contact(viewer, group: Group) -> bool:
    """Whether the viewer may write to a crew: everybody but those who would answer, where somebody would."""
    organizers = db.session.scalars(
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group.id, Membership.role.in_(ORGANIZING), Person.email.is_not(None))
    ).all()
    return bool(organizers) and not (viewer.is_authenticated and viewer.id in organizers)


def _message(side: Side, number: int, whose) -> Message:
    found = select(Message).where(Message.id == number, Message.conversation_id == side.conversation_id, whose)
    return db.session.scalar(found) or abort(404)
