"""Whether anybody looks after a group, and who offers to."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.models import SignIn
from .lead_models import LeadAsk
from .log_models import LogLine
from .models import ORGANIZING, Group, Membership

SILENT = timedelta(days=90)


def last_sign(group: Group) -> datetime:
    """When somebody who organizes the group was last here: on a page, by a line in its log, by becoming one.

    Signing out forgets when somebody was last seen; what they did is then what tells.
    """
    organizers = select(Membership.person_id).where(Membership.group_id == group.id, Membership.role.in_(ORGANIZING))
    signs = (
        select(func.max(SignIn.seen_at)).where(SignIn.person_id.in_(organizers)),
        select(func.max(LogLine.at)).where(LogLine.group_id == group.id, LogLine.by_id.in_(organizers)),
        select(func.max(Membership.joined_at)).where(Membership.group_id == group.id, Membership.role.in_(ORGANIZING)),
    )
    return max((at for sign in signs if (at := db.session.scalar(sign)) is not None), default=group.created_at)


def is_silent(group: Group, now: datetime) -> bool:
    """Whether nobody has looked after it for 90 days."""
    return now - last_sign(group) >= SILENT


def ask_of(group: Group, person_id: int) -> LeadAsk | None:
    """The offer of a person, open or not."""
    return db.session.scalar(select(LeadAsk).where(LeadAsk.group_id == group.id, LeadAsk.person_id == person_id))


def is_open(ask: LeadAsk) -> bool:
    """Whether no organizer was here since."""
    return last_sign(ask.group) <= ask.asked_at


def open_asks() -> list[LeadAsk]:
    """What waits for a site admin, the oldest first."""
    rows = select(LeadAsk).options(joinedload(LeadAsk.group), joinedload(LeadAsk.person)).order_by(LeadAsk.asked_at)
    return [ask for ask in db.session.scalars(rows.order_by(LeadAsk.id)) if is_open(ask)]
