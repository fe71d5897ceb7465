"""Crews over HTTP: starting, changing, joining, inviting; addresses and papers."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups.actions import accept, join, leave, set_role
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER, Group, Membership
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill, send


@pytest.fixture
def alice(browser_of):
    """An owner's browser and her crew."""
    person = a_person("alice")
    browser = browser_of(person)
    browser.person, browser.group = person, a_group()
    a_membership(person, browser.group, OWNER)
    return browser


def role(person, group) -> str | None:
    """What somebody is in a group."""
    return db.session.scalar(
        select(Membership.role).where(Membership.person_id == person.id, Membership.group_id == group.id)
    )


def test_starting_a_crew_makes_one_its_owner(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    answer = fill(browser, "/groups/new", name="Río Vivo", place="95112", causes="creek", stock="#93d4ff")
    assert answer.headers["Location"] == "/groups/rio-vivo"
    group = db.session.scalar(select(Group).where(Group.slug == "rio-vivo"))
    assert (group.place_name, group.zone, group.causes, role(bob, group)) == (
        "San Jose, CA",
        "America/Los_Angeles",
        ["creek"],
        OWNER,
    )
    page = browser.get("/groups/rio-vivo").get_data(as_text=True)
    assert "No date set yet" in page and "New event" in page


def test_errors_name_their_field_and_lose_nothing(browser_of):
    answer = fill(
        browser_of(a_person("bob")), "/groups/new", name="", place="qqqqqq", about="Long words", links="no address"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Long words" in page
    for field in ("name", "place", "links"):
        assert f'href="#{field}"' in page


def test_who_may_start_one_is_a_setting(app, browser_of):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], group_creation="admins")
    assert browser_of(a_person("bob")).get("/groups/new").status_code == 409
    assert browser_of(a_person("ada", is_admin=True)).get("/groups/new").status_code == 200


def test_an_address_it_had_leads_on_for_good(alice, client):
    manage = "/groups/trash-punx/manage"
    assert fill(alice, manage, slug="creek-punx").status_code == 303
    assert client.get("/groups/trash-punx").headers["Location"] == "/groups/creek-punx"
    assert client.get("/groups/trash-punx/calendar.ics").headers["Location"] == "/groups/creek-punx/calendar.ics"
    fill(alice, "/groups/creek-punx/manage", slug="trash-punx")
    assert client.get("/groups/trash-punx").status_code == 200


def test_an_address_of_another_crew_is_refused(alice):
    a_group("taken")
    answer = fill(alice, "/groups/trash-punx/manage", slug="taken", summary="Typed")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Another crew has this address" in page and "Typed" in page


def test_a_colour_that_ink_can_not_be_read_on_is_lightened_and_shown(alice, client):
    fill(alice, "/groups/trash-punx/manage", stock="own", colour="#ff0000")
    colour = re.search(rf"\.crew-{alice.group.id}{{--stock:(#\w+)}}", client.get("/stocks.css").get_data(as_text=True))[
        1
    ]
    assert colour not in ("#ff0000", "#ff9fb8")
    assert f'value="{colour}"' in alice.get("/groups/trash-punx/manage").get_data(as_text=True)


def test_a_crew_made_unlisted_leaves_the_lists_with_its_events(alice, client):
    event = an_event(alice.group, lat=37.3352, lon=-121.8663)
    fill(alice, "/groups/trash-punx/manage", visibility="unlisted")
    assert "Trash Punx" not in client.get("/groups").get_data(as_text=True)
    assert event.title not in client.get("/?near=95112").get_data(as_text=True)
    hidden = client.get("/groups/trash-punx")
    assert (hidden.status_code, hidden.headers["X-Robots-Tag"]) == (200, "noindex")


def test_joining_and_leaving_is_one_tap_each(alice, browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    page = browser.get("/groups/trash-punx").get_data(as_text=True)
    send(browser, page, "/groups/trash-punx/join")
    send(browser, page, "/groups/trash-punx/join", csrf_token=fields_of(page, "/groups/trash-punx/join")["csrf_token"])
    assert role(bob, alice.group) == MEMBER
    send(browser, browser.get("/groups/trash-punx").get_data(as_text=True), "/groups/trash-punx/leave")
    assert role(bob, alice.group) is None


def test_a_closed_crew_takes_nobody(app):
    with pytest.raises(Refused):
        join(a_group(joining="invitation"), a_person("bob"), NOW)


def test_the_last_owner_neither_leaves_nor_steps_down(alice):
    with pytest.raises(Refused, match="needs an owner"):
        leave(alice.group, alice.person, NOW)
    with pytest.raises(Refused, match="needs an owner"):
        set_role(db.session.scalars(select(Membership)).one(), MEMBER, alice.person, NOW)
    second = a_membership(a_person("olga"), alice.group)
    set_role(second, OWNER, alice.person, NOW)
    leave(alice.group, alice.person, NOW)
    assert role(alice.person, alice.group) is None


def test_an_organizer_is_asked_by_mail_and_says_yes_with_a_button(alice, browser_of, client):
    assert (
        fill(
            alice,
            "/groups/trash-punx/manage/people",
            "/groups/trash-punx/manage/people/invite",
            email="bob@example.org",
        ).status_code
        == 303
    )
    (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "groups.invitation"))
    link = f"/groups/invitation/{letter.facts['token']}"
    assert "/login" in client.get(link).headers["Location"]
    bob = a_person("bob")
    browser = browser_of(bob)
    page = browser.get(link).get_data(as_text=True)
    assert role(bob, alice.group) is None
    assert send(browser, page, link).headers["Location"] == "/groups/trash-punx"
    assert role(bob, alice.group) == ORGANIZER
    with pytest.raises(Refused):
        accept(letter.facts["token"], bob, NOW)


def test_an_organizer_takes_out_members_and_only_an_owner_takes_out_organizers(alice, browser_of):
    olga, bob = a_person("olga"), a_person("bob")
    a_membership(olga, alice.group, ORGANIZER)
    member = a_membership(bob, alice.group)
    browser = browser_of(olga)
    page = browser.get("/groups/trash-punx/manage/people").get_data(as_text=True)
    token = fields_of(page, "/groups/trash-punx/manage/people/invite")["csrf_token"]
    owner = db.session.scalar(select(Membership.id).where(Membership.person_id == alice.person.id))
    remove = "/groups/trash-punx/manage/people/{}/remove"
    assert browser.post(remove.format(owner), data={"csrf_token": token}).status_code == 403
    assert browser.post(remove.format(member.id), data={"csrf_token": token}).status_code == 303
    assert role(bob, alice.group) is None


def test_finding_a_crew_by_name_town_or_cause(client):
    a_group("gutter-roses", causes=["creek"])
    a_group("plug-pullers", causes=["e-waste"], place_name="Milpitas, CA")
    for words, found in (("ROSES", "Gutter Roses"), ("milpitas", "Plug Pullers"), ("creek", "Gutter Roses")):
        page = client.get(f"/groups?q={words}").get_data(as_text=True)
        assert re.findall(r'<div><a href="/groups/[\w-]+">([^<]+)</a>', page) == [found]
    assert "No crew like that yet" in client.get("/groups?q=nothing").get_data(as_text=True)


def test_words_about_a_crew_are_harmless(alice, client):
    fill(
        alice,
        "/groups/trash-punx/manage",
        about="<img src=x onerror=alert(1)> **loud**",
        links='"><script> https://example.org/"onclick=',
    )
    page = client.get("/groups/trash-punx").get_data(as_text=True)
    assert "<strong>loud</strong>" in page and "<img src=x" not in page and "<script> " not in page
