"""Answering over HTTP: the guest's one page, the manage page, the organizers' list."""

from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.events.models import Event
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, SEATED, WAITING, Rsvp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill, send
from ..walks.letters import text_of

GUEST = {"name": "Gia", "email": "gia@example.org", "answer": "going", "adults": "1", "minors": "0", "note": ""}


def answer_of(email: str) -> Rsvp:
    """The answer that an address gave."""
    return db.session.scalar(select(Rsvp).join(Rsvp.person).where(Rsvp.person.has(email=email)))


def read(letter: Letter) -> str:
    """A letter's text as it would go out now."""

    return text_of(message_from_bytes(render(letter, NOW)[2], policy=policy.default))


def test_a_new_and_a_known_address_get_the_same_page_and_one_letter_each(client):
    event = an_event(a_group(), capacity=5)
    known = client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    again = client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "answer": "declined"})
    new = client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "email": "gus@example.org"})
    assert known.status_code == again.status_code == new.status_code == 200
    assert known.data == again.data == new.data
    assert answer_of("gia@example.org").answer == GOING
    assert [row.kind for row in db.session.scalars(select(Letter).order_by(Letter.id))] == [
        "rsvps.answered",
        "rsvps.asked",
        "rsvps.answered",
    ]


def test_the_letter_to_a_known_address_has_one_button_that_does_what_was_asked(client):
    event = an_event(a_group(), capacity=5)
    client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "adults": "3"})
    letter = db.session.scalars(select(Letter).where(Letter.kind == "rsvps.asked")).one()
    link = next(line for line in read(letter).split() if "adults=3" in line).split("8000")[1]
    page = client.get(link).get_data(as_text=True)
    assert "Yes, save this answer" in page and answer_of("gia@example.org").party == 1
    token = manage_token(answer_of("gia@example.org"))
    assert send(client, page, f"/rsvps/{token}").status_code == 303
    assert answer_of("gia@example.org").party == 3


def test_a_refusal_is_the_same_for_every_address(client):
    event = an_event(a_group(), capacity=2)
    client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    pages = [
        client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "email": email, "adults": "3"})
        for email in ("gia@example.org", "gus@example.org")
    ]
    assert [page.status_code for page in pages] == [409, 409]
    assert pages[0].get_data(as_text=True).replace("gia@", "") == pages[1].get_data(as_text=True).replace("gus@", "")
    assert 'value="Gia"' in pages[0].get_data(as_text=True)


def test_a_robot_that_fills_the_trap_is_thanked_and_not_heard(client):
    event = an_event(a_group())
    assert client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "website": "x"}).status_code == 200
    assert db.session.scalars(select(Rsvp)).all() == []


@pytest.mark.parametrize("name", ["Buy at https://evil.example", "WWW.evil.example"])
def test_a_name_is_no_advertisement_in_somebody_elses_mail(client, name):
    event = an_event(a_group())
    answer = client.post(f"/events/{event.slug}/rsvp", data={**GUEST, "name": name})
    assert answer.status_code == 422 and "Just a name" in answer.get_data(as_text=True)
    assert db.session.scalars(select(Letter)).all() == []


def test_somebody_signed_in_answers_at_once(browser_of):
    event, bob = an_event(a_group(), capacity=2), a_person("bob")
    browser = browser_of(bob)
    answer = fill(browser, f"/events/{event.slug}", f"/events/{event.slug}/rsvp", adults="2")
    assert answer.status_code == 303
    assert "2 spots are yours" in browser.get(answer.location).get_data(as_text=True)
    assert "You&#39;re in" in browser.get(f"/events/{event.slug}").get_data(as_text=True)


def test_a_larger_party_is_offered_the_line(client):
    event = an_event(a_group(), capacity=2)
    rsvp = respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW).rsvp
    respond(event, a_person("dora"), "Dora", GOING, Party(1), "", NOW)
    db.session.commit()
    link = f"/rsvps/{manage_token(rsvp)}"
    answer = fill(client, link, adults="2")
    page = client.get(answer.location).get_data(as_text=True)
    assert "There is not room for all of you yet" in page and "Wait for the larger party" in page
    send(client, page, link)
    assert (rsvp.standing, rsvp.party, rsvp.wanted) == (SEATED, 1, 2)


def test_a_manage_link_ends_ninety_days_after_the_event_and_when_revoked(client, clock):
    event = an_event(a_group())
    rsvp = respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW).rsvp
    db.session.commit()
    link = f"/rsvps/{manage_token(rsvp)}"
    answer = client.get(link)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        200,
        "private, no-store",
        "noindex",
    )
    assert client.get(link[:-1] + ("a" if link[-1] != "a" else "b")).status_code == 404
    clock.moment = event.ends_at.replace(year=2027)
    assert client.get(link).status_code == 404


