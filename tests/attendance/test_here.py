"""Checking in alone: behind the poster, by address, by name, by the link of one's answer; and the codes."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.attendance.models import Mark, WalkUp
from staytouch_events.attendance.queries import attendees
from staytouch_events.db import db
from staytouch_events.events.models import Event

from ..cast import NOW, a_person, an_event
from ..forms import fill
from .cast import a_day, a_helper, an_answer, manage


def text_of(answer) -> str:
    """A page's words, without what is random."""
    return re.sub(r'value="[a-z2-7]{13}"', "", answer.get_data(as_text=True))


def here() -> list[str]:
    """Names of who is here."""
    db.session.rollback()
    event = db.session.scalars(select(Event).order_by(Event.id)).first()
    return [row.party.name for row in attendees(event) if row.presence.here]


def marks() -> list[tuple[str, str]]:
    """Kinds and sources of all marks."""
    db.session.rollback()
    return [(mark.kind, mark.source) for mark in db.session.scalars(select(Mark).order_by(Mark.id))]


def test_a_known_and_an_unknown_address_get_the_same_page_and_the_known_one_is_here(client):
    event = a_day()
    an_answer(event)
    a_person("gus", email="gyr@example.org")
    path = f"/events/{event.slug}/here"
    pages = [client.post(path, data={"do": "email", "email": who}) for who in ("gia@example.org", "gyr@example.org")]
    stranger = client.post(path, data={"do": "email", "email": "gxx@example.org"})
    assert [page.status_code for page in (*pages, stranger)] == [200, 200, 200]
    assert text_of(pages[0]) == text_of(pages[1]) == text_of(stranger)
    assert "g…@example.org" in text_of(pages[0]) and "Gia" not in text_of(pages[0])
    assert "Set-Cookie" not in pages[0].headers
    assert here() == ["Gia"] and marks() == [("in", "self")]


def test_the_address_again_is_no_second_mark(client):
    event = a_day()
    an_answer(event)
    for _ in range(2):
        client.post(f"/events/{event.slug}/here", data={"do": "email", "email": "GIA@example.org"})
    assert marks() == [("in", "self")]


def test_a_wrong_address_is_told_at_its_field(client):
    event = a_day()
    answer = client.post(f"/events/{event.slug}/here", data={"do": "email", "email": "gia at home"})
    assert answer.status_code == 422 and 'value="gia at home"' in text_of(answer)
    assert "not an email address" in text_of(answer)


def test_whoever_just_came_along_types_a_name(client):
    event = a_day(capacity=1)
    an_answer(event)
    path = f"/events/{event.slug}/here"
    data = {"do": "walk-in", "name": "Zoe", "adults": "1", "minors": "2", "mark": "id-of-the-phone"}
    assert [client.post(path, data=data).status_code for _ in range(2)] == [200, 200]
    assert here() == ["Zoe"] and marks() == [("in", "walk-up")]
    assert client.post(path, data={**data, "name": ""}).status_code == 422
    client.post(path, data={**data, "name": "Bot", "website": "x", "mark": "id-of-a-robot"})
    assert client.post(path, data={**data, "adults": "0", "minors": "0", "mark": "id-of-nobody"}).status_code == 409
    assert here() == ["Zoe"]


def test_somebody_signed_in_who_answered_has_one_button(browser_of):
    event = a_day()
    an_answer(event, "bob", adults=2, joined_at=NOW)
    from staytouch_events.people.queries import person_by_email

    browser, path = browser_of(person_by_email("bob@example.org")), f"/events/{event.slug}/here"
    assert text_of(browser.get(path)).count("btn loud") == 1
    assert fill(browser, path, do="in").status_code == 303
    assert "You're here since 10" in text_of(browser.get(path)) and here() == ["Bob"]
    fill(browser, path, do="out")
    assert "You left at 10" in text_of(browser.get(path)) and here() == []
    fill(browser, path, do="undo")
    assert here() == ["Bob"]
    assert browser.post(path, data={"do": "in"}).status_code == 409
    assert browser.post(path, data={"do": "eat"}).status_code == 404


