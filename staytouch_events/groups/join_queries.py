"""Who asks to join, which links are out, who is kept out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from .join_models import Ban, JoinLink, JoinRequest
from .models import Group


def requests_of(group: Group) -> Sequence[JoinRequest]:
    """Who waits for a yes, the longest first."""
    rows = select(JoinRequest).options(joinedload(JoinRequest.person)).where(JoinRequest.group_id == group.id)
    return db.session.scalars(rows.order_by(JoinRequest.asked_at, JoinRequest.id)).all()


def request_count(group: Group) -> int:
    """How many wait for a yes."""
    return db.session.scalar(select(func.count()).where(JoinRequest.group_id == group.id))


def asking_in(group_ids: Sequence[int]) -> dict[int, int]:
    """How many wait in each of these groups; none is left out."""
    rows = select(JoinRequest.group_id, func.count()).where(JoinRequest.group_id.in_(group_ids))
    return dict(db.session.execute(rows.group_by(JoinRequest.group_id)).all())


def request_by(group: Group, person_id: int) -> JoinRequest | None:
    """What a person asked."""
    return db.session.scalar(
        select(JoinRequest).where(JoinRequest.group_id == group.id, JoinRequest.person_id == person_id)
    )


def links_of(group: Group, now: datetime) -> Sequence[JoinLink]:
    """Links that still let somebody in, the newest first."""
    usable = or_(JoinLink.for_many, JoinLink.used == 0)
    rows = select(JoinLink).where(JoinLink.group_id == group.id, JoinLink.ends_at > now, usable)
    return db.session.scalars(rows.order_by(JoinLink.id.desc())).all()


def bans_of(group: Group) -> Sequence[Ban]:
    """Who is kept out, the latest first."""
    rows = select(Ban).options(joinedload(Ban.person)).where(Ban.group_id == group.id)
    return db.session.scalars(rows.order_by(Ban.id.desc())).all()


def is_banned(group: Group, person_id: int) -> bool:
    """Whether the group keeps this person out."""
    return db.session.scalar(select(Ban.id).where(Ban.group_id == group.id, Ban.person_id == person_id)) is not None
