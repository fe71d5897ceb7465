"""Many people and few seats in a car at once: never more than there are."""

from urllib.error import HTTPError

import pytest
from sqlalchemy import func, select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.models import Rsvp
from staytouch_events.volunteers import rides
from staytouch_events.volunteers.ride_models import Ride, RideSeat
from staytouch_events.when import now

from ..cast import a_group, an_event
from ..racing import meet_after
from ..rsvps.test_races import ROUNDS, at_once, post
from ..walks.test_guest import next_saturday
from .cast import a_ride, comes


def taken(ride: int) -> int:
    """Seats that are taken."""
    db.session.rollback()
    return db.session.scalar(select(func.sum(RideSeat.seats)).where(RideSeat.ride_id == ride)) or 0


def test_fifteen_ask_for_the_three_seats_of_a_car(site):
    for number in range(ROUNDS):
        event = an_event(a_group(f"crew-{number}"), now(), starts_wall=next_saturday())
        key = a_ride(event, f"dee{number}").id
        links = [manage_token(comes(event, f"p{guest}-{number}")) for guest in range(15)]

        def take(link: str, key=key) -> int:
            try:
                return post(f"{site.base}/rsvps/{link}/rides/{key}", {"seats": 1, "contact": "x"})
            except HTTPError as refused:
                return refused.code

        assert sorted(at_once(take, links)) == [200] * 3 + [409] * 12
        assert taken(key) == 3


def two_at_once(app, ride: int, people: list[int], monkeypatch) -> list[str]:
    """Two who both look at the free seats before either has written; what each got."""
    meet_after(monkeypatch, (rides, "seats_free"))

    def take(answer: int) -> str:
        with app.app_context():
            try:
                rides.take_seats(db.session.get(Ride, ride), db.session.get(Rsvp, answer), 1, "x", now())
            except Refused:
                return "refused"
            db.session.commit()
            return "rides"

    return sorted(at_once(take, people))


@pytest.fixture
def last_seat(app, real_clock):
    """A car with one seat, and two people who come."""
    event = an_event(a_group(), now(), starts_wall=next_saturday())
    number = a_ride(event, seats=1).id
    ids = [comes(event, who).id for who in ("bob", "charlie")]
    db.session.remove()
    return number, ids


def test_two_who_look_at_the_last_seat_at_once_do_not_both_get_it(app, last_seat, monkeypatch):
    assert two_at_once(app, *last_seat, monkeypatch) == ["refused", "rides"]


def test_without_the_lock_the_last_seat_is_given_twice(app, last_seat, monkeypatch):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(rides, "lock", lambda row: row)
    assert two_at_once(app, *last_seat, monkeypatch) == ["rides", "rides"]
