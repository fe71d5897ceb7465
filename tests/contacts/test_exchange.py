"""Exchanging cards: both in one scan, where it was, twice is once, taken back by either; what one wrote stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
import vobject

from staytouch_events import happenings
from staytouch_events.access.contacts import card_token
from staytouch_events.contacts import exchange, keeping, shown_routes
from staytouch_events.contacts.card_models import CREW, PUBLIC, WORK
from staytouch_events.contacts.cards import choose, save_details
from staytouch_events.contacts.exchange import keep, take_back
from staytouch_events.contacts.models import Contact
from staytouch_events.contacts.people_queries import contact_between
from staytouch_events.contacts.words import met_words
from staytouch_events.conversations.actions import block
from staytouch_events.db import db
from staytouch_events.limits import Limit
from staytouch_events.people.actions import rename
from staytouch_events.people.deletion import delete
from staytouch_events.refusals import Refused

from ..cast import NOW, a_person
from ..conversations.cast import side_between
from ..forms import fields_of, send
from ..people.cast import tables_with
from .cast import DETAILS, a_card, at_event, exchanged


@pytest.fixture
def two(app):
    """ana, whose card is scanned, and bob, who scans it."""
    return a_person("ana", name="Ana Luz"), a_person("bob")


def test_both_have_each_other_in_one_scan(two, browser_of):
    ana, bob = two
    path = f"/c/{card_token(a_card(ana))}"
    browser = browser_of(bob)
    page = browser.get(path).get_data(as_text=True)
    assert "Keep Ana Luz" in page and "408 555 0100" in page
    answer = send(browser, page, path, back=WORK)
    mine, theirs = contact_between(bob, ana), contact_between(ana, bob)
    assert answer.headers["Location"] == f"/contacts/{mine.public_id}?kept=1"
    assert mine.name == "Ana Luz" and mine.shared["phones"] == [["cell", "408 555 0100"]]
    assert theirs.card.version == WORK and theirs.shared["emails"] == [["", "bob@example.org"]]
    kept = browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert "You have each other." in kept and "My work card" in kept
    assert "You have each other" in browser.get(path).get_data(as_text=True)


def test_a_card_can_be_kept_without_giving_ones_own(two):
    ana, bob = two
    mine, theirs = exchanged(bob, ana, back="")
    assert mine.name == "Ana Luz" and theirs is None


def test_twice_is_once_and_the_last_version_given_counts(two):
    ana, bob = two
    exchanged(bob, ana)
    first = contact_between(bob, ana).id
    keep(ana, a_card(bob, PUBLIC), PUBLIC, NOW + timedelta(days=1))
    assert db.session.query(Contact).count() == 2
    again = contact_between(bob, ana)
    assert (again.id, again.card.version, again.met_at) == (first, PUBLIC, NOW)


def test_ones_own_card_is_not_kept(two, browser_of):
    ana, _bob = two
    card = a_card(ana)
    with pytest.raises(Refused, match="your own card"):
        keep(ana, card, CREW, NOW)
    page = browser_of(ana).get(f"/c/{card_token(card)}").get_data(as_text=True)
    assert "This is your own card" in page and 'method="post"' not in page


@pytest.mark.parametrize("checked", (True, False))
def test_where_they_met_is_filled_in_when_both_are_at_an_event(two, checked):
    ana, bob = two
    event = at_event(ana, bob, checked=checked)
    mine, theirs = exchanged(bob, ana)
    assert (mine.met_event_id, theirs.met_event_id) == (event.id, event.id)
    assert met_words(mine) == "Met at Creek day, 24 Nov"


def test_an_event_that_one_of_them_is_not_at_is_not_where_they_met(two):
    ana, bob = two
    at_event(ana)
    mine, _theirs = exchanged(bob, ana)
    assert mine.met_event_id is None and met_words(mine) == "Exchanged cards on 24 Nov 2026"


@pytest.mark.parametrize("hours, checked, met", ((12, True, True), (12, False, False), (30, True, False)))
def test_after_the_event_only_those_checked_in_met_there(two, hours, checked, met):
    ana, bob = two
    at_event(ana, bob, checked=checked)
    mine, _theirs = exchanged(bob, ana, now=NOW + timedelta(hours=hours))
    assert (mine.met_event_id is not None) is met


@pytest.mark.parametrize("undoes", (0, 1))
def test_either_takes_it_back_on_both_sides(two, undoes):
    ana, bob = two
    halves = exchanged(bob, ana)
    assert take_back(halves[undoes]) is False
    db.session.commit()
    assert db.session.query(Contact).count() == 0


def test_what_one_wrote_stays_when_the_exchange_is_taken_back(two):
    ana, bob = two
    mine, theirs = exchanged(bob, ana)
    keeping.add_note(mine, "Her truck was in the shop", NOW.date(), NOW)
    take_back(theirs)
    db.session.commit()
    assert contact_between(ana, bob) is None
    left = db.session.query(Contact).one()
    assert (left.name, left.shared, left.person_id, left.card_id) == ("Ana Luz", {}, None, None)


def test_nothing_is_taken_back_where_nothing_was_given(two):
    _ana, bob = two
    by_hand = Contact(owner_id=bob.id, origin="hand", own={"name": "Cy"}, shared={}, created_at=NOW)
    db.session.add(by_hand)
    db.session.commit()
    with pytest.raises(Refused, match="no exchange"):
        take_back(by_hand)


def test_a_changed_card_reaches_who_keeps_it_and_never_what_they_wrote(two):
    ana, bob = two
    mine, _theirs = exchanged(bob, ana)
    keeping.write_own(mine, {"name": "Anita", "phones": [["", "911"]]})
    save_details(ana, {**DETAILS, "phone": "+49 30 99"})
    rename(ana, "Ana Sol")
    db.session.commit()
    assert mine.shared["phones"] == [["cell", "+49 30 99"]] and mine.shared["name"] == "Ana Sol"
    assert mine.own == {"name": "Anita", "phones": [["", "911"]]} and mine.sort_name == "anita"
    assert "ana sol" in mine.words and "911" in mine.words
    choose(mine.card, [])
    assert mine.shared == {"name": "Ana Sol"}


def test_a_deleted_account_leaves_what_others_wrote_and_nothing_of_its_card(two, client):
    ana, bob = two
    link = f"/c/{card_token(a_card(ana))}"
    mine, _theirs = exchanged(bob, ana)
    keeping.add_note(mine, "Fixes radios", NOW.date(), NOW)
    exchanged(a_person("cy"), ana)
    delete(ana, NOW)
    db.session.commit()
    left = db.session.query(Contact).one()
    assert left.owner_id == bob.id and left.name == f"#{left.id}" and left.shared == {}
    assert tables_with("Ana Luz") == [] and client.get(link).status_code == 404


def test_an_address_that_moved_is_the_one_on_the_card(two):
    ana, bob = two
    mine, _theirs = exchanged(bob, ana)
    ana.email = "ana@example.net"
    happenings.address_changed.send(ana, before="ana@example.org", now=NOW)
    assert mine.shared["emails"] == [["", "ana@example.net"]]


def test_a_stranger_takes_the_card_to_the_phone_and_leaves_theirs(two, client):
    ana, _bob = two
    path = f"/c/{card_token(a_card(ana))}"
    shown = client.get(path)
    assert shown.headers["X-Robots-Tag"] == "noindex" and "no-store" in shown.headers["Cache-Control"]
    assert "Set-Cookie" not in shown.headers
    file = client.get(f"{path}.vcf")
    assert file.mimetype == "text/vcard" and "Ana-Luz" not in file.headers["Content-Disposition"]
    card = vobject.readOne(file.get_data(as_text=True))
    assert card.fn.value == "Ana Luz" and "chainsaw" in card.note.value
    answer = client.post(path, data={"name": "Gia", "phone": "408 555 0199", "word": "The wheelbarrow"})
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    left = db.session.query(Contact).one()
    assert left.waits and left.owner_id == ana.id and left.name == "Gia" and left.met_words == "The wheelbarrow"


def test_what_was_left_waits_until_its_owner_keeps_it(two, client, browser_of):
    ana, _bob = two
    client.post(f"/c/{card_token(a_card(ana))}", data={"name": "Gia", "email": "gia@example.org"})
    browser, left = browser_of(ana), db.session.query(Contact).one()
    page = browser.get("/contacts").get_data(as_text=True)
    assert "Left their details" in page and "gia@example.org" in page
    assert send(browser, page, f"/contacts/{left.public_id}/keep").status_code == 303
    assert "Left their details" not in browser.get("/contacts").get_data(as_text=True)
    assert "Gia" in browser.get("/contacts").get_data(as_text=True)


@pytest.mark.parametrize(
    "typed, told",
    (
        ({"name": "", "phone": "408 555 0199"}, "Type your name"),
        ({"name": "Gia"}, "Leave an email address or a phone number"),
        ({"name": "Gia", "email": "gia"}, "not an email address"),
    ),
)
def test_what_is_left_is_looked_at(two, client, typed, told):
    ana, _bob = two
    answer = client.post(f"/c/{card_token(a_card(ana))}", data=typed)
    assert answer.status_code == 422 and told in answer.get_data(as_text=True)
    assert db.session.query(Contact).count() == 0


def test_a_robot_leaves_nothing_and_is_told_nothing(two, client):
    ana, _bob = two
    path, typed = f"/c/{card_token(a_card(ana))}", {"name": "Gia", "phone": "408 555 0199"}
    assert client.post(path, data={**typed, "website": "x"}).data == client.post(path, data=typed).data
    assert db.session.query(Contact).count() == 1


def test_what_can_be_left_is_limited_by_sender_and_by_what_waits(two, client, app, monkeypatch):
    ana, _bob = two
    path, typed = f"/c/{card_token(a_card(ana))}", {"name": "Gia", "phone": "408 555 0199"}
    monkeypatch.setattr(exchange, "MOST_WAITING", 2)
    answers = [client.post(path, data=typed).status_code for _ in range(3)]
    assert answers == [200, 200, 409] and db.session.query(Contact).count() == 2
    monkeypatch.setattr(shown_routes, "BY_SENDER", Limit("card-from", 1, 3600))
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], rate_limits=True))
    assert client.post(path, data=typed).status_code == 409
    refused = client.post(path, data=typed)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    page = refused.get_data(as_text=True)
    assert 'value="408 555 0199"' in page and "That was a lot at once" in page


def test_nothing_is_exchanged_on_a_get(two, browser_of):
    ana, bob = two
    browser, path = browser_of(bob), f"/c/{card_token(a_card(ana))}"
    page = browser.get(path).get_data(as_text=True)
    assert fields_of(page, path)["back"] == CREW
    assert browser.post(path, data={"back": CREW}).status_code == 422
    assert db.session.query(Contact).count() == 0


def test_a_card_is_taken_from_who_blocked_one_but_ones_own_is_not_put_upon_them(two):
    ana, bob = two
    card = a_card(ana)
    a_card(bob)
    block(side_between(ana, bob), NOW)
    keep(bob, card, CREW, NOW)
    assert contact_between(bob, ana) is not None and contact_between(ana, bob) is None
