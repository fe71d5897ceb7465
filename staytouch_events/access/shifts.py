"""Roles, shifts and sign-ups: who sees, takes and edits which; the loaders are the locks."""

from flask import abort
from sqlalchemy import select

from ..db import db
from ..events.models import Event
from ..groups.models import Group, Membership
from ..rsvps.models import Rsvp
from ..volunteers.models import Role, Shift, SignUp
from .events import may_host, visible_event


def role_in(group: Group, number: int) -> Role:
    """One role of this group that is still offered; else 404."""
    role = db.session.scalar(
        select(Role).where(Role.id == number, Role.group_id == group.id, Role.retired_at.is_(None))
    )
    if role is None:
        abort(404)
    return role


def leads(viewer, role: Role) -> bool:
    """Whether the viewer leads the role, as a member of its group."""
    if not viewer.is_authenticated or role.lead_id != viewer.id:
        return False
    mine = select(Membership.id).where(Membership.person_id == viewer.id, Membership.group_id == role.group_id)
    return db.session.scalar(mine) is not None


def led_roles(viewer, group: Group) -> list[Role]:
    """The group's roles that the viewer leads."""
    roles = db.session.scalars(
        select(Role).where(Role.group_id == group.id, Role.retired_at.is_(None)).order_by(Role.id)
    )
    return [role for role in roles if leads(viewer, role)]


def may_edit_shift(viewer, shift: Shift) -> bool:
    """Whether the viewer hosts the event, or leads the shift's role."""
    return may_host(viewer, shift.event) or leads(viewer, shift.role)


def staffed_event(viewer, slug: str) -> Event:
    """The event, for whoever may edit some of its shifts: 404 unseen, 403 seen but not theirs."""
    event = visible_event(viewer, slug)
    if not may_host(viewer, event) and not led_roles(viewer, event.group):
        abort(403)
    return event


def visible_shift(viewer, slug: str, number: int) -> Shift:
    """A shift of an event that the viewer sees; else 404."""
    return shift_of(visible_event(viewer, slug), number)


def edited_shift(viewer, slug: str, number: int) -> Shift:
    """A shift, for whoever may edit it: 404 unseen, 403 seen but not theirs."""
    shift = visible_shift(viewer, slug, number)
    if not may_edit_shift(viewer, shift):
        abort(403)
    return shift


def edited_sign_up(viewer, slug: str, number: int, sign_up: int) -> SignUp:
    """One sign-up for a shift that the viewer may edit."""
    shift = edited_shift(viewer, slug, number)
    row = db.session.scalar(select(SignUp).where(SignUp.id == sign_up, SignUp.shift_id == shift.id))
    if row is None:
        abort(404)
    return row


def shift_of(event: Event, number: int) -> Shift:
    """A shift of this event; else 404."""
    shift = db.session.scalar(
        select(Shift).where(Shift.id == number, Shift.event_id == event.id, Shift.removed_at.is_(None))
    )
    if shift is None:
        abort(404)
    return shift


def shift_for(rsvp: Rsvp, number: int) -> Shift:
    """A shift of the event that this answer is to; else 404."""
    return shift_of(rsvp.event, number)
