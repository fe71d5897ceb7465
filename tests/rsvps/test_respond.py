"""Answering: seats, the line, parties that grow and shrink."""

import pytest

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, answer_as_guest, answer_of, respond, withdraw
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, NONE, SEATED, WAITING
from staytouch_events.rsvps.seats import place_in_line, seats_taken

from ..cast import NOW, a_group, a_person, an_event


def going(event, name, adults=1, minors=0, join_line=False):
    person = a_person(name) if isinstance(name, str) else name
    outcome = respond(event, person, person.name, GOING, Party(adults, minors), "", NOW, join_line)
    db.session.commit()
    return outcome


def test_going_takes_a_seat_for_each_person_and_maybe_takes_none(app):
    event = an_event(a_group(), capacity=5)
    going(event, "bob", adults=2, minors=1)
    respond(event, a_person("charlie"), "Charlie", MAYBE, Party(2), "", NOW)
    assert seats_taken(event) == 3


def test_the_last_seat_goes_to_the_first_and_the_next_waits(app):
    event = an_event(a_group(), capacity=1)
    assert going(event, "bob").rsvp.standing == SEATED
    waiting = going(event, "charlie").rsvp
    assert (waiting.standing, place_in_line(waiting)) == (WAITING, 1)


def test_withdrawing_promotes_the_front_of_the_line(app):
    event = an_event(a_group(), capacity=1)
    first = going(event, "bob").rsvp
    second = going(event, "charlie").rsvp
    withdraw(first, NOW)
    assert (first.standing, second.standing) == (NONE, SEATED)


def test_a_smaller_party_passes_a_bigger_one_which_keeps_its_place(app):
    event = an_event(a_group(), capacity=4)
    first = going(event, "bob", adults=3).rsvp
    big = going(event, "charlie", adults=4).rsvp
    small = going(event, "dora", adults=1).rsvp
    assert (big.standing, small.standing) == (WAITING, SEATED)
    assert big.passed_at == NOW
    withdraw(small, NOW)
    withdraw(first, NOW)
    assert big.standing == SEATED


def test_a_party_that_grows_gets_free_seats_or_may_wait_as_the_bigger_one(app):
    event = an_event(a_group(), capacity=3)
    bob = a_person("bob")
    rsvp = going(event, bob).rsvp
    assert going(event, bob, adults=2).short == 0
    other = going(event, "charlie").rsvp
    assert going(event, bob, adults=3).short == 1
    assert rsvp.party == 2
    going(event, bob, adults=3, join_line=True)
    assert (rsvp.party, rsvp.standing, place_in_line(rsvp)) == (2, SEATED, 1)
    withdraw(other, NOW)
    assert rsvp.party == 3


def test_a_party_that_shrinks_frees_seats_at_once(app):
    event = an_event(a_group(), capacity=2)
    bob = a_person("bob")
    going(event, bob, adults=2)
    waiting = going(event, "charlie").rsvp
    going(event, bob, adults=1)
    assert waiting.standing == SEATED


def test_a_party_larger_than_the_event_is_refused_in_words(app):
    event = an_event(a_group(), capacity=2)
    with pytest.raises(Refused, match="more than this event's 2 spots"):
        going(event, "bob", adults=3)


def test_lowering_the_capacity_removes_nobody_and_raising_it_moves_the_line(app):
    event = an_event(a_group(), capacity=2)
    going(event, "bob", adults=2)
    waiting = going(event, "charlie").rsvp
    save(event, {"capacity": 1}, NOW)
    assert seats_taken(event) == 2
    save(event, {"capacity": 3}, NOW)
    assert waiting.standing == SEATED


def test_promotion_stops_at_the_start_and_at_the_hosts_hour(app):
    event = an_event(a_group(), capacity=1, promotes_until_at=NOW)
    first = going(event, "bob").rsvp
    waiting = going(event, "charlie").rsvp
    withdraw(first, NOW)
    assert waiting.standing == WAITING
    save(event, {"promotes_until_at": None}, NOW)
    assert waiting.standing == SEATED


def test_without_a_waitlist_a_full_event_refuses(app):
    event = an_event(a_group(), capacity=1, waitlist=False)
    going(event, "bob")
    with pytest.raises(Refused, match="full"):
        going(event, "charlie")


def test_nobody_answers_a_cancelled_event(app):
    event = an_event(a_group())
    cancel(event, "Rain", NOW)
    with pytest.raises(Refused, match="cancelled"):
        going(event, "bob")


def test_a_known_address_changes_nothing_until_its_letter_is_answered(app):
    event = an_event(a_group(), capacity=3)
    answer_as_guest(event, "gia@example.org", "Gia", GOING, Party(2), "", "en", NOW)
    answer_as_guest(event, "gia@example.org", "Mallory", DECLINED, Party(1), "", "en", NOW)
    rsvp = answer_of(event, db.session.get(type(a_person("x")), 1))
    assert (rsvp.answer, rsvp.party, rsvp.name) == (GOING, 2, "Gia")
