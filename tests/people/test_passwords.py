"""A password beside the mailed link: who may set it, what is refused, and that nobody learns who has one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.limits import Limit
from staytouch_events.outbox.models import Letter
from staytouch_events.people import password_routes, passwords
from staytouch_events.people.models import Person, SignIn
from staytouch_events.refusals import Refused

from ..cast import NOW, a_person
from ..forms import fill

GOOD = "wet boots on saturday"


def with_password(who: str = "bob", **fields) -> Person:
    """Somebody who chose one."""
    person = a_person(who, **fields)
    passwords.set_password(person, GOOD, NOW)
    db.session.commit()
    return person


def test_a_password_signs_in_and_nothing_kept_tells_it(app):
    bob = with_password()
    assert passwords.sign_in_by_password(bob.email, GOOD, "laptop", NOW).person is bob
    assert GOOD not in bob.password_hash and bob.password_hash.startswith("scrypt:")
    assert passwords.sign_in_by_password(bob.email, GOOD + " ", "laptop", NOW) is None


@pytest.mark.parametrize(
    "guessed",
    [
        "short",
        "password123",
        "P@ssw0rd2026!",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "iloveyou2026",
        "passwordpassword",
        "Bob-Example1999",
        "StayTouch Events 1",
        "bob.example@example.org",
    ],
)
def test_what_everybody_guesses_is_refused_in_words(app, guessed):
    bob = a_person("bob", name="Bob Example", email="bob.example@example.org")
    with pytest.raises(Refused) as refused:
        passwords.set_password(bob, guessed, NOW)
    assert refused.value.field == "password" and bob.password_hash is None


def test_no_rule_asks_for_digits_or_signs(app):
    for fine in (GOOD, "correo limpio arroyo", "ñandú ñandú río", "7 9 4 2 8 1 6 3 5"):
        passwords.set_password(a_person(fine[:3].strip()), fine, NOW)


def test_unknown_addresses_wrong_passwords_and_none_get_the_same(app, client, monkeypatch):
    with_password("bob")
    a_person("ana")
    checked = []
    real = passwords.check_password_hash
    monkeypatch.setattr(passwords, "check_password_hash", lambda kept, typed: checked.append(kept) or real(kept, typed))
    pages = set()
    for who in ("bob", "ana", "xyz"):
        answer = client.post("/login/password", data={"email": f"{who}@example.org", "password": "not this one"})
        pages.add((answer.status_code, answer.get_data(as_text=True).replace(who, "…")))
    assert len(pages) == 1 and "don&#39;t go together" in pages.pop()[1]
    # The same work each time: a hash of the same cost.
    assert len({kept.split("$")[0] for kept in checked}) == 1 and len(checked) == 3


def test_guessing_is_limited_by_address_and_by_sender(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].__class__(**vars(app.config["SETTINGS"])))
    object.__setattr__(app.config["SETTINGS"], "rate_limits", True)
    monkeypatch.setattr(password_routes, "BY_ADDRESS", Limit("password-of", 2, 3600))
    monkeypatch.setattr(password_routes, "BY_SENDER", Limit("password-from", 3, 3600))
    tries = [("bob", 422), ("bob", 422), ("bob", 429), ("ana", 429)]
    for who, status in tries:
        answer = client.post("/login/password", data={"email": f"{who}@example.org", "password": GOOD})
        assert answer.status_code == status, who


def test_whoever_signed_in_just_now_sets_one_and_is_written_to(browser_of):
    bob = a_person("bob")
    assert fill(browser_of(bob), "/settings/password", password=GOOD).status_code == 303
    assert passwords.is_right(bob, GOOD)
    letter = db.session.scalars(select(Letter)).one()
    assert (letter.to_email, letter.facts) == (bob.email, {"news": "set"})


def test_a_phone_left_on_the_table_sets_none(browser_of, clock):
    bob = a_person("bob")
    browser = browser_of(bob)
    page = browser.get("/settings/password").get_data(as_text=True)
    clock.moment = NOW + timedelta(minutes=15)
    assert "First, is it you?" in browser.get("/settings/password").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = browser.post("/settings/password", data={"csrf_token": token, "password": GOOD, "current": ""})
    assert answer.status_code == 422 and bob.password_hash is None


def test_changing_asks_for_the_one_so_far_and_ends_other_devices(browser_of, clock):
    bob = with_password()
    here, elsewhere = browser_of(bob), browser_of(bob)
    clock.moment = NOW + timedelta(days=1)
    new = "another pair of boots"
    assert fill(here, "/settings/password", current="wrong one here", password=new).status_code == 422
    assert passwords.is_right(bob, GOOD)
    assert fill(here, "/settings/password", current=GOOD, password=new, elsewhere="y").status_code == 303
    assert passwords.is_right(bob, new)
    assert here.get("/settings").status_code == 200 and elsewhere.get("/settings").status_code == 303


def test_removing_it_leaves_the_mailed_link(browser_of):
    bob = with_password()
    assert fill(browser_of(bob), "/settings/password", "/settings/password/remove").status_code == 303
    assert bob.password_hash is None
    assert passwords.sign_in_by_password(bob.email, GOOD, "laptop", NOW) is None
    assert [row.facts["news"] for row in db.session.scalars(select(Letter).order_by(Letter.id))] == ["set", "removed"]


def test_signing_in_again_ends_what_the_device_had(browser_of):
    bob = with_password()
    browser = browser_of(bob)
    fields = {"email": bob.email, "password": GOOD, "next": "/agenda"}
    answer = browser.post("/login/password", data=fields)
    assert answer.status_code == 422  # The page was opened before signing in: its token is missing.
    page = answer.get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = browser.post("/login/password", data={**fields, "csrf_token": token})
    assert answer.status_code == 303 and answer.location == "/agenda"
    assert len(db.session.scalars(select(SignIn)).all()) == 1
