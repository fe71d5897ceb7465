"""Who is named in a post: "@" and a name, as the page shows it."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from ..db import db
from ..groups.models import Membership
from ..people.models import Person
from ..rsvps.models import DECLINED, Rsvp
from ..text import fold
from .models import Mention, Place, Post

MOST = 20
# An address has a letter before its sign.
_NAMED = re.compile(r"(?<![\w@.])@(?=\w)")


def name_people(post: Post) -> list[Person]:
    """Keep who is named in a post as it stands; those who were not before."""
    known = {row.person_id: row for row in db.session.scalars(select(Mention).where(Mention.post_id == post.id))}
    named = [person for person in people_named(post.text, members(post.place)) if person.id != post.author_id]
    for number, row in known.items():
        if number not in {person.id for person in named}:
            db.session.delete(row)
    new = [person for person in named if person.id not in known]
    db.session.add_all(Mention(post_id=post.id, person_id=person.id) for person in new)
    db.session.flush()
    return new


def people_named(text: str, people: Iterable[Person]) -> list[Person]:
    """Everybody whose name follows an "@", the longest that fits; two of one name are both meant."""
    names: dict[str, list[Person]] = {}
    for person in people:
        for name in {fold(person.name), fold(person.short_name)} - {""}:
            names.setdefault(name, []).append(person)
    found: dict[int, Person] = {}
    for sign in _NAMED.finditer(text):
        said = fold(text[sign.end() : sign.end() + 100])
        fitting = [name for name in names if re.match(rf"{re.escape(name)}(?!\w)", said)]
        for person in names.get(max(fitting, key=len, default=""), ()):
            found[person.id] = person
    return list(found.values())[:MOST]


def members(place: Place) -> list[Person]:
    """Whom one may name: the crew, and on an event those with an account who said they come."""
    wanted = select(Person).join(Membership, Membership.person_id == Person.id)
    found = db.session.scalars(wanted.where(Membership.group_id == place.group.id)).all()
    if place.event is None:
        return list(found)
    coming = select(Rsvp.person_id).where(Rsvp.event_id == place.event.id, Rsvp.answer != DECLINED)
    guests = db.session.scalars(select(Person).where(Person.id.in_(coming), Person.joined_at.is_not(None))).all()
    return list({person.id: person for person in (*found, *guests)}.values())
