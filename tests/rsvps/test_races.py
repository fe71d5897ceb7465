"""Many answers at once, through two real web processes."""

import os
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.links import token
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.rsvps import actions, seats
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, SEATED, WAITING, Rsvp
from staytouch_events.when import now

from ..cast import a_group, a_person, an_event
from ..racing import meet_after
from ..walks.test_guest import next_saturday

ROUNDS = int(os.environ.get("STAYTOUCH_ROUNDS", "2"))


def post(url: str, fields: dict) -> int:
    """Send a form as a browser does; the status."""
    request = urllib.request.Request(
        url, urllib.parse.urlencode(fields).encode(), {"Origin": url.split("/events")[0].split("/rsvps")[0]}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status


def at_once(function, items) -> list:
    """Call the function for all items side by side."""
    with ThreadPoolExecutor(32) as pool:
        return list(pool.map(function, items))


def people(event, standing: str) -> int:
    """People with this standing."""
    db.session.rollback()
    total = select(func.coalesce(func.sum(Rsvp.adults + Rsvp.minors), 0))
    return db.session.scalar(total.where(Rsvp.event_id == event, Rsvp.standing == standing))


def test_thirty_guests_and_the_last_seat(site):
    group = a_group()
    for number in range(ROUNDS):
        event = an_event(group, now(), capacity=1, starts_wall=next_saturday())
        key, url = event.id, f"{site.base}/events/{event.slug}/rsvp"

        def answer(guest: int, url=url, number=number) -> int:
            email = f"guest{guest}-{number}@example.org"
            return post(url, {"name": f"Guest {guest}", "email": email, "answer": "going", "adults": 1, "minors": 0})

        assert at_once(answer, range(30)) == [200] * 30
        assert (people(key, SEATED), people(key, WAITING)) == (1, 29)


def test_fifty_parties_into_five_seats(site):
    event = an_event(a_group(), now(), capacity=5, starts_wall=next_saturday())
    key, url = event.id, f"{site.base}/events/{event.slug}/rsvp"

    def answer(guest: int) -> int:
        fields = {"name": "Guest", "email": f"guest{guest}@example.org", "answer": "going"}
        return post(url, {**fields, "adults": 1 + guest % 3, "minors": 0})

    assert at_once(answer, range(50)) == [200] * 50
    assert people(key, SEATED) == 5
    assert db.session.scalar(select(func.count()).where(Rsvp.event_id == key)) == 50


def test_ten_withdrawals_promote_the_ten_who_wait_and_tell_each_once(app, site):
    event = an_event(a_group(), now(), capacity=10, starts_wall=next_saturday())
    key = event.id
    rsvps = [
        respond(event, a_person(f"p{number}"), f"P{number}", GOING, Party(1), "", now()).rsvp for number in range(20)
    ]
    db.session.commit()
    keys = app.config["SETTINGS"].secret_keys
    links = [token(keys, "rsvps.manage", rsvp.public_id, rsvp.generation) for rsvp in rsvps[:10]]
    waiting = [rsvp.id for rsvp in rsvps[10:]]

    assert at_once(lambda link: post(f"{site.base}/rsvps/{link}/withdraw", {}), links) == [200] * 10
    assert people(key, SEATED) == 10
    seated = db.session.scalars(select(Rsvp.id).where(Rsvp.event_id == key, Rsvp.standing == SEATED)).all()
    assert sorted(seated) == waiting
    told = db.session.scalars(select(Letter.key).where(Letter.kind == "rsvps.promoted")).all()
    assert sorted(told) == sorted(f"promoted:{number}" for number in waiting)


def two_at_once(app, event: int, people: list[int], monkeypatch) -> list[str]:
    """Two answers that both look at the seats before either has written; what each got."""
    meet_after(monkeypatch, (seats, "seats_free"))

    def answer(person: int) -> str:
        with app.app_context():
            rsvp = respond(
                db.session.get(Event, event), db.session.get(Person, person), "X", GOING, Party(1), "", now()
            ).rsvp
            db.session.commit()
            return rsvp.standing

    return sorted(at_once(answer, people))


@pytest.fixture
def last_seat(app, real_clock):
    """An event with one seat and two people."""
    event = an_event(a_group(), now(), capacity=1, starts_wall=next_saturday())
    people = [a_person("bob").id, a_person("charlie").id]
    number = event.id
    db.session.remove()
    return number, people


def test_two_who_look_at_the_last_seat_at_once_do_not_both_get_it(app, last_seat, monkeypatch):
    assert two_at_once(app, *last_seat, monkeypatch) == [SEATED, WAITING]


def test_without_the_lock_postgresql_gives_the_last_seat_twice(app, last_seat, monkeypatch):
    """The control: what the lock stops does happen. SQLite's one writer at a time stops it anyway."""
    monkeypatch.setattr(actions, "lock", lambda row: row)
    got = two_at_once(app, *last_seat, monkeypatch)
    assert got == ([SEATED, SEATED] if db.engine.dialect.name == "postgresql" else [SEATED, WAITING])
