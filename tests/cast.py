"""The cast: alice organizes, bob is a member, charlie is an outsider, gia is a guest."""

from datetime import UTC, datetime, timedelta

from staytouch_events.db import db
from staytouch_events.groups.models import MEMBER, Group, Membership
from staytouch_events.people.models import Person

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=4)


def a_person(name: str, **fields) -> Person:
    """Somebody with an account, unless `joined_at` says otherwise."""
    fields = {"email": f"{name}@example.org", "name": name.title(), "joined_at": NOW, "created_at": NOW, **fields}
    person = Person(**fields)
    db.session.add(person)
    db.session.commit()
    return person


def a_group(slug: str = "trash-punx", **fields) -> Group:
    """A public crew in San José."""
    fields = {
        "name": slug.replace("-", " ").title(),
        "place_name": "San José, CA",
        "country_code": "US",
        "lat": 37.3394,
        "lon": -121.8950,
        "zone": "America/Los_Angeles",
        "created_at": NOW,
        **fields,
    }
    group = Group(slug=slug, **fields)
    db.session.add(group)
    db.session.commit()
    return group


def a_membership(person: Person, group: Group, role: str = MEMBER) -> Membership:
    """Have a person belong to a group."""
    membership = Membership(person_id=person.id, group_id=group.id, role=role, joined_at=NOW)
    db.session.add(membership)
    db.session.commit()
    return membership
