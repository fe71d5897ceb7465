"""Signing in by letter: the link, the code, and what they can't be used for."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.people import actions
from staytouch_events.people.models import Person, SignIn, SignInRequest
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, answer_as_guest
from staytouch_events.rsvps.models import GOING, Rsvp

from ..cast import NOW, a_group, a_person, an_event
from ..forms import fill

EMAIL = "gia@example.org"


def asked(now=NOW) -> dict[str, str]:
    """Token and code of a letter just asked for."""
    actions.ask_to_sign_in(EMAIL, "/groups", "en", now)
    db.session.commit()
    return db.session.scalars(select(Letter).order_by(Letter.id.desc())).first().facts


def test_a_link_signs_in_once_and_makes_the_account(app):
    token = asked()["token"]
    sign_in, next_path = actions.sign_in_by_link(token, "phone", NOW)
    assert (sign_in.person.email, sign_in.person.joined_at, next_path) == (EMAIL, NOW, "/groups")
    with pytest.raises(Refused):
        actions.sign_in_by_link(token, "phone", NOW)


def test_a_link_lasts_an_hour(app):
    token = asked()["token"]
    with pytest.raises(Refused):
        actions.sign_in_by_link(token, "phone", NOW + timedelta(hours=1))


def test_a_code_is_good_with_its_address_alone_for_a_quarter_of_an_hour(app):
    code = asked()["code"]
    assert actions.sign_in_by_code("other@example.org", code, "laptop", NOW) is None
    assert actions.sign_in_by_code(EMAIL, code, "laptop", NOW + timedelta(minutes=15)) is None
    typed = f" {code[:4].upper()}-{code[4:]} "
    assert actions.sign_in_by_code(EMAIL, typed, "laptop", NOW)[0].person.email == EMAIL
    assert actions.sign_in_by_code(EMAIL, code, "laptop", NOW) is None


def test_five_wrong_tries_kill_a_code(app):
    code = asked()["code"]
    for _ in range(5):
        assert actions.sign_in_by_code(EMAIL, "wrong", "laptop", NOW) is None
    assert actions.sign_in_by_code(EMAIL, code, "laptop", NOW) is None


def test_nothing_that_is_kept_lets_anybody_in(app):
    facts = asked()
    row = db.session.scalars(select(SignInRequest)).one()
    kept = f"{row.token_hash} {row.code_mac}"
    assert facts["token"] not in kept and facts["code"] not in kept


def test_a_guests_answers_are_theirs_once_they_sign_in(app):
    event = an_event(a_group())
    answer_as_guest(event, EMAIL, "Gia", GOING, Party(1), "", "en", NOW)
    sign_in, _path = actions.sign_in_by_link(asked()["token"], "phone", NOW)
    assert db.session.scalars(select(Rsvp)).one().person_id == sign_in.person_id


def test_the_link_shows_a_button_and_the_button_signs_in(client):
    token = asked()["token"]
    assert "Sign in on this device" in client.get(f"/login/{token}").get_data(as_text=True)
    assert db.session.scalars(select(SignIn)).all() == []
    answer = client.post(f"/login/{token}")
    assert answer.status_code == 303 and "/settings" in answer.location
    assert client.get("/settings").status_code == 200


def test_the_code_signs_in_on_the_device_that_asked(client):
    page = client.post("/login", data={"email": EMAIL}).get_data(as_text=True)
    assert "g…@example.org" in page
    code = db.session.scalars(select(Letter)).one().facts["code"]
    wrong = client.post("/login/code", data={"email": EMAIL, "code": "nonsense"})
    assert wrong.status_code == 422 and "This code is not right" in wrong.get_data(as_text=True)
    assert client.post("/login/code", data={"email": EMAIL, "code": code}).status_code == 303


def test_a_known_and_an_unknown_address_get_the_same_bytes(client):
    a_person("bob")
    pages = [
        client.post("/login", data={"email": f"{who}@example.org"}).get_data(as_text=True) for who in ("bob", "bea")
    ]
    assert pages[0].replace("bob@", "x@") == pages[1].replace("bea@", "x@")


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_this_site_alone(client, path):
    page = client.get("/login", query_string={"next": path}).get_data(as_text=True)
    assert "evil" not in re.sub(r"\?next=\S+", "", page) and "javascript" not in re.sub(r"\?next=\S+", "", page)


def test_signing_out_ends_this_device_and_everywhere_ends_all(browser_of):
    bob = a_person("bob")
    phone, laptop = browser_of(bob), browser_of(bob)
    token = _token(phone)
    assert phone.post("/logout", data={"csrf_token": token}).status_code == 303
    assert phone.get("/settings").status_code == 303 and laptop.get("/settings").status_code == 200
    tablet = browser_of(bob)
    assert tablet.post("/logout/everywhere", data={"csrf_token": _token(tablet)}).status_code == 303
    assert laptop.get("/settings").status_code == 303


def test_a_home_is_kept_no_closer_than_the_town(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    form = {"name": "Bob", "language": "en", "unit": "", "home_place": "95112", "csrf_token": _token(browser)}
    assert browser.post("/settings", data=form).status_code == 303
    bob = db.session.get(Person, bob.id)
    assert (bob.home_place, bob.home_lat, bob.home_lon) == ("San Jose, CA", 37.35, -121.89)
    assert bob.zone == "America/Los_Angeles"
    unknown = browser.post("/settings", data={**form, "home_place": "qqqqqq"})
    assert unknown.status_code == 422 and 'value="qqqqqq"' in unknown.get_data(as_text=True)


def _token(browser) -> str:
    page = browser.get("/settings").get_data(as_text=True)
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def test_somebody_new_says_their_name_and_nothing_else(browser_of):
    ana = a_person("ana", name="")
    assert fill(browser_of(ana), "/settings", name="Ana Luz").status_code == 303
    assert (ana.name, ana.unit) == ("Ana Luz", None)
