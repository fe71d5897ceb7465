"""The cast: alice organizes, bob is a member, charlie is an outsider, gia is a guest."""

from datetime import UTC, datetime, timedelta

from staytouch_events.db import db
from staytouch_events.events.actions import new_event, publish
from staytouch_events.events.models import Event
from staytouch_events.events.times import times
from staytouch_events.groups.models import MEMBER, Group, Membership
from staytouch_events.people.models import Person

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
SOON = NOW + timedelta(days=4)


def a_person(who: str, **fields) -> Person:
    """Somebody with an account, unless `joined_at` says otherwise."""
    fields = {"email": f"{who}@example.org", "name": who.title(), "joined_at": NOW, "created_at": NOW, **fields}
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


def an_event(group: Group, now: datetime = NOW, **fields) -> Event:
    """A published creek clean-up of the group, Saturday 28 November, 8:30 to 11:30 in San José."""
    starts_wall = fields.pop("starts_wall", datetime(2026, 11, 28, 8, 30))
    ends_wall = fields.pop("ends_wall", starts_wall + timedelta(hours=3))
    zone = fields.pop("zone", group.zone)
    draft = fields.pop("draft", False)
    fields = {"title": "Coyote Creek clean-up", "kind": "creek", "venue": "William Street Park", **fields}
    event = new_event(group, now, **fields, **times(starts_wall, ends_wall, zone))
    if not draft:
        publish(event, now)
    db.session.commit()
    return event
