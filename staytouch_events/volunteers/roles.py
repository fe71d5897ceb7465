"""What organizers do with a group's roles."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from ..db import db
from ..groups.models import Group
from ..refusals import Refused
from ..text import fold
from ..versions import LISTS, raise_version
from .models import Role, Shift, TemplateShift
from .queries import roles_of


def add_role(group: Group, fields: dict[str, Any], now: datetime) -> Role:
    """A role of the group. Raises Refused for a name that it has already."""
    _check_name(group, fields["name"])
    role = Role(group_id=group.id, changed_at=now, **fields)
    db.session.add(role)
    db.session.flush()
    return role


def save_role(role: Role, fields: dict[str, Any], now: datetime) -> None:
    """Change what it says; what is shown of its shifts follows. Raises Refused."""
    _check_name(role.group, fields["name"], besides=role)
    for name, value in fields.items():
        setattr(role, name, value)
    role.changed_at = now
    _renew_pages(role)


def remove_role(role: Role, now: datetime) -> None:
    """Offer it no more. One that shifts have, or had, keeps its name with them."""
    db.session.execute(delete(TemplateShift).where(TemplateShift.role_id == role.id))
    if db.session.scalar(select(Shift.id).where(Shift.role_id == role.id).limit(1)) is None:
        db.session.delete(role)
    else:
        role.retired_at = now


def _check_name(group: Group, name: str, besides: Role | None = None) -> None:
    taken = (role for role in roles_of(group) if role is not besides)
    if any(fold(role.name) == fold(name) for role in taken):
        raise Refused(_("The crew has a role of this name already."))


def _renew_pages(role: Role) -> None:
    events = db.session.scalars(select(Shift.event_id).where(Shift.role_id == role.id).distinct())
    raise_version(LISTS, f"group:{role.group_id}", *(f"event:{number}" for number in events))
