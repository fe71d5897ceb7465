"""The bring list on pages: the event's, a thing's own, that of one's answer, the organizers'."""

import re

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import Letter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers.bring import claim
from staytouch_events.volunteers.bring_queries import items_of

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import a_thing
from .test_bring import claims
from .test_pages import page


@pytest.fixture
def organizer(app, browser_of):
    """alice's browser, and an event of her crew."""
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    event = an_event(group, bring="Water\nLong pants")
    return browser_of(alice), event


def path_of(item) -> str:
    """A thing's page."""
    return f"/events/{item.event.slug}/bring/{item.id}"


def things(event) -> list[tuple[str, int, str]]:
    """The list as it is."""
    db.session.rollback()
    return [(item.name, item.wanted, item.note) for item in items_of(event)]


def test_the_event_page_shows_what_is_open_and_what_everyone_brings(client):
    event = an_event(a_group(), bring="Water")
    item, truck = a_thing(event), a_thing(event, "truck bed", 1)
    claim(item, 2, a_person("bob"), "Bob", NOW)
    claim(truck, 1, a_person("dora"), "Dora", NOW)
    db.session.commit()
    text = page(client, f"/events/{event.slug}")
    assert "4 things still to bring" in text and "2 of 6" in text and "Water" in text
    assert f'href="{path_of(item)}"' in text and f'href="{path_of(truck)}"' not in text
    assert "truck bed, 1 of 1." in text.split("Brought by somebody:")[1]
    section = text.split('id="list"')[1].split("</section>")[0]
    assert "Bob" not in section and "Dora" not in section


def test_a_guest_brings_something_with_name_and_email_and_is_told_by_mail(client):
    item = a_thing(an_event(a_group()))
    answer = fill(client, path_of(item), name="Gia", email="gia@example.org", quantity="2")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "written to g…@example.org" in text and claims() == [("Gia", 2)]
    again = fill(client, path_of(item), name="Mallory", email="gia@example.org", quantity="1").get_data(as_text=True)
    strip = lambda page: re.sub(r"[0-9a-f]{16}", "", page)  # noqa: E731
    assert strip(again) == strip(text) and claims() == [("Gia", 2)]
    kinds = [row.kind for row in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert kinds == ["rsvps.answered", "volunteers.bring_asked"]


def test_robots_fill_the_trap_and_get_the_same_page(client):
    item = a_thing(an_event(a_group()))
    fields = {"name": "Bot", "email": "bot@example.org", "quantity": "1", "website": "x"}
    assert fill(client, path_of(item), **fields).status_code == 200
    assert claims() == []


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"quantity": "many"}, 422, "Type a whole number from 1 to 500."),
        ({"quantity": "7"}, 409, "Only 6 are left: grabbers."),
        ({"email": "nobody"}, 422, "This is not an email address."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, typed, status, told):
    item = a_thing(an_event(a_group()))
    answer = fill(client, path_of(item), **{"name": "Gia", "email": "gia@example.org", "quantity": "1", **typed})
    text = answer.get_data(as_text=True)
    assert answer.status_code == status and told in text and 'value="Gia"' in text
    assert claims() == []


def test_somebody_signed_in_brings_it_at_once_and_then_sees_how_much(browser_of):
    item, bob = a_thing(an_event(a_group())), a_person("bob")
    browser = browser_of(bob)
    answer = fill(browser, path_of(item), quantity="3")
    assert answer.status_code == 303 and answer.location.endswith("#bring")
    assert claims() == [("Bob", 3)]
    assert "You bring 3." in page(browser, path_of(item))


