"""What people do with groups: start and change them, join, leave, ask somebody to organize."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from .. import happenings, outbox
from ..db import db, lock
from ..links import new_once_token, once_hash
from ..people.models import Person
from ..refusals import Refused
from ..text import random_slug, slugify
from ..versions import LISTS, raise_version
from .join_queries import is_banned
from .log import note
from .models import MEMBER, OPEN, ORGANIZER, OWNER, PRIVATE, Group, GroupInvitation, GroupSlug, Membership
from .queries import is_free, membership_of, organized_by
from .telling import tell

INVITATION_LASTS = timedelta(days=7)
# Addresses of pages beside the groups'.
RESERVED = ("new", "join", "invitation")


def start(person: Person, fields: dict[str, Any], now: datetime) -> Group:
    """A new group, its owner the one who starts it."""
    group = Group(slug=_free_slug(fields["name"]), created_at=now, **fields)
    db.session.add(group)
    db.session.flush()
    db.session.add(Membership(group_id=group.id, person_id=person.id, role=OWNER, joined_at=now))
    note(group, "started", now, by=person)
    changed(group)
    return group


def start_ownerless(slug: str, now: datetime, zone: str = "UTC") -> Group:
    """A group that an operator's import makes; an admin runs it until it has an owner."""
    group = Group(slug=slug, name=slug.replace("-", " ").capitalize(), zone=zone, created_at=now)
    db.session.add(group)
    db.session.flush()
    changed(group)
    return group


def put_back(fields: dict[str, Any], old_slugs: list[str]) -> Group:
    """A group as an archive has it, with the addresses it had where they are free. Raises Refused."""
    if fields["slug"] in RESERVED or not is_free(fields["slug"]):
        raise Refused(_("There is a crew at this address already."))
    group = Group(**fields)
    db.session.add(group)
    db.session.flush()
    db.session.add_all(GroupSlug(slug=slug, group_id=group.id) for slug in old_slugs if is_free(slug))
    changed(group)
    return group


def save(group: Group, fields: dict[str, Any], slug: str, now: datetime, by: Person | None = None) -> None:
    """Change what a group says of itself; an address it had leads on to the new one for good.

    `by` is whoever did it, where a person did.
    """
    group = lock(group)
    if slug != group.slug:
        _move(group, slug)
    visibility = group.visibility
    for name, value in fields.items():
        setattr(group, name, value)
    changed(group)
    db.session.flush()
    if visibility != group.visibility:
        note(group, f"made_{group.visibility}", now, by=by)
        happenings.group_visibility_changed.send(group, was=visibility, now=now)


def changed(group: Group) -> None:
    """Raise what shows a group: its page, its calendar, the lists, and the sheet of papers."""
    raise_version(f"group:{group.id}", f"calendar:{group.id}", "stocks:0", LISTS)


def members_changed(group: Group) -> None:
    """Raise what shows who is in a group; a private one's paper is told to its members alone."""
    papers = ("stocks:0",) if group.visibility == PRIVATE else ()
    raise_version(f"group:{group.id}", LISTS, *papers)


def note_renamed(person: Person) -> None:
    """The pages of the groups that somebody organizes show the name."""
    raise_version(*(f"group:{group.id}" for group in organized_by(person.id)))


def join(group: Group, person: Person, now: datetime) -> None:
    """Belong to it. Joining twice is joining once."""
    group = lock(group)
    if membership_of(group, person.id) is not None:
        return
    refuse_banned(group, person)
    if group.joining != OPEN:
        raise Refused(_("This crew takes no new members just now."))
    let_join(group, person, now)
    note(group, "joined", now, by=person)


def let_join(group: Group, person: Person, now: datetime) -> None:
    """Make somebody a member, whatever way they came; the group is locked."""
    if membership_of(group, person.id) is None:
        db.session.add(Membership(group_id=group.id, person_id=person.id, role=MEMBER, joined_at=now))
        members_changed(group)


def refuse_banned(group: Group, person: Person) -> None:
    """Raises Refused for somebody whom the group keeps out."""
    if is_banned(group, person.id):
        raise Refused(_("You can't join this crew. Its organizers decided so."))


