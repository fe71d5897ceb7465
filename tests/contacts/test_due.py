"""Whom it is time to write to, the next steps, and taking each back; on the page and behind a letter's link."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.access.reach_outs import reach_token
from staytouch_events.contacts import keeping
from staytouch_events.contacts.digests import save
from staytouch_events.contacts.gathering import remember
from staytouch_events.contacts.models import BIRTHDAY, WROTE, ContactTouch
from staytouch_events.contacts.rhythm_queries import DUE, FINE
from staytouch_events.db import db

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill, send
from .people_cast import ZONE, kept, stands

PHONE = [["cell", "408 555 0100"]]


@pytest.fixture
def alice(app):
    """Somebody who keeps people."""
    return a_person("alice", zone=ZONE)


@pytest.fixture
def minh(alice):
    """Somebody it is time to call."""
    return kept(alice, days_ago=30, kind="friend", phones=PHONE, emails=[["", "minh@example.org"]])


def page(browser, path: str = "/contacts/due") -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def test_why_and_how(alice, minh, browser_of):
    keeping.add_note(minh, "His truck was in the shop.\nAsk.", NOW.date(), NOW)
    remember(kept(alice, "Zoe"), BIRTHDAY, 11, 27, None)
    db.session.commit()
    browser = browser_of(alice)
    words = page(browser)
    assert "4 weeks since they came into your list; you wanted 4 weeks" in words
    assert "His truck was in the shop." in words and 'href="tel:4085550100"' in words and "mailto:minh@" in words
    assert words.count("btn loud") == 1 and "Zoe" in words and "Friday" in words
    assert "1 person to write to" in page(browser, "/contacts")


def press(browser, words: str, action: str, **changes):
    """Press a button of a page; who is signed out has no token, and a form without any field."""
    fields = fields_of(words, action) if f'action="{action}"><input' in words else {}
    assert f'action="{action}"' in words
    return browser.post(action, data={**fields, **changes})


@pytest.mark.parametrize("door", ["page", "letter"])
def test_each_step_and_its_way_back(alice, minh, browser_of, client, door):
    token = reach_token(alice)
    browser = browser_of(alice) if door == "page" else client
    base = f"/contacts/{minh.public_id}" if door == "page" else f"/reach-out/{token}/{minh.public_id}"
    shown, undo = ("/contacts/due", f"{base}/due/undo") if door == "page" else (base, f"{base}/undo")
    assert browser.get(f"{base}/log").status_code == 405
    answer = press(browser, page(browser, shown), f"{base}/log", what="meeting")
    assert db.session.scalar(select(ContactTouch.what)) == "meeting" and stands(minh).state == FINE
    after = page(browser, answer.location)
    assert "you were in touch with Minh Tran" in after
    press(browser, after, undo)
    assert stands(minh).state == DUE and db.session.scalar(select(ContactTouch)) is None
    answer = press(browser, page(browser, shown), f"{base}/later")
    assert stands(minh).state == FINE and minh.snoozed_until_on == (NOW + timedelta(days=7)).date()
    press(browser, page(browser, answer.location), undo)
    assert stands(minh).state == DUE
    assert browser.post(f"{base}/log", data={"what": "x"}).status_code in (400, 409)


def test_a_letters_link_takes_back_only_what_was_just_put_down(alice, minh, client):
    old = ContactTouch(contact_id=minh.id, what="call", touched_at=NOW - timedelta(days=60))
    db.session.add(old)
    db.session.commit()
    path = f"/reach-out/{reach_token(alice)}/{minh.public_id}"
    client.post(f"{path}/undo", data={"touch": old.id}, headers={"Origin": "http://localhost"})
    assert db.session.scalar(select(ContactTouch.id)) == old.id


def test_the_link_shows_no_note_and_opens_nothing_else(alice, minh, client):
    keeping.add_note(minh, "A secret", NOW.date(), NOW)
    other = kept(a_person("bob"), "Gia")
    token = reach_token(alice)
    path = f"/reach-out/{token}/{minh.public_id}"
    assert "Minh Tran" in page(client, path) and "A secret" not in page(client, path)
    assert client.get(f"/reach-out/{token}/{other.public_id}").status_code == 404
    assert client.get(path.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b"))).status_code == 404
    alice.generation += 1
    db.session.commit()
    assert client.get(path).status_code == 404


def test_asking_along(alice, minh, browser_of):
    browser, path = browser_of(alice), f"/contacts/{minh.public_id}/invite"
    group, bob = a_group(), a_person("bob")
    assert browser.get(path).status_code == 404
    an_event(group, visibility="unlisted", title="Secret")
    creek = an_event(group)
    for person in (alice, bob):
        a_membership(person, group)
    minh.person_id = bob.id
    db.session.commit()
    assert "Ask to come: Coyote Creek clean-up" in page(browser) and "Secret" not in page(browser)
    words = page(browser, path)
    assert "Hi Minh, there is Coyote Creek clean-up: Saturday 28 November" in words and creek.slug in words
    assert "sms:408%20555%200100?&amp;body=Hi%20Minh" in words
    send(browser, words, f"/contacts/{minh.public_id}/log")
    assert db.session.execute(select(ContactTouch.what, ContactTouch.words)).one() == (WROTE, creek.title)


def test_nothing_to_do_leads_on(alice, browser_of):
    browser = browser_of(alice)
    assert "/contacts/card" in page(browser)
    minh = kept(alice)
    assert "You have not said how often" in page(browser)
    fill(browser, f"/contacts/{minh.public_id}/sort", kind="friend")
    assert "Nobody just now" in page(browser)
    save(alice, {"is_on": False}, NOW)
    db.session.commit()
    assert "Reminders are off" in page(browser)


def test_kinds_tags_and_the_switch(alice, minh, browser_of):
    browser, path = browser_of(alice), "/contacts/rhythms"
    fill(browser, path, f"{path}/kinds/friend", **{"friend-every": "3", "friend-longest": "4", "friend-unit": "months"})
    assert stands(minh).wish.ideal == 90
    bad = fill(browser, path, f"{path}/kinds/friend", **{"friend-every": "5", "friend-longest": "4"})
    assert bad.status_code == 422 and "no shorter" in bad.get_data(as_text=True)
    fill(browser, path, f"{path}/kinds", name="Band", every="2")
    assert "Band" in page(browser, path)
    fill(browser, f"/contacts/{minh.public_id}/sort", tags="tools")
    fill(browser, path, f"{path}/tags", **{"tag0-every": "1", "tag0-unit": "weeks"})
    assert (stands(minh).wish.ideal, stands(minh).wish.by) == (7, "tag")
    wrong = fill(browser, path, f"{path}/reminders", hour="23")
    assert wrong.status_code == 422 and "quiet hours" in wrong.get_data(as_text=True)
    fill(browser, path, f"{path}/reminders", is_on=None)
    assert "Reminders are off" in page(browser)
    assert f"{path}/kinds/crew/drop" not in page(browser, path)
