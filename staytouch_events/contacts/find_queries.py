"""Finding some of one's people, and reading them page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select, tuple_

from ..access.contacts import people_of
from ..db import db
from ..events.models import Event
from ..groups.models import Group, Membership
from ..people.models import Person
from ..text import fold
from .models import Contact, ContactKind, ContactTag
from .rhythm_queries import DUE, OVERDUE, Standing, standings

PAGE = 50
# Months without a contact that can be asked for; NEVER is none known at all.
MONTHS, NEVER = (1, 3, 6, 12), "never"
DAYS = 30


@dataclass(frozen=True)
class Asked:
    """What one's people are looked through by; empty is everybody."""

    q: str = ""
    kind: str = ""
    tag: str = ""
    crew: str = ""
    place: str = ""
    last: str = ""
    losing: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing was asked for."""
        return self == Asked()


def found(owner: Person, asked: Asked, now: datetime) -> Select:
    """The people that are asked for, by name."""
    wanted = people_of(owner).order_by(Contact.sort_name, Contact.id)
    for word in fold(asked.q).split():
        wanted = wanted.where(or_(_says(Contact.words, word), Contact.id.in_(_tagged(word, part=True))))
    for word in fold(asked.place).split():
        wanted = wanted.where(_is_around(word))
    if asked.tag:
        wanted = wanted.where(Contact.id.in_(_tagged(asked.tag)))
    if asked.kind:
        kind = select(ContactKind.id).where(ContactKind.owner_id == owner.id, ContactKind.key == asked.kind)
        wanted = wanted.where(Contact.kind_id.in_(kind))
    if asked.crew:
        wanted = wanted.where(Contact.person_id.in_(_members(owner, asked.crew)))
    if asked.last or asked.losing:
        wanted = wanted.where(Contact.id.in_([row.contact.id for row in standings(owner, now) if _fits(row, asked)]))
    return wanted


def page(owner: Person, asked: Asked, after: str, now: datetime) -> tuple[list[Standing], str | None]:
    """One page of them, and what the next one begins after."""
    wanted = found(owner, asked, now)
    last = after and db.session.scalar(people_of(owner).where(Contact.public_id == after))
    if last:
        wanted = wanted.where(tuple_(Contact.sort_name, Contact.id) > (last.sort_name, last.id))
    rows = standings(owner, now, wanted.limit(PAGE + 1))
    return rows[:PAGE], rows[PAGE - 1].contact.public_id if len(rows) > PAGE else None


def crews_of(owner: Person) -> Sequence[Group]:
    """The crews that somebody is in, by name."""
    mine = select(Membership.group_id).where(Membership.person_id == owner.id)
    return db.session.scalars(select(Group).where(Group.id.in_(mine)).order_by(Group.name, Group.id)).all()


def _members(owner: Person, slug: str) -> Select:
    """Whoever is in a crew of one's own."""
    mine = select(Membership.group_id).where(Membership.person_id == owner.id)
    return (
        select(Membership.person_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Group.slug == slug, Group.id.in_(mine))
    )


def _tagged(word: str, part: bool = False) -> Select:
    lowered = func.lower(ContactTag.tag)
    return select(ContactTag.contact_id).where(_says(lowered, word) if part else lowered == word.lower())


def _is_around(word: str):
    """In an address of theirs, or where one met."""
    there = select(Event.id).where(_says(Event.words, word))
    return or_(_says(Contact.words, word), _says(func.lower(Contact.met_words), word), Contact.met_event_id.in_(there))


def _says(column, word: str):
    return column.contains(word, autoescape=True)


def _fits(row: Standing, asked: Asked) -> bool:
    if asked.losing and row.state not in (DUE, OVERDUE):
        return False
    if asked.last == NEVER:
        return row.last is None
    return not asked.last or row.last is None or row.days >= int(asked.last) * DAYS
