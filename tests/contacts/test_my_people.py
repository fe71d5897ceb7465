"""The list of one's people: somebody new, finding them, two that are one, taking them along."""

import re

import pytest
from sqlalchemy import select

from staytouch_events.contacts import gathering, keeping
from staytouch_events.contacts.find_queries import PAGE, Asked, found, page
from staytouch_events.contacts.models import BIRTHDAY, Contact, ContactNote, ContactTouch
from staytouch_events.db import db
from staytouch_events.refusals import Refused
from staytouch_events.vcard_reader import read_vcards

from ..cast import NOW, a_group, a_membership, a_person
from ..conftest import both_databases
from ..forms import fill
from .people_cast import kept, rhythm, talked

pytestmark = both_databases


@pytest.fixture
def alice(app):
    """Somebody who keeps people."""
    return a_person("alice")


def names(alice, **asked) -> list[str]:
    """Who is found."""
    return [row.name for row in db.session.scalars(found(alice, Asked(**asked), NOW))]


def test_somebody_new(alice, browser_of):
    browser = browser_of(alice)
    empty = browser.get("/contacts").get_data(as_text=True)
    assert "Nobody yet" in empty and 'href="/contacts/card"' in empty and 'href="/contacts/import"' in empty
    typed = {
        "name": "Minh Tran",
        "phones": "408 555 0100",
        "emails": "minh@example.org",
        "kind": "friend",
        "tags": "a, A ,b",
    }
    answer = fill(browser, "/contacts/new", **typed)
    minh = db.session.scalar(select(Contact))
    assert answer.status_code == 303 and answer.location.endswith(f"/contacts/{minh.public_id}")
    assert (minh.own["phones"], minh.kind.key, minh.ideal_days) == ([["", "408 555 0100"]], "friend", None)
    listed = browser.get("/contacts").get_data(as_text=True)
    assert "Minh Tran" in listed and "Friend" in listed and "#b" in listed


def test_bad_input_is_told_and_kept(alice, browser_of):
    answer = fill(browser_of(alice), "/contacts/new", name="", emails="no address", tags="tools")
    words = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Type a name." in words and "no address" in words and 'value="tools"' in words


def test_kind_tags_and_a_rhythm_of_their_own(alice, browser_of):
    minh, browser = kept(alice), browser_of(alice)
    path = f"/contacts/{minh.public_id}/sort"
    assert fill(browser, path, how="own", every="").status_code == 422
    assert fill(browser, path, how="own", every="8", longest="4", unit="weeks").status_code == 422
    assert fill(browser, path, kind="crew", tags="tools", how="own", every="8", longest="12").status_code == 303
    db.session.expire_all()
    assert (minh.kind.key, minh.ideal_days, minh.longest_days) == ("crew", 56, 84)
    shown = browser.get(path).get_data(as_text=True)
    assert re.search(r'id="every"[^>]*value="8"', shown) and 'value="tools"' in shown
    fill(browser, path, how="never")
    db.session.expire_all()
    assert minh.ideal_days == 0


def test_finding(alice):
    bob, group = a_person("bob"), a_group()
    for person in (alice, bob):
        a_membership(person, group)
    kept(alice, "Ána Luz", phones=[["cell", "408 555 0100"]], addresses=[["", "1 Main St, Gilroy"]])
    kept(alice, "Ben", days_ago=100, kind="friend")
    crew = kept(alice, "Bob")
    crew.person_id, crew.met_words = bob.id, "at the weir in Alviso"
    rhythm(crew, None, None, "Tools")
    talked(crew, 40)
    assert names(alice) == ["Ána Luz", "Ben", "Bob"]
    assert names(alice, q="ana 555") == names(alice, place="gilroy") == ["Ána Luz"]
    assert names(alice, q="tool") == names(alice, tag="tools") == names(alice, crew="trash-punx") == ["Bob"]
    assert names(alice, place="alviso") == ["Bob"]
    assert names(alice, kind="friend") == names(alice, losing=True) == ["Ben"]
    assert names(alice, last="1") == ["Ána Luz", "Ben", "Bob"] and names(alice, last="never") == ["Ána Luz", "Ben"]
    a_membership(bob, a_group("others"))
    assert names(alice, q="%") == names(alice, crew="others") == names(bob) == []


