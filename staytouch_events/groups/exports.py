"""What a person has in crews."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.exports import Row, holds
from ..people.models import Person
from .join_models import JoinRequest
from .lead_models import LeadAsk
from .models import GroupInvitation, Membership


@holds("crews")
def _crews(person: Person) -> Iterable[Row]:
    mine = select(Membership).options(joinedload(Membership.group)).where(Membership.person_id == person.id)
    for row in db.session.scalars(mine.order_by(Membership.id)):
        yield {
            "crew": row.group.name,
            "role": row.role,
            "since": row.joined_at,
            "answer_mail": row.answer_mail,
            "announcements": row.announced,
        }


@holds("requests_to_join")
def _requests(person: Person) -> Iterable[Row]:
    mine = select(JoinRequest).options(joinedload(JoinRequest.group)).where(JoinRequest.person_id == person.id)
    for row in db.session.scalars(mine.order_by(JoinRequest.id)):
        yield {"crew": row.group.name, "words": row.words, "asked_at": row.asked_at}


@holds("offers_to_lead")
def _offers(person: Person) -> Iterable[Row]:
    mine = select(LeadAsk).options(joinedload(LeadAsk.group)).where(LeadAsk.person_id == person.id)
    for row in db.session.scalars(mine.order_by(LeadAsk.id)):
        yield {"crew": row.group.name, "words": row.words, "asked_at": row.asked_at}


@holds("invitations_sent")
def _invitations(person: Person) -> Iterable[Row]:
    """To whom is theirs."""
    sent = select(GroupInvitation).options(joinedload(GroupInvitation.group))
    for row in db.session.scalars(sent.where(GroupInvitation.invited_by_id == person.id).order_by(GroupInvitation.id)):
        yield {"crew": row.group.name, "sent_at": row.created_at, "accepted_at": row.spent_at}
