"""Lists of groups and of the people in them."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from ..db import db
from ..people.models import Person
from ..text import fold
from .models import MEMBER, ORGANIZING, OWNER, PRIVATE, Group, GroupSlug, Membership

PAGE = 24
ROLE_ORDER = {OWNER: 0, "organizer": 1, MEMBER: 2}


def member_count(group: Group) -> int:
    """People who belong to it."""
    return db.session.scalar(select(func.count()).where(Membership.group_id == group.id))


def member_counts(group_ids: Sequence[int]) -> dict[int, int]:
    """The same for several groups, in one query."""
    rows = db.session.execute(
        select(Membership.group_id, func.count())
        .where(Membership.group_id.in_(group_ids))
        .group_by(Membership.group_id)
    )
    return dict(rows.all())


def organizers_of(group: Group) -> Sequence[Person]:
    """Who runs it, in the order of joining."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group.id, Membership.role.in_(ORGANIZING))
        .order_by(Membership.joined_at, Membership.id)
    ).all()


def members_of(group: Group) -> list[Membership]:
    """Everyone in it, owners first."""
    rows = db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.person))
        .where(Membership.group_id == group.id)
        .order_by(Membership.joined_at, Membership.id)
    )
    return sorted(rows, key=lambda row: ROLE_ORDER[row.role])


def membership_of(group: Group, person_id: int) -> Membership | None:
    """What a person is in it."""
    return db.session.scalar(
        select(Membership).where(Membership.group_id == group.id, Membership.person_id == person_id)
    )


def groups_page(groups: Select, words: str, after: str) -> tuple[list[Group], str | None]:
    """A page of groups by name whose name, place or causes hold the words, and where the next begins."""
    wanted = fold(words)
    rows = db.session.scalars(groups.order_by(func.lower(Group.name), Group.id)).all()
    found = [
        group
        for group in rows
        if wanted in fold(f"{group.name} {group.place_name} {group.summary} {' '.join(group.causes)}")
    ]
    start = next((at + 1 for at, group in enumerate(found) if group.slug == after), 0)
    page = found[start : start + PAGE]
    return page, page[-1].slug if start + PAGE < len(found) else None


def group_at(slug: str) -> Group | None:
    """The group at this address."""
    return db.session.scalar(select(Group).where(Group.slug == slug))


def organized_by(person_id: int) -> list[Group]:
    """Groups that a person organizes, by name."""
    return list(
        db.session.scalars(
            select(Group)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == person_id, Membership.role.in_(ORGANIZING))
            .order_by(func.lower(Group.name), Group.id)
        )
    )


def group_ids_of(person_id: int) -> Select:
    """The ids of the groups a person belongs to."""
    return select(Membership.group_id).where(Membership.person_id == person_id)


def is_free(slug: str, besides: Group | None = None) -> bool:
    """Whether no group has or had this address."""
    taken = select(Group.id).where(Group.slug == slug)
    kept = select(GroupSlug.slug).where(GroupSlug.slug == slug)
    if besides is not None:
        taken, kept = taken.where(Group.id != besides.id), kept.where(GroupSlug.group_id != besides.id)
    return not db.session.scalar(select(taken.exists() | kept.exists()))


def stocks(person_id: int | None = None) -> list[tuple[int, str]]:
    """Every group's number and paper; of private ones only those that this person belongs to."""
    shown = or_(Group.visibility != PRIVATE, Group.id.in_(group_ids_of(person_id or 0)))
    rows = db.session.execute(select(Group.id, Group.colour).where(shown).order_by(Group.id))
    return [tuple(row) for row in rows]


def owned_alone(person_id: int) -> list[tuple[Group, list[Membership]]]:
    """Groups whose only owner is this person, each with everyone else in it, organizers first."""
    mine = select(Membership.group_id).where(Membership.person_id == person_id, Membership.role == OWNER)
    others = select(Membership.group_id).where(Membership.person_id != person_id, Membership.role == OWNER)
    groups = select(Group).where(Group.id.in_(mine), Group.id.not_in(others)).order_by(func.lower(Group.name), Group.id)
    return [
        (group, [row for row in members_of(group) if row.person_id != person_id])
        for group in db.session.scalars(groups)
    ]
