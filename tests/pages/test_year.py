"""One's own year: hours, events, crews, and whom one welcomed; nobody else's."""

from datetime import datetime

import pytest

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.posts.greeting_models import Greeter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event


@pytest.fixture
def bob(app):
    """A member."""
    return a_person("bob")


def was_at(event, *people) -> None:
    """They came when it began."""
    for person in people:
        rsvp = respond(event, person, person.name, GOING, Party(1), "", event.starts_at.replace(hour=0)).rsvp
        mark(rsvp, IN, "", event.starts_at, by=None)
    db.session.commit()


def past(group, *day: int):
    """A clean-up of three hours on that day."""
    return an_event(group, datetime(*day, tzinfo=NOW.tzinfo).replace(day=1), starts_wall=datetime(*day, 9))


def test_an_empty_year_leads_to_an_event(bob, browser_of):
    page = browser_of(bob).get("/year").get_data(as_text=True)
    assert "Nothing yet in 2026" in page and "when=weekend" in page and "Only you see this page." in page


def test_each_year_has_its_hours_events_and_crews(bob, browser_of):
    punx, rats = a_group(), a_group("river-rats")
    was_at(past(punx, 2026, 3, 14), bob)
    was_at(past(punx, 2026, 4, 11), bob)
    was_at(past(rats, 2026, 5, 9), bob)
    was_at(past(rats, 2025, 5, 10), bob)
    browser = browser_of(bob)
    page = browser.get("/year").get_data(as_text=True)
    for number, what in (("9:00 h", "of your time"), ("3", "events"), ("2", "crews")):
        assert f"<dt>{what}</dt><dd><b>{number}</b></dd>" in page
    assert page.index("2 times") < page.index("6:00 h") < page.index("1 time<") < page.index("3:00 h")
    last = browser.get("/year?year=2025").get_data(as_text=True)
    assert "<dt>event</dt><dd><b>1</b></dd>" in last and "newcomer" not in last
    assert "Nothing yet" not in browser.get("/year?year=1999").get_data(as_text=True)


def test_newcomers_count_for_whoever_greeted_them(bob, browser_of):
    group, regular = a_group(), a_person("charlie")
    a_membership(bob, group)
    db.session.add(Greeter(group_id=group.id, person_id=bob.id, offered_at=NOW))
    was_at(past(group, 2026, 3, 14), bob, regular)
    was_at(past(group, 2026, 4, 11), bob, regular, a_person("dora"))
    page = browser_of(bob).get("/year").get_data(as_text=True)
    assert "<dt>newcomers while you greeted</dt><dd><b>2</b></dd>" in page
    assert "greeted" not in browser_of(regular).get("/year").get_data(as_text=True)