def leave(group: Group, person: Person, now: datetime) -> None:
    """Belong to it no more. The last owner stays until somebody else is one."""
    group = lock(group)
    membership = membership_of(group, person.id)
    if membership is not None:
        take_out(membership)
        note(group, "left", now, by=person)


def set_role(membership: Membership, role: str, by: Person, now: datetime) -> None:
    """Make somebody a member, an organizer or an owner."""
    group = lock(membership.group)
    if role != OWNER:
        _refuse_ownerless(group, membership)
    if role != membership.role:
        note(group, f"made_{role}", now, by=by, about=membership.person)
    membership.role = role
    raise_version(f"group:{group.id}")


def hand_over(membership: Membership, by: Person, now: datetime) -> None:
    """Somebody is an owner from now on, and reads it in a letter."""
    set_role(membership, OWNER, by, now)
    if membership.person_id != by.id:
        tell("groups.handed_over", membership.group, membership.person, now)


def remove(membership: Membership, by: Person, now: datetime) -> None:
    """Take somebody out of the group."""
    note(membership.group, "taken_out", now, by=by, about=membership.person)
    take_out(membership)


def take_out(membership: Membership) -> None:
    """Somebody belongs to the group no more, by whomever that was decided. Raises Refused for the last owner."""
    group = lock(membership.group)
    _refuse_ownerless(group, membership)
    db.session.delete(membership)
    members_changed(group)


def invite(group: Group, email: str, inviter: Person, now: datetime) -> None:
    """Mail somebody an invitation to organize the group, good for a week."""
    token = new_once_token()
    db.session.add(
        GroupInvitation(
            group_id=group.id,
            email=email,
            token_hash=once_hash(token),
            invited_by_id=inviter.id,
            created_at=now,
            ends_at=now + INVITATION_LASTS,
        )
    )
    note(group, "invited", now, by=inviter)
    outbox.post(
        "groups.invitation",
        to=email,
        language=group.language,
        facts={"group": group.id, "inviter": inviter.name, "token": token},
        now=now,
        typed=True,
        until=now + INVITATION_LASTS,
    )


def accept(token: str, person: Person, now: datetime) -> Group:
    """Spend an invitation: the person organizes the group. Raises Refused when it is spent or too old."""
    group_id = db.session.execute(
        update(GroupInvitation)
        .where(
            GroupInvitation.token_hash == once_hash(token),
            GroupInvitation.spent_at.is_(None),
            GroupInvitation.ends_at > now,
        )
        .values(spent_at=now)
        .returning(GroupInvitation.group_id)
    ).scalar()
    if group_id is None:
        raise Refused(_("This invitation was used already, or is older than a week. Ask for a new one."))
    group = db.session.get(Group, group_id)
    refuse_banned(group, person)
    membership = membership_of(group, person.id)
    if membership is None:
        db.session.add(Membership(group_id=group.id, person_id=person.id, role=ORGANIZER, joined_at=now))
    elif membership.role == MEMBER:
        membership.role = ORGANIZER
    note(group, "organizes", now, by=person)
    members_changed(group)
    return group


def _refuse_ownerless(group: Group, membership: Membership) -> None:
    owners = db.session.scalar(select(func.count()).where(Membership.group_id == group.id, Membership.role == OWNER))
    if membership.role == OWNER and owners == 1:
        raise Refused(_("A crew needs an owner. Make somebody else one first."))


def _move(group: Group, slug: str) -> None:
    if not is_free(slug, besides=group) or slug in RESERVED:
        raise Refused(_("Another crew has this address."))
    db.session.execute(delete(GroupSlug).where(GroupSlug.slug == slug))
    db.session.add(GroupSlug(slug=group.slug, group_id=group.id))
    group.slug = slug


def _free_slug(name: str) -> str:
    slug = slugify(name)[:60].strip("-")
    if slug and slug not in RESERVED and is_free(slug):
        return slug
    return f"{slug or 'crew'}-{random_slug(4)}"
