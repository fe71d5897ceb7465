"""Newcomers: known to the hosts, greeted by somebody who offered; and regulars who were not seen for a while."""

from datetime import datetime, timedelta

import pytest

from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, UNDO
from staytouch_events.db import db
from staytouch_events.posts import greeting
from staytouch_events.posts.greeting_queries import first_counts, first_timers, greetings, missed
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, SEATED, Rsvp

from ..cast import NOW, a_membership, a_person, an_event
from ..forms import send
from ..spots.cast import posted, told
from .cast import a_crew
from .test_talk import page


def comes(event, person, answer: str = GOING):
    """Somebody's answer."""
    rsvp = respond(event, person, person.name, answer, Party(1), "", NOW).rsvp
    db.session.commit()
    return rsvp


def guest(who: str):
    """Somebody without an account."""
    return a_person(who, joined_at=None)


def was_at(event, person, *kinds: str) -> None:
    """Have somebody been seen at an event that is over."""
    early = event.starts_at - timedelta(days=2)
    rsvp = Rsvp(
        event=event, person=person, name=person.name, answer=GOING, standing=SEATED, answered_at=early, created_at=early
    )
    db.session.add(rsvp)
    db.session.flush()
    for at, kind in enumerate(kinds or (IN,)):
        mark(rsvp, kind, "", event.starts_at + timedelta(minutes=at), by=None)
    db.session.commit()


def autumn(group, count: int = 3, last: datetime = datetime(2026, 9, 5, 9)) -> list:
    """Events that are over, a week apart."""
    days = [last - timedelta(weeks=back) for back in range(count)]
    return [an_event(group, NOW - timedelta(days=200), title=f"{day:%d %b}", starts_wall=day) for day in days]


def test_the_first_answer_to_a_crew_is_a_first_time_at_its_first_event_alone(app):
    group, alice, bob = a_crew()
    first, second = an_event(group), an_event(group, starts_wall=datetime(2026, 12, 5, 9))
    gia, gus, maya = guest("gia"), guest("gus"), guest("maya")
    for event, person, answer in (
        (second, gia, GOING),
        (first, gia, GOING),
        (first, alice, GOING),
        (first, gus, DECLINED),
        (first, maya, MAYBE),
        (second, bob, GOING),
    ):
        comes(event, person, answer)
    assert [rsvp.name for rsvp in first_timers(first)] == ["Gia", "Maya"]
    assert [rsvp.name for rsvp in first_timers(second)] == ["Bob"]
    assert first_counts([first.id, second.id]) == {first.id: 2, second.id: 1}


def test_newcomers_are_shared_among_those_who_offered_and_come(app):
    group, alice, bob = a_crew()
    dora, eve = a_person("dora"), a_person("eve")
    for person in (dora, eve):
        a_membership(person, group)
    autumn_event = autumn(group, 1)[0]
    for person in (bob, dora, eve):
        was_at(autumn_event, person)
        greeting.offer(person, group, NOW)
        greeting.offer(person, group, NOW)
    event = an_event(group)
    newcomers = [guest(f"g{number}") for number in range(3)]
    for person in (alice, bob, dora, *newcomers):
        comes(event, person)
    assert [greeter.name for _rsvp, greeter in greetings(event)] == ["Bob", "Dora", "Bob"]
    comes(event, bob, DECLINED)
    assert {greeter.name for _rsvp, greeter in greetings(event)} == {"Dora"}
    greeting.withdraw(dora, group)
    assert {greeter.name for _rsvp, greeter in greetings(event)} == {"Alice"}


@pytest.mark.parametrize("hidden", [False, True])
def test_a_newcomer_reads_where_who_and_what_and_the_greeter_whom_to_look_for(app, client, hidden):
    group, alice, bob = a_crew()
    was_at(autumn(group, 1)[0], bob)
    event = an_event(group, names_hidden=hidden, bring="Boots\nWater", meeting_point="The pump house")
    greeting.offer(bob, group, NOW)
    comes(event, a_person("dora"))
    newcomer, greeter = comes(event, guest("gia")), comes(event, bob)
    shown = page(client, f"/rsvps/{manage_token(newcomer)}")
    for words in ("Your first time with", "Bob. Ask for Bob", "The pump house", "Boots"):
        assert words in shown
    assert ("Dora" in shown) is not hidden
    mine = page(client, f"/rsvps/{manage_token(greeter)}")
    assert "2 come for the first time" in mine and ("Dora, Gia" in mine) is not hidden
    assert "Your first time" not in mine and alice.name not in shown


def test_the_reminder_says_who_greets_and_whom(app):
    group, _alice, bob = a_crew()
    was_at(autumn(group, 1)[0], bob)
    event = an_event(group)
    greeting.offer(bob, group, NOW)
    for person in (guest("gia"), bob):
        comes(event, person)
    posted()
    reminders = {
        letter["To"].addresses[0].username: told(letter) for letter in posted(event.starts_at - timedelta(hours=23))
    }
    assert "Bob greets you" in reminders["gia"] and "Gia: 1 comes for the first time" in reminders["bob"]


def test_hosts_and_helpers_see_who_is_new(app, browser_of):
    group, alice, _bob = a_crew()
    event = an_event(group, starts_wall=datetime(2026, 11, 24, 11))
    comes(event, guest("gia"))
    browser = browser_of(alice)
    for path in (f"/events/{event.slug}/manage/people", f"/events/{event.slug}/checkin"):
        assert "first time, Alice greets" in page(browser, path)
    shown = page(browser, "/dashboard")
    assert "1 comes for the first time" in shown and "Nobody offered to greet them." in shown


def test_a_member_switches_it_on_and_off(app, browser_of):
    group, _alice, bob = a_crew()
    browser, path = browser_of(bob), "/groups/trash-punx/greet"
    assert send(browser, page(browser, "/groups/trash-punx"), path).status_code == 303
    shown = page(browser, "/groups/trash-punx")
    assert "Greet no more" in shown
    assert send(browser, shown, path).status_code == 303
    assert "I greet newcomers" in page(browser, "/groups/trash-punx")
    assert browser_of(a_person("charlie")).post(path).status_code == 403


def test_a_regular_who_stays_away_is_missed(app, browser_of):
    group, alice, bob = a_crew()
    gia, undone, seldom, back, answered = (guest(who) for who in ("gia", "una", "sel", "bea", "ann"))
    events = autumn(group)
    for event in events:
        for person in (gia, back, answered):
            was_at(event, person)
        was_at(event, undone, *((IN, UNDO) if event is events[0] else (IN,)))
    for event in events[:2]:
        was_at(event, seldom)
    was_at(an_event(group, NOW - timedelta(days=30), starts_wall=datetime(2026, 11, 14, 9)), back)
    comes(an_event(group), answered)
    found = missed([group.id], NOW)
    assert [(row.person.name, row.times, row.last) for row in found] == [("Gia", 3, events[0])]
    shown = page(browser_of(alice), "/dashboard")
    assert "came 3 times, last on Sat 5 Sep" in shown and "mailto:gia@example.org" in shown
    assert "gia@example.org" not in page(browser_of(bob), "/dashboard")
    assert missed([group.id], NOW - timedelta(weeks=4)) == []
