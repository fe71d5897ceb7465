"""Memberships, through the group they are in."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..groups.models import Group, Membership


def membership_in(group: Group, number: int) -> Membership:
    """One membership of this group; else 404."""
    row = db.session.scalar(select(Membership).where(Membership.id == number, Membership.group_id == group.id))
    if row is None:
        abort(404)
    return row