def test_the_page_of_ones_answer_brings_more_fewer_and_none(client):
    event, gia = an_event(a_group()), a_person("gia", joined_at=None)
    item = a_thing(event)
    rsvp = respond(event, gia, "Gia", GOING, Party(), "", NOW).rsvp
    db.session.commit()
    manage = f"/rsvps/{manage_token(rsvp)}"
    change = f"{manage}/bring/{item.id}"
    assert fill(client, manage, change, quantity="2").status_code == 303
    assert "You bring 2." in page(client, manage)
    fill(client, manage, change, quantity="1")
    assert claims() == [("Gia", 1)]
    assert client.post(change, data={"quantity": "x"}).status_code == 409
    assert client.post(change, data={"quantity": "9"}).status_code == 409
    client.post(change, data={"do": "release"})
    assert claims() == []


def test_the_letters_link_asks_and_its_button_does_it(client):
    event, gia = an_event(a_group()), a_person("gia", joined_at=None)
    item, other = a_thing(event), a_thing(an_event(a_group("others")), "buckets")
    rsvp = respond(event, gia, "Gia", GOING, Party(), "", NOW).rsvp
    db.session.commit()
    manage = f"/rsvps/{manage_token(rsvp)}"
    text = page(client, f"{manage}?bring={item.id}&quantity=2")
    assert "Do you bring this?" in text and "2 grabbers" in text and text.count("btn loud") == 1
    assert claims() == []
    assert client.post(f"{manage}/bring/{other.id}", data={"quantity": "1"}).status_code == 404
    fill(client, f"{manage}?bring={item.id}&quantity=2", f"{manage}/bring/{item.id}", quantity="2")
    assert claims() == [("Gia", 2)]


def test_organizers_write_the_list_one_by_one_and_pasted(organizer):
    browser, event = organizer
    board = f"/events/{event.slug}/manage/bring"
    assert "What is missing on the day?" in page(browser, board)
    assert fill(browser, board, name="tape", wanted="2", note="wide").status_code == 303
    lines = "6 grabbers\n\n- 4x buckets (with lids)\n* a truck bed\n10 × bags"
    assert fill(browser, board, f"{board}/lines", lines=lines).status_code == 303
    assert things(event) == [
        ("tape", 2, "wide"),
        ("grabbers", 6, ""),
        ("buckets", 4, "with lids"),
        ("a truck bed", 1, ""),
        ("bags", 10, ""),
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("6 grabbers\n12", "We can’t read this line: “12”."),
        ("0 grabbers", "We can’t read this line: “0 grabbers”."),
        ("9999 grabbers", "We can’t read this line: “9999 grabbers”."),
        ("2 pails\nPails", "One thing stands there twice."),
        ("tape", "“tape” is on the list already."),
        ("", "Type a line for each thing."),
    ],
)
def test_lines_that_cannot_be_meant_are_told_and_stay_typed(organizer, lines, told):
    browser, event = organizer
    a_thing(event, "tape", 1)
    board = f"/events/{event.slug}/manage/bring"
    answer = fill(browser, board, f"{board}/lines", lines=lines)
    text = answer.get_data(as_text=True).replace("&#39;", "’")
    assert answer.status_code in (409, 422) and told in text
    assert lines.replace("\n", "\n") in text
    assert things(event) == [("tape", 1, "")]


def test_organizers_see_who_brings_what_change_it_and_take_it_off(organizer):
    browser, event = organizer
    item, tape = a_thing(event), a_thing(event, "tape", 1)
    claim(item, 2, a_person("bob"), "Bob", NOW)
    db.session.commit()
    one = f"/events/{event.slug}/manage/bring/{item.id}"
    assert "Bob (2)" in page(browser, f"/events/{event.slug}/manage/bring")
    assert "1 person brings it" in page(browser, one)
    assert fill(browser, one, wanted="0").status_code == 422
    assert fill(browser, one, name=tape.name).status_code == 409
    assert fill(browser, one, wanted="1", note="Steel").status_code == 303
    assert things(event)[0] == ("grabbers", 1, "Steel") and claims() == [("Bob", 1)]
    assert fill(browser, one, f"{one}/remove").status_code == 303
    assert claims() == [] and len(things(event)) == 1
