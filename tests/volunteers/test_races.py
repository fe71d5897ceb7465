"""Many people and a few places at once, through two real web processes."""

import pytest
from sqlalchemy import func, select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers import actions, lines, shifts
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.models import HELD, WAITING, Shift, SignUp
from staytouch_events.when import now

from ..cast import a_group, a_person, an_event
from ..racing import meet_after
from ..rsvps.test_races import ROUNDS, at_once, post
from ..walks.test_guest import next_saturday
from .cast import a_shift


def count(shift: int, standing: str) -> int:
    """Sign-ups of this standing."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(SignUp.shift_id == shift, SignUp.standing == standing))


def test_twenty_takers_and_two_places(site):
    group = a_group()
    for number in range(ROUNDS):
        event = an_event(group, now(), starts_wall=next_saturday(), capacity=40)
        shift = a_shift(event, now=now(), target=2)
        key, url = shift.id, f"{site.base}/events/{event.slug}/shifts/{shift.id}"

        def take(guest: int, url=url, number=number) -> int:
            return post(url, {"name": f"Guest {guest}", "email": f"guest{guest}-{number}@example.org"})

        assert at_once(take, range(20)) == [200] * 20
        assert (count(key, HELD), count(key, WAITING)) == (2, 18)


def test_releases_promote_each_who_waits_once(app, site):
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    shift = a_shift(event, now=now(), target=4)
    key, base = shift.id, site.base
    rows = [claim(shift, a_person(f"p{number}"), f"P{number}", now()) for number in range(8)]
    db.session.commit()
    links = [manage_token(row.rsvp) for row in rows[:4]]
    waiting = sorted(row.id for row in rows[4:])
    released = at_once(lambda link: post(f"{base}/rsvps/{link}/shifts/{key}", {"do": "release"}), links)
    assert released == [200] * 4
    db.session.rollback()
    held = db.session.scalars(select(SignUp.id).where(SignUp.shift_id == key, SignUp.standing == HELD)).all()
    assert sorted(held) == waiting
    promoted = [row for row in db.session.scalars(select(Letter)) if row.facts.get("news") == "promoted"]
    assert len({row.key for row in promoted}) == len(promoted)


def two_at_once(app, shift: int, people: list[int], monkeypatch) -> list[str]:
    """Two who both look at the places before either has written; what each got."""
    meet_after(monkeypatch, (lines, "places_free"), (actions, "places_free"))

    def take(person: int) -> str:
        with app.app_context():
            row = claim(db.session.get(Shift, shift), db.session.get(Person, person), "X", now())
            db.session.commit()
            return row.standing

    return sorted(at_once(take, people))


@pytest.fixture
def last_place(app, real_clock):
    """A shift for one, and two people who have seats."""
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    people = [a_person("bob"), a_person("charlie")]
    for person in people:
        respond(event, person, person.name, GOING, Party(), "", now())
    number, ids = a_shift(event, now=now()).id, [person.id for person in people]
    db.session.remove()
    return number, ids


def test_two_who_look_at_the_last_place_at_once_do_not_both_get_it(app, last_place, monkeypatch):
    assert two_at_once(app, *last_place, monkeypatch) == [HELD, WAITING]


def test_without_the_lock_postgresql_gives_the_last_place_twice(app, last_place, monkeypatch):
    """The control: what the lock stops does happen. SQLite's one writer at a time stops it anyway."""
    monkeypatch.setattr(shifts, "lock", lambda row: row)
    got = two_at_once(app, *last_place, monkeypatch)
    assert got == ([HELD, HELD] if db.engine.dialect.name == "postgresql" else [HELD, WAITING])