def test_a_lost_link_is_mailed_to_whoever_answered_and_the_page_tells_nobody_which(client):
    event = an_event(a_group())
    client.post(f"/events/{event.slug}/rsvp", data=GUEST)
    pages = [
        client.post(f"/events/{event.slug}/rsvp/link", data={"email": email}).data
        for email in ("gia@example.org", "gus@example.org")
    ]
    assert pages[0] == pages[1]
    (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "rsvps.link"))
    assert f"/rsvps/{manage_token(answer_of('gia@example.org'))}" in read(letter)


@pytest.fixture
def alice(browser_of):
    """An organizer's browser, and a full event."""
    group, person = a_group(), a_person("alice")
    a_membership(person, group, OWNER)
    browser = browser_of(person)
    browser.event = an_event(group, capacity=1)
    respond(browser.event, a_person("bob"), "Bob", GOING, Party(1), "=cmd", NOW)
    browser.waiting = respond(browser.event, a_person("charlie"), "Charlie", GOING, Party(1), "", NOW).rsvp
    db.session.commit()
    browser.list = f"/events/{browser.event.slug}/manage/people"
    return browser


def test_adding_by_name_alone_needs_room_or_makes_it_in_the_same_step(alice):
    refused = fill(alice, alice.list, name="Walk-in", email="")
    assert refused.status_code == 409 and "There is no room" in refused.get_data(as_text=True)
    assert fill(alice, alice.list, name="Walk-in", email="", more_room="y").status_code == 303
    event = db.session.get(Event, alice.event.id)
    assert event.capacity == 2 and alice.waiting.standing == WAITING
    assert "Walk-in" in alice.get(alice.list).get_data(as_text=True)


def test_moving_up_and_removing(alice):
    one = f"{alice.list}/{alice.waiting.id}"
    page = alice.get(one).get_data(as_text=True)
    assert send(alice, page, f"{one}/seat").status_code == 409
    assert send(alice, page, f"{one}/seat", more_room="on").status_code == 303
    assert alice.waiting.standing == SEATED
    assert send(alice, page, f"{one}/remove").status_code == 303
    assert alice.waiting.answer == DECLINED
    (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "rsvps.removed"))
    assert "took you off the list" in read(letter)


def test_correcting_a_party_that_wanted_to_be_larger_takes_it_out_of_the_line(alice):
    bob = answer_of("bob@example.org")
    bob.wanted_adults, bob.wanted_minors, bob.line_at = 3, 0, NOW
    db.session.commit()
    assert fill(alice, f"{alice.list}/{bob.id}", name="Bobby").status_code == 303
    assert (bob.name, bob.line_at, bob.wanted) == ("Bobby", None, 1)
    assert read(db.session.scalars(select(Letter).where(Letter.kind == "rsvps.answered").order_by(Letter.id)).first())


@pytest.mark.parametrize("party", [{"adults": "0", "minors": "0"}, {"adults": "0", "minors": ""}])
def test_a_party_of_nobody_is_refused(alice, party):
    answer = fill(alice, alice.list, name="Nobody", more_room="y", **party)
    assert answer.status_code == 409 and "At least one person" in answer.get_data(as_text=True)


def test_nobody_is_added_to_what_is_cancelled(alice):
    cancel(db.session.get(Event, alice.event.id), "", NOW)
    db.session.commit()
    assert fill(alice, alice.list, name="Late", more_room="y").status_code == 409


def test_removing_somebody_untold_sends_nothing(alice):
    one = f"{alice.list}/{alice.waiting.id}"
    before = len(db.session.scalars(select(Letter)).all())
    send(alice, alice.get(one).get_data(as_text=True), f"{one}/remove", tell=None)
    assert len(db.session.scalars(select(Letter)).all()) == before


def test_the_sheet_runs_no_formulas(alice):
    sheet = alice.get(f"{alice.list}.csv")
    assert sheet.mimetype == "text/csv" and b"'=cmd" in sheet.data and b"bob@example.org" in sheet.data


def test_searching_the_list(alice):
    page = alice.get(f"{alice.list}?q=charlie").get_data(as_text=True)
    assert ">Charlie<" in page and ">Bob<" not in page


def test_an_organizer_hears_of_each_answer_or_once_a_day(alice, client):
    client.post(f"/events/{alice.event.slug}/rsvp", data=GUEST)
    (letter,) = db.session.scalars(
        select(Letter).where(
            Letter.kind == "rsvps.host_answer", Letter.facts["rsvp"].as_integer() == answer_of("gia@example.org").id
        )
    )
    assert letter.to_email == "alice@example.org" and "Gia" in read(letter)
