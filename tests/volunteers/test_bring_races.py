"""Many people and few things at once: never more than are wanted."""

from urllib.error import HTTPError

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.people.models import Person
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers import bring
from staytouch_events.volunteers.bring_models import BringClaim, BringItem
from staytouch_events.when import now

from ..cast import a_group, a_person, an_event
from ..racing import meet_after
from ..rsvps.test_races import ROUNDS, at_once, post
from ..walks.test_guest import next_saturday
from .cast import a_thing


def brought(item: int) -> int:
    """How many of it people bring."""
    db.session.rollback()
    return db.session.scalar(select(func.sum(BringClaim.quantity)).where(BringClaim.item_id == item)) or 0


def test_twenty_bring_two_each_of_seven(site):
    group = a_group()
    for number in range(ROUNDS):
        event = an_event(group, now(), starts_wall=next_saturday())
        item = a_thing(event, wanted=7)
        key, url = item.id, f"{site.base}/events/{event.slug}/bring/{item.id}"

        def bring_two(guest: int, url=url, number=number) -> int:
            fields = {"name": f"Guest {guest}", "email": f"guest{guest}-{number}@example.org", "quantity": 2}
            try:
                return post(url, fields)
            except HTTPError as refused:
                return refused.code

        assert sorted(at_once(bring_two, range(20))) == [200] * 3 + [409] * 17
        assert brought(key) == 6


def two_at_once(app, item: int, people: list[int], monkeypatch) -> list[str]:
    """Two who both look at what is left before either has written; what each got."""
    meet_after(monkeypatch, (bring, "left"))

    def take(person: int) -> str:
        with app.app_context():
            try:
                bring.claim(db.session.get(BringItem, item), 1, db.session.get(Person, person), "X", now())
            except Refused:
                return "refused"
            db.session.commit()
            return "brings"

    return sorted(at_once(take, people))


@pytest.fixture
def last_one(app, real_clock):
    """One thing, and two people who have seats."""
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    people = [a_person("bob"), a_person("charlie")]
    for person in people:
        respond(event, person, person.name, GOING, Party(), "", now())
    number, ids = a_thing(event, wanted=1).id, [person.id for person in people]
    db.session.remove()
    return number, ids


def test_two_who_look_at_the_last_one_at_once_do_not_both_bring_it(app, last_one, monkeypatch):
    assert two_at_once(app, *last_one, monkeypatch) == ["brings", "refused"]


def test_without_the_lock_it_is_brought_twice(app, last_one, monkeypatch):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(bring, "lock", lambda row: row)
    got = two_at_once(app, *last_one, monkeypatch)
    assert got == ["brings", "brings"]
