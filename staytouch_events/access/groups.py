"""Who may see, join and organize which groups; the loaders are the locks."""

from flask import abort
from sqlalchemy import Select, bindparam, or_, select

from ..db import db
from ..groups.models import ORGANIZING, OWNER, PRIVATE, PUBLIC, Group, GroupSlug, Membership

_AT = select(Group).where(Group.slug == bindparam("slug"))
_ONCE_AT = select(Group).join(GroupSlug, GroupSlug.group_id == Group.id).where(GroupSlug.slug == bindparam("slug"))


def visible_groups(viewer) -> Select:
    """Groups that this viewer finds in lists: public ones, and unlisted ones they belong to."""
    if not viewer.is_authenticated:
        return select(Group).where(Group.visibility == PUBLIC)
    mine = select(Membership.group_id).where(Membership.person_id == viewer.id)
    return select(Group).where(or_(Group.visibility == PUBLIC, Group.id.in_(mine)))


def role_of(viewer, group: Group) -> str | None:
    """What the viewer is in the group: member, organizer, owner, or nothing."""
    if not viewer.is_authenticated:
        return None
    return db.session.scalar(
        select(Membership.role).where(Membership.person_id == viewer.id, Membership.group_id == group.id)
    )


def may_organize(viewer, group: Group) -> bool:
    """Whether the viewer may do what organizers do."""
    return viewer.is_authenticated and (viewer.is_admin or role_of(viewer, group) in ORGANIZING)


def may_own(viewer, group: Group) -> bool:
    """Whether the viewer may do what only owners do: change roles, remove organizers."""
    return viewer.is_authenticated and (viewer.is_admin or role_of(viewer, group) == OWNER)


def may_see_group(viewer, group: Group) -> bool:
    """Whether the group exists for this viewer, who has its address: a private one does for its members alone."""
    if group.visibility != PRIVATE:
        return True
    return viewer.is_authenticated and (viewer.is_admin or role_of(viewer, group) is not None)


def visible_group(viewer, slug: str) -> Group:
    """The group at this address, an unlisted one too for whoever has it; else 404."""
    group = db.session.scalar(_AT, {"slug": slug})
    if group is None or not may_see_group(viewer, group):
        abort(404)
    return group


def group_once_at(viewer, slug: str) -> Group:
    """The group that has this address or once had it: where its `slug` is another, that is the new one; else 404."""
    group = db.session.scalar(_AT, {"slug": slug}) or db.session.scalar(_ONCE_AT, {"slug": slug})
    if group is None or not may_see_group(viewer, group):
        abort(404)
    return group


def organized_group(viewer, slug: str) -> Group:
    """The group, for its organizers: 404 unseen, 403 seen but not theirs."""
    group = visible_group(viewer, slug)
    if not may_organize(viewer, group):
        abort(403)
    return group


def owned_group(viewer, slug: str) -> Group:
    """The group, for its owners."""
    group = visible_group(viewer, slug)
    if not may_own(viewer, group):
        abort(403)
    return group


def row_in(group: Group, model, number: int):
    """What belongs to this group, a request or an import say, by its number; else 404."""
    row = db.session.scalar(select(model).where(model.id == number, model.group_id == group.id))
    if row is None:
        abort(404)
    return row
