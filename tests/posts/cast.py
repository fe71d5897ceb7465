"""Posts that somebody wrote, and the crew they are written in."""

from datetime import datetime

from staytouch_events.db import db
from staytouch_events.groups.models import MEMBER, ORGANIZER, Group
from staytouch_events.people.models import Person
from staytouch_events.posts import actions
from staytouch_events.posts.models import Place, Post

from ..cast import NOW, a_group, a_membership, a_person


def a_post(author: Person, place: Place | Group, text: str = "Who has a truck?", now: datetime = NOW, **fields) -> Post:
    """What somebody wrote there."""
    place = place if isinstance(place, Place) else Place(place)
    post = actions.write(author, place, {"text": text, **fields}, now)
    db.session.commit()
    return post


def an_answer(author: Person, post: Post, text: str = "I have one.", now: datetime = NOW) -> Post:
    """What somebody answered."""
    written = actions.answer(author, post, {"text": text}, now)
    db.session.commit()
    return written


def a_crew(**fields) -> tuple[Group, Person, Person]:
    """A crew, alice who organizes it, and bob, a member."""
    group, alice, bob = a_group(**fields), a_person("alice"), a_person("bob")
    a_membership(alice, group, ORGANIZER)
    a_membership(bob, group, MEMBER)
    return group, alice, bob