def test_somebody_signed_in_without_an_answer_is_a_walk_up_of_their_own(browser_of):
    event, cy = a_day(), a_person("cy")
    browser, path = browser_of(cy), f"/events/{event.slug}/here"
    page = browser.get(path).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    answer = browser.post(path, data={"csrf_token": token, "do": "walk-in", "name": "Cy", "adults": "1"})
    assert answer.status_code == 303
    assert db.session.scalar(select(WalkUp)).person_id == cy.id
    assert "since 10" in text_of(browser.get(path))


def test_the_link_of_an_answer_checks_in_and_out_without_an_account(client):
    rsvp = an_answer(a_day())
    page = manage(rsvp)
    text = text_of(client.get(page))
    assert "I'm here" in text and text.count("btn loud") == 1
    for step, now_here in (("in", ["Gia"]), ("out", []), ("undo", ["Gia"]), ("undo", [])):
        answer = client.post(f"{page}/here", data={"do": step})
        assert answer.status_code == 303 and here() == now_here, step
    assert client.post(f"{page}/here", data={"do": "eat"}).status_code == 404


@pytest.mark.parametrize(
    ("hours", "is_open"), [(-2.02, False), (-1.98, True), (0, True), (3.5, True), (3.98, True), (4.02, False)]
)
def test_alone_only_in_the_hours_for_it(client, clock, hours, is_open):
    rsvp = an_answer(a_day())
    path = f"/events/{rsvp.event.slug}/here"
    clock.moment = NOW + timedelta(hours=hours)
    assert ("I'm here" in text_of(client.get(path))) is is_open
    assert ("I'm here" in text_of(client.get(manage(rsvp)))) is is_open
    good, closed = (200, 303), (409,)
    by_email = {"do": "email", "email": "gia@example.org"}
    by_name = {"do": "walk-in", "name": "Zoe", "adults": "1"}
    for address, data in ((path, by_email), (path, by_name), (f"{manage(rsvp)}/here", {"do": "in"})):
        assert client.post(address, data=data).status_code in (good if is_open else closed), data
    assert bool(marks()) is is_open


def test_a_long_event_is_open_to_its_end(client, clock):
    event = a_day(ends_wall=an_end())
    clock.moment = NOW + timedelta(hours=7)
    assert "I'm here" in text_of(client.get(f"/events/{event.slug}/here"))


def an_end():
    """Eight hours after the start."""
    from datetime import datetime

    return datetime(2026, 11, 24, 18, 0)


def test_looking_changes_nothing_and_an_unseen_event_is_missing(client):
    event = a_day()
    rsvp = an_answer(event)
    for path in (f"/events/{event.slug}/here?do=in&email=gia@example.org", f"{manage(rsvp)}?here=1"):
        assert client.get(path).status_code == 200
    assert marks() == []
    hidden = an_event(event.group, visibility="members", title="Hidden")
    assert client.get(f"/events/{hidden.slug}/here").status_code == 404
    assert client.post(f"/events/{hidden.slug}/here").status_code == 404


def test_a_helper_who_scans_a_guests_code_sees_the_button_first(browser_of):
    event = a_day()
    rsvp = an_answer(event)
    helper, bystander = browser_of(a_helper(event)), browser_of(a_person("bob"))
    page = text_of(helper.get(manage(rsvp)))
    assert page.index("Check in Gia") < page.index("<h1>") and page.count("btn loud") == 1
    assert "Check in Gia" not in text_of(bystander.get(manage(rsvp)))
    path = f"/events/{event.slug}/checkin"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', helper.get(manage(rsvp)).get_data(as_text=True))[1]
    helper.post(path, data={"csrf_token": token, "who": f"r{rsvp.id}", "do": "in"})
    assert here() == ["Gia"] and "Gia is here since" in text_of(helper.get(manage(rsvp)))


def test_the_codes_hold_their_addresses(client):

    from staytouch_events.qr import qr_svg

    rsvp = an_answer(a_day())
    code = client.get(f"{manage(rsvp)}/code.svg")
    assert code.mimetype == "image/svg+xml" and "no-store" in code.headers["Cache-Control"]
    assert code.data == qr_svg(f"http://127.0.0.1:8000{manage(rsvp)}")
    poster = client.get(f"/events/{rsvp.event.slug}/checkin/poster.svg")
    assert poster.data == qr_svg(f"http://127.0.0.1:8000/events/{rsvp.event.slug}/here")
    assert client.get("/rsvps/nothing/code.svg").status_code == 404
