"""The hands that lists count: cards, searches, the dashboard, the agenda, the interface."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event as hooks

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone
from staytouch_events.groups.models import OWNER
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.queries import needs_of, shifts_of

from ..cast import NOW, a_group, a_membership, a_person, an_event
from .cast import a_role, a_shift

HERE = {"lat": 37.3352, "lon": -121.8663, "precision": "pin", "place_name": "San Jose, CA"}


@pytest.fixture
def region(app):
    """Events that need hands, that are covered, and that have no shifts."""
    group = a_group()
    needy = an_event(group, title="needy", **HERE)
    driver, aid = a_role(group), a_role(group, name="First aid")
    a_shift(needy, driver, target=3)
    a_shift(needy, aid, starts_after=90)
    covered = an_event(group, title="covered", **HERE)
    full = a_shift(covered, driver)
    an_event(group, title="plain", **HERE)
    bob = a_person("bob")
    for shift in (needy_shift(needy), full):
        claim(shift, bob, "Bob", NOW)
    db.session.commit()
    return {"group": group, "needy": needy, "covered": covered, "bob": bob, "shift": full}


def needy_shift(event):
    """The event's first shift."""
    return shifts_of(event)[0]


def card_of(page: str, title: str) -> str:
    """One card of a list."""
    return next(card for card in page.split('<li class="card')[1:] if f">{title}</a>" in card).split("</li>")[0]


def test_a_card_says_exactly_what_hands_are_needed(region, client):
    for path in ("/", "/near/san-jose-ca", "/groups/trash-punx"):
        page = client.get(path).get_data(as_text=True)
        needy = card_of(page, "needy")
        assert "3 hands needed" in needy and "Driver (2), First aid" in needy, path
        assert needy.count("<i") == 4 and needy.count('class="on"') == 1, path
        assert "All jobs covered" in card_of(page, "covered")
        assert "hands needed" not in card_of(page, "plain") and "covered" not in card_of(page, "plain")


def test_a_search_for_hands_finds_only_what_needs_them_and_counts_them(region, client):
    for path in ("/?needs=volunteers", "/near/san-jose-ca?needs=volunteers"):
        page = client.get(path).get_data(as_text=True)
        assert "3 hands needed" in page.split("<h1")[1].split("</h1>")[0]
        assert ">needy</a>" in page and ">covered</a>" not in page and ">plain</a>" not in page
        assert '<input type="checkbox" name="needs" value="volunteers" checked>' in page
        assert "/calendar.ics?needs=volunteers" in page and "/feed.atom?needs=volunteers" in page


def test_its_calendar_feed_map_and_interface_hold_the_same(region, client):
    calendar = client.get("/calendar.ics?needs=volunteers").data
    news = client.get("/near/san-jose-ca/feed.atom?needs=volunteers").data
    for body in (calendar, news):
        assert b"needy" in body and b"covered" not in body
    assert [row["title"] for row in client.get("/map.json?needs=volunteers").json] == ["needy"]
    (found,) = client.get("/api/v1/events?needs=volunteers").json["events"]
    assert (found["title"], found["hands_needed"]) == ("needy", 3)
    assert client.get(f"/api/v1/events/{region['covered'].slug}").json["hands_needed"] == 0
    assert client.get("/api/v1/events?needs=money").status_code == 400


def test_every_sign_up_shows_at_once_in_kept_lists(region, client):
    for _ in range(2):
        client.get("/?needs=volunteers")
    claim(needy_shift(region["needy"]), a_person("charlie"), "Charlie", NOW)
    db.session.commit()
    assert "2 hands needed" in client.get("/?needs=volunteers").get_data(as_text=True).split("</h1>")[0]


def test_what_is_locked_not_open_off_or_over_needs_nobody(region):
    event = region["needy"]
    assert needs_of([event.id], NOW)[event.id].hands == 3
    a_shift(event, a_role(region["group"], name="Later"), opens_after=-60)
    a_shift(event, a_role(region["group"], name="Locked"), locks_after=-7 * 24 * 60)
    assert needs_of([event.id], NOW)[event.id].hands == 3
    assert needs_of([event.id], event.ends_at) == {}
    postpone(event, "Tide", NOW)
    assert needs_of([event.id], NOW) == {}
    cancel(event, "Rain", NOW)
    assert needs_of([event.id], NOW) == {}


def test_a_list_asks_the_same_few_questions_for_two_and_for_ten(region, client):
    def asked(path: str) -> int:
        statements: list[str] = []

        def note(*args) -> None:
            statements.append(args[2])

        hooks.listen(db.engine, "before_cursor_execute", note)
        client.get(path)
        hooks.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    client.get("/?q=needy&needs=volunteers")
    few = asked("/?q=needy&needs=volunteers")
    for number in range(8):
        a_shift(an_event(region["group"], title=f"needy {number}", **HERE), needy_shift(region["needy"]).role)
    assert asked("/?q=needy&needs=volunteers") == few


def test_the_dashboard_tells_of_shifts_within_three_days_and_of_who_asks(region, browser_of, clock):
    alice = a_person("alice")
    a_membership(alice, region["group"], OWNER)
    browser = browser_of(alice)
    assert "hands needed at" not in browser.get("/dashboard").get_data(as_text=True)
    clock.moment = NOW + timedelta(days=1, hours=12)
    page = browser.get("/dashboard").get_data(as_text=True)
    assert "3 hands needed at needy" in page and "Driver (2), First aid (1)" in page
    assert "at covered" not in page and page.count("btn loud") == 1
    asks = a_shift(region["covered"], a_role(region["group"], name="Sharps", approval=True), starts_after=90)
    claim(asks, region["bob"], "Bob", NOW)
    db.session.commit()
    assert "1 person asks for a job at covered" in browser.get("/dashboard").get_data(as_text=True)


def test_the_agenda_says_ones_jobs(region, browser_of):
    page = browser_of(region["bob"]).get("/agenda").get_data(as_text=True).replace("\u00a0", " ")
    assert "Driver, 8:30–9:30 am" in card_of(page, "covered")


def test_an_event_of_another_day_sorts_soonest_first(region, client):
    later = an_event(region["group"], title="later", starts_wall=datetime(2026, 12, 5, 9), **HERE)
    a_shift(later, needy_shift(region["needy"]).role, target=9)
    page = client.get("/?needs=volunteers").get_data(as_text=True)
    assert page.index(">needy</a>") < page.index(">later</a>")
    assert "12 hands needed" in page.split("</h1>")[0]
