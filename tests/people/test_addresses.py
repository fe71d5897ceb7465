"""A change of address: both letters, the same page whomever it belongs to, and what comes along."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.outbox.models import SENT, WAITING, Letter
from staytouch_events.people import addresses
from staytouch_events.people.actions import ask_to_sign_in, sign_in_by_link
from staytouch_events.people.models import AddressChange, Person
from staytouch_events.purge import purge
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, answer_as_guest, respond
from staytouch_events.rsvps.models import GOING, SEATED, Rsvp

from ..cast import NOW, a_group, a_person, an_event
from ..forms import fill
from .cast import tables_with
from .test_deletion import Caught, send_all

NEW = "new@example.org"


def asked(person: Person, email: str = NEW) -> tuple[str, str]:
    """The tokens in the letters to the old address and to the new one."""
    addresses.ask(person, email, NOW)
    db.session.commit()
    kinds = ("people.address_old", "people.address_new")
    letters = {row.kind: row for row in db.session.scalars(select(Letter).where(Letter.kind.in_(kinds)))}
    assert [letters[kind].to_email for kind in kinds] == [person.email, email]
    return tuple(letters[kind].facts["token"] for kind in kinds)


def press(token: str, now=NOW) -> bool:
    """As a route does it."""
    changed = addresses.press(token, now)
    db.session.commit()
    return changed


@pytest.mark.parametrize("first", [0, 1])
def test_it_changes_when_both_buttons_were_pressed_and_not_before(app, first):
    bob = a_person("bob")
    tokens = asked(bob)
    for _again in range(2):
        assert press(tokens[first]) is False
    assert bob.email == "bob@example.org"
    assert press(tokens[1 - first]) is True
    assert bob.email == NEW and db.session.scalars(select(AddressChange)).all() == []
    with pytest.raises(Refused, match="used already"):
        addresses.press(tokens[0], NOW)


def test_a_link_is_good_for_a_day_and_the_last_change_alone(app):
    bob = a_person("bob")
    stale, _ = asked(bob)
    db.session.query(Letter).delete()
    old, new = asked(bob, "other@example.org")
    for token, now in ((stale, NOW), (old, NOW + timedelta(days=1))):
        with pytest.raises(Refused, match="older than a day"):
            addresses.press(token, now)
    db.session.rollback()
    addresses.stop(new)
    db.session.commit()
    assert addresses.change_by(old, NOW) is None and bob.email == "bob@example.org"


def test_a_stranger_learns_nothing_from_asking_nor_from_the_first_letter(browser_of, client):
    bob = a_person("bob")
    a_person("ana")
    a_person("gia", joined_at=None)
    browser, pages = browser_of(bob), set()
    for who in ("ana", "gia", "xyz"):
        assert fill(browser, "/settings/address", email=f"{who}@example.org").status_code == 303
        facts = db.session.scalars(
            select(Letter.facts).where(Letter.kind == "people.address_old").order_by(Letter.id.desc())
        ).first()
        token = facts["token"]
        told = browser.get("/settings/address"), client.get(f"/address/{token}"), client.post(f"/address/{token}")
        pages.add(
            tuple(
                (
                    page.status_code,
                    page.text.split("<main")[1].split("csrf_token")[0].replace(who, "…").replace(token, ""),
                )
                for page in told
            )
        )
    assert len(pages) == 1


def _bare(page: str, who: str, token: str) -> str:
    return page.split("<main")[1].split("csrf_token")[0].replace(who, "…").replace(token, "")


def test_whoever_reads_the_new_letter_is_told_of_their_own_account(app, client):
    bob = a_person("bob")
    a_person("ana")
    _old, new = asked(bob, "ana@example.org")
    page = client.get(f"/address/{new}")
    assert "has an account of its own" in page.text and "Yes, change it" not in page.text
    assert client.post(f"/address/{new}").status_code == 409
    assert bob.email == "bob@example.org"


def test_what_a_guest_answered_comes_along_but_for_what_both_answered(app):
    group = a_group()
    both, theirs = an_event(group, capacity=3), an_event(group, title="Theirs")
    bob = a_person("bob")
    respond(both, bob, "Bob", GOING, Party(1), "", NOW)
    for event in (both, theirs):
        answer_as_guest(event, NEW, "Robert Planted", GOING, Party(2), "", "en", NOW)
    waits = respond(both, a_person("will"), "Will", GOING, Party(2), "", NOW).rsvp
    db.session.commit()
    assert waits.standing != SEATED
    for token in asked(bob):
        press(token)
    mine = db.session.scalars(select(Rsvp).where(Rsvp.person_id == bob.id).order_by(Rsvp.event_id)).all()
    assert [(row.event_id, row.party) for row in mine] == [(both.id, 1), (theirs.id, 2)]
    assert waits.standing == SEATED
    assert [row.email for row in db.session.scalars(select(Person).where(Person.email == NEW))] == [NEW]
    assert "people" not in tables_with("Robert Planted")


def test_waiting_letters_and_follows_go_to_the_new_address_and_old_ways_in_are_dead(app):
    bob, group = a_person("bob"), a_group()
    event = an_event(group)
    respond(event, bob, "Bob", GOING, Party(1), "", NOW)
    follow = follows.ask(bob.email, "weekly", "en", NOW, group=group, asked=None)
    follows.confirm(follow, "weekly", NOW)
    ask_to_sign_in(bob.email, "/", "en", NOW)
    db.session.commit()
    way_in = db.session.scalars(select(Letter).where(Letter.kind == "people.sign_in")).one().facts["token"]
    away = Caught(away=True)
    send_all(away, NOW)
    for token in asked(bob):
        press(token)
    assert db.session.scalars(select(Letter).where(Letter.to_email == "bob@example.org")).all() == []
    mail = Caught()
    send_all(mail, NOW + timedelta(hours=1))
    told = {to for to, _raw in mail.sent}
    assert told == {NEW} and any("To: " in raw and NEW in raw and "in:" in raw for _to, raw in mail.sent)
    assert follow.email == NEW
    with pytest.raises(Refused):
        sign_in_by_link(way_in, "laptop", NOW)
    db.session.rollback()
    assert tables_with("bob@example.org") == []
    assert not db.session.scalars(select(Letter).where(Letter.state == WAITING)).all()
    assert db.session.scalars(select(Letter).where(Letter.state == SENT)).all()


def test_both_letters_have_a_page_with_both_buttons_and_opening_it_changes_nothing(browser_of, client):
    bob = a_person("bob")
    for token in asked(bob):
        page = client.get(f"/address/{token}").text
        assert "Yes, change it" in page and "No, leave it as it is" in page and "/stop" in page
    change = db.session.scalars(select(AddressChange)).one()
    assert change.old_pressed_at is None and change.new_pressed_at is None
    browser = browser_of(bob)
    assert NEW in browser.get("/settings/address").text
    assert fill(browser, "/settings/address", "/settings/address/stop").status_code == 303
    assert client.get(f"/address/{token}").status_code == 404
    assert fill(browser, "/settings/address", email=bob.email).status_code == 422


def test_an_address_that_nobody_confirmed_is_forgotten(app):
    asked(a_person("bob"))
    assert purge(NOW + timedelta(days=1))["changes of address"] == 0
    assert purge(NOW + timedelta(days=1, seconds=1))["changes of address"] == 1
