"""On site: green or what is missing, signed on a helper's phone, checked in anyway, and never below the minimum age."""

import re

import pytest
from sqlalchemy import select

from staytouch_events.attendance.models import Mark, WalkUp
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.waivers.models import MINOR, SELF

from ..attendance.cast import a_day, a_helper, an_answer, manage
from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fields_of
from .cast import a_waiver, ask, sign, sign_for, signatures, texts


@pytest.fixture
def day(app, browser_of):
    """An event that starts now and asks for a waiver, its check-in, a helper and their browser."""
    group = a_group()
    event = ask(a_day(group), a_waiver(group))
    hana = a_helper(event)
    return event, f"/events/{event.slug}/checkin", hana, browser_of(hana)


def row_of(browser, path: str, who: str) -> str:
    """One party's row of the check-in."""
    return browser.get(path).get_data(as_text=True).split(f'id="{who}"')[1].split("</li>")[0]


def press(browser, path: str, **fields):
    """Send a form with the token of a page."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path).get_data(as_text=True))
    return browser.post(path, data={**({"csrf_token": token[1]} if token else {}), **fields})


def marks() -> list[tuple[str, bool]]:
    """All marks: what they say, and whether it was without a signature."""
    db.session.rollback()
    return [(row.kind, row.anyway) for row in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_each_row_is_green_or_says_what_is_missing(day):
    event, path, _hana, browser = day
    rsvp = an_answer(event, minors=1)
    row = row_of(browser, path, f"r{rsvp.id}")
    assert (
        "Sign first: waiver, guardian" in row
        and 'value="in"' not in row.replace("Check in anyway", "").split("<details")[0]
    )
    sign(rsvp)
    assert "Sign first: guardian" in row_of(browser, path, f"r{rsvp.id}")
    sign_for(rsvp)
    row = row_of(browser, path, f"r{rsvp.id}")
    assert "All signed" in row and "Sign first" not in row and 'value="in"' in row


def test_the_page_that_asks_again_sees_a_new_signature(day):
    event, path, _hana, browser = day
    rsvp = an_answer(event)
    tag = browser.get(path).headers["ETag"]
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 304
    sign(rsvp)
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_phone_is_handed_over_and_it_is_kept_whose_it_was(day):
    event, path, hana, browser = day
    rsvp = an_answer(event, minors=1)
    url = f"{path}/r{rsvp.id}/sign"
    assert url in row_of(browser, path, f"r{rsvp.id}")
    first = press(browser, url, do="adult", name="Gia Example", agree=texts(event))
    assert first.location.endswith(url)
    last = press(browser, url, do="minor", minor="Max", guardian="Gia Example", relation="mother", agree=texts(event))
    assert last.location.endswith(f"/checkin#r{rsvp.id}")
    rows = signatures()
    assert [(row.kind, row.on_site, row.held_by_id, row.signed_at) for row in rows] == [
        (SELF, True, hana.id, NOW),
        (MINOR, True, hana.id, NOW),
    ]


def test_a_helper_is_told_what_is_wrong_and_nothing_typed_is_lost(day):
    event, path, _hana, browser = day
    url = f"{path}/r{an_answer(event).id}/sign"
    answer = press(browser, url, do="adult", name="Gia Example")
    assert answer.status_code == 422 and "Gia Example" in answer.get_data(as_text=True)
    assert signatures() == []


def test_a_walk_up_signs_right_after_their_name(day):
    event, path, _hana, browser = day
    page = browser.get(path).get_data(as_text=True)
    fields = fields_of(page.split('id="walkup"')[1].join(("<form ", "")), "")
    typed = {**fields, "name": "Zoe", "adults": "1", "minors": "1", "do": "walk-up"}
    answer = browser.post(path, data=typed)
    walk_up = db.session.scalar(select(WalkUp))
    url = f"{path}/w{walk_up.id}/sign"
    assert answer.location.endswith(url)
    assert "Sign first: waiver, guardian" in row_of(browser, path, f"w{walk_up.id}")
    press(browser, url, do="adult", name="Zoe Example", agree=texts(event))
    press(browser, url, do="minor", minor="Max", guardian="Zoe Example", relation="aunt", agree=texts(event))
    assert "All signed" in row_of(browser, path, f"w{walk_up.id}")
    assert {row.walk_up_id for row in signatures()} == {walk_up.id}


def test_without_a_signature_checking_in_takes_one_more_step_that_is_kept(day):
    event, path, _hana, browser = day
    rsvp, other = an_answer(event), an_answer(event, "bao")
    answer = press(browser, path, who=f"r{rsvp.id}", do="in")
    assert answer.status_code == 409 and "Sign first: waiver" in answer.get_data(as_text=True)
    assert marks() == []
    assert press(browser, path, who=f"r{rsvp.id}", do="in", anyway="1").status_code == 303
    sign(other)
    assert press(browser, path, who=f"r{other.id}", do="in").status_code == 303
    assert marks() == [("in", True), ("in", False)]
    assert "Sign first: waiver" in row_of(browser, path, f"r{rsvp.id}")


def test_nobody_below_the_minimum_age_is_checked_in_anyway(day):
    event, path, _hana, browser = day
    rsvp = an_answer(event, minors=1)
    ask(event, minimum_age=18)
    row = row_of(browser, path, f"r{rsvp.id}")
    assert "18 and older" in row and "anyway" not in row and 'value="in"' not in row
    assert press(browser, path, who=f"r{rsvp.id}", do="in", anyway="1").status_code == 409
    answer = press(browser, path, do="walk-up", name="Zoe", adults="1", minors="1")
    assert answer.status_code == 422 and "18 and older" in answer.get_data(as_text=True)
    assert marks() == []
    assert press(browser, path, who=f"r{rsvp.id}", do="in", adults="1", minors="0").status_code == 303


def test_an_age_that_nobody_said_is_missing(day):
    event, path, _hana, browser = day
    rsvp = an_answer(event, minors=1)
    ask(event, minimum_age=12)
    row = row_of(browser, path, f"r{rsvp.id}")
    assert "Ask first: age" in row and "/sign" not in row
    assert press(browser, path, who=f"r{rsvp.id}", do="in").status_code == 409
    assert press(browser, path, who=f"r{rsvp.id}", do="in", anyway="1").status_code == 303
    press(browser, path, who=f"r{rsvp.id}", do="undo")
    ask(event, a_waiver(event.group), minimum_age=12)
    sign(rsvp)
    sign_for(rsvp, age_from=12)
    assert "All signed" in row_of(browser, path, f"r{rsvp.id}")


def test_whoever_checks_in_alone_is_not_held_up(day, client):
    event, path, _hana, browser = day
    rsvp = an_answer(event)
    assert client.post(f"{manage(rsvp)}/here", data={"do": "in"}).status_code == 303
    assert marks() == [("in", True)]
    assert "Sign first: waiver" in row_of(browser, path, f"r{rsvp.id}")


def test_whoever_checks_in_alone_signed_in_is_led_to_sign(day, browser_of):
    event, _path, _hana, _browser = day
    rsvp = an_answer(event, "bob", joined_at=NOW)
    bobs, here = browser_of(rsvp.person), f"/events/{event.slug}/here"
    shown = bobs.get(here).get_data(as_text=True)
    assert f'href="{manage(rsvp)}/before"' in shown and shown.count("btn loud") == 1
    sign(rsvp)
    assert "Read and sign" not in bobs.get(here).get_data(as_text=True)


def test_a_guest_who_helps_hands_the_phone_over_too(day, client):
    event, _path, _hana, _browser = day
    from staytouch_events.access.rsvps import manage_token
    from staytouch_events.rsvps.models import Rsvp

    guest = a_helper(event, "gil", joined_at=None)
    helping = db.session.scalar(select(Rsvp).where(Rsvp.person_id == guest.id))
    rsvp = an_answer(event)
    path = f"/rsvps/{manage_token(helping)}/checkin"
    assert f"{path}/r{rsvp.id}/sign" in client.get(path).get_data(as_text=True)
    client.post(f"{path}/r{rsvp.id}/sign", data={"do": "adult", "name": "Gia", "agree": texts(event)})
    assert signatures()[0].held_by_id == guest.id
    assert client.get(f"{manage(rsvp)}/checkin/r{rsvp.id}/sign").status_code == 403


def test_the_roster_the_sheet_and_the_csv_say_who_signed(day, browser_of):
    event, _path, _hana, _browser = day
    alice = a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    browser = browser_of(alice)
    signed = an_answer(event, minors=1)
    sign(signed)
    sign_for(signed)
    an_answer(event, "bao", adults=2)
    for path in ("people", "people.csv", "sheet"):
        page = browser.get(f"/events/{event.slug}/manage/{path}").get_data(as_text=True)
        assert "0 of 2 signed" in page and re.search(r"\bsigned\b", page)
    rows = browser.get(f"/events/{event.slug}/manage/signatures").get_data(as_text=True)
    assert "Max, by Gia Example (mother)" in rows
    number = signatures()[1].id
    assert "mother" in browser.get(f"/events/{event.slug}/manage/signatures/{number}").get_data(as_text=True)
    sheet = browser.get(f"/events/{event.slug}/manage/signatures.csv").get_data(as_text=True)
    assert sheet.count("\n") == 3 and signatures()[0].sha256 in sheet
