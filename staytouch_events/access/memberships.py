"""Memberships, through the group they are in."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..groups.models import MEMBER, Group, Membership
from .groups import may_own


def membership_in(group: Group, number: int) -> Membership:
    """One membership of this group; else 404."""
    row = db.session.scalar(select(Membership).where(Membership.id == number, Membership.group_id == group.id))
    if row is None:
        abort(404)
    return row


def removable_membership(viewer, group: Group, number: int) -> Membership:
    """One membership of this group, for whoever takes somebody out: an organizer's for owners alone, else 403."""
    row = membership_in(group, number)
    if row.role != MEMBER and not may_own(viewer, group):
        abort(403)
    return row