def test_pages_hold_everybody_once(alice):
    said = ({"name": f"P {at % 7}"} for at in range(120))
    rows = [Contact(owner_id=alice.id, shared={}, own=own, origin="hand", created_at=NOW) for own in said]
    for row in rows:
        row.settle()
    db.session.add_all(rows)
    db.session.commit()
    seen, after = [], ""
    while after is not None:
        rows, after = page(alice, Asked(), after, NOW)
        assert len(rows) <= PAGE
        seen += [row.contact.id for row in rows]
    assert len(seen) == len(set(seen)) == 120


def test_two_that_are_one(alice, browser_of):
    bob = a_person("bob")
    mine = kept(alice, "Robert", phones=[["cell", "408 555 0100"]], note="likes tea")
    theirs = kept(alice, "", days_ago=3)
    theirs.person_id, theirs.shared = bob.id, {"name": "Bob Lee", "phones": [["", "+1 408-555-0100"], ["", "1234567"]]}
    theirs.settle()
    keeping.add_note(mine, "Met at the weir", NOW.date(), NOW)
    rhythm(mine, 28, None, "tools")
    talked(mine, 2)
    talked(theirs, 3)
    gathering.remember(mine, BIRTHDAY, 7, 4, None)
    gathering.remember(theirs, BIRTHDAY, 7, 4, None)
    db.session.commit()
    browser, path = browser_of(alice), f"/contacts/{mine.public_id}/merge/{theirs.public_id}"
    assert "Robert" in browser.get(f"/contacts/{theirs.public_id}/merge").get_data(as_text=True)
    assert browser.get(path).status_code == 200 and db.session.scalar(select(db.func.count(Contact.id))) == 2
    answer = fill(browser, path)
    db.session.expire_all()
    one = db.session.scalar(select(Contact))
    assert answer.location.endswith(one.public_id) and one.person_id == bob.id
    # What they share is not written down a second time, and theirs is untouched.
    assert one.own == {"name": "Robert", "note": "likes tea"} and one.shared["name"] == "Bob Lee"
    assert one.ideal_days == 28 and names(alice, tag="tools") == ["Robert"]
    assert db.session.scalar(select(ContactNote.contact_id)) == one.id
    assert db.session.scalars(select(ContactTouch.contact_id)).all() == [one.id, one.id]


def test_two_people_with_accounts_are_two(alice):
    first, second = kept(alice, "A"), kept(alice, "B")
    first.person_id, second.person_id = a_person("bob").id, a_person("gia").id
    db.session.commit()
    with pytest.raises(Refused, match="two people"):
        gathering.merge(first, second)
    with pytest.raises(Refused, match="same person"):
        gathering.merge(first, first)


def test_taking_them_along(alice, browser_of):
    minh = kept(alice, "Minh Tran", kind="friend", phones=[["cell", "+14085550100"]], company="=Acme")
    minh.shared = {"emails": [["", "minh@example.org"]]}
    gathering.remember(minh, BIRTHDAY, 7, 4, None)
    keeping.add_note(minh, "a secret", NOW.date(), NOW)
    kept(alice, "Zoe")
    browser = browser_of(alice)
    for version in ("3.0", "4.0"):
        answer = browser.get(f"/contacts/people.vcf?version={version}")
        cards = read_vcards(answer.data).cards
        assert answer.mimetype == "text/vcard" and b"VERSION:" + version.encode() in answer.data
        assert [card.name for card in cards] == ["Minh Tran", "Zoe"] and b"a secret" not in answer.data
        assert (cards[0].phones[0].kinds, cards[0].emails[0].value) == (("cell",), "minh@example.org")
        assert cards[0].birthday == "--07-04"
    assert [card.name for card in read_vcards(browser.get("/contacts/people.vcf?q=zoe").data).cards] == ["Zoe"]
    sheet = browser.get("/contacts/people.csv").get_data(as_text=True)
    assert "'=Acme" in sheet and "Friend" in sheet and "--07-04" in sheet and "a secret" not in sheet
    assert browser.get("/contacts/people.vcf?version=5.0").status_code == 404


@pytest.mark.parametrize("path", ["sort", "merge", "merge/{}", "invite"])
def test_nobody_else_finds_them(alice, browser_of, path):
    minh, admin = kept(alice), a_person("ada", is_admin=True)
    browser = browser_of(admin)
    assert browser.get(f"/contacts/{minh.public_id}/{path.format(minh.public_id)}").status_code == 404
    assert "Minh" not in browser.get("/contacts?q=minh").get_data(as_text=True)
    assert browser.get("/contacts/people.vcf").data == b""
