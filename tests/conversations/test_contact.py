"""Strangers write to a crew: confirmed by letter, answered by mail, no address shown to either."""

import re

import pytest

from staytouch_events.access.conversations import side_token
from staytouch_events.conversations.contacting import UNSENT, purge_inquiries
from staytouch_events.conversations.models import Inquiry, Message
from staytouch_events.conversations.telling import AFTER, SOONER
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.jobs.pump import run_due
from staytouch_events.people.models import Person

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill, send
from ..walks.letters import text_of
from .cast import says, side_between
from .test_telling import letters, opened, wait

ASKED = {"name": "Gia Rossi", "email": "gia@example.org", "text": "Is there parking?"}


@pytest.fixture
def crew(app):
    """A crew with two organizers and an event."""
    group = a_group()
    for name in ("alice", "olga"):
        a_membership(a_person(name), group, ORGANIZER)
    return group


def link_in(mail, part: str) -> str:
    """The path of a link in a letter."""
    return re.search(rf"http://127\.0\.0\.1:8000(/{part}[^\s#]*)", text_of(mail))[1]


def ask(client, path: str = "/groups/trash-punx/contact", **changes):
    """Fill in the form."""
    return fill(client, path, **{**ASKED, **changes})


def test_a_stranger_asks_confirms_is_answered_and_goes_on_by_the_link(crew, client, browser_of):
    event = an_event(crew)
    answer = ask(client, f"/events/{event.slug}/contact")
    assert "g…@example.org" in answer.get_data(as_text=True) and not answer.headers.getlist("Set-Cookie")
    assert db.session.query(Message).count() == 0
    path = link_in(opened(letters("conversations.confirm")[0]), "messages/letter")
    assert "Is there parking?" in client.get(path).get_data(as_text=True)
    assert db.session.query(Message).count() == 0
    mine = client.post(path).location
    assert client.post(path).location == mine and db.session.query(Message).count() == 1
    wait(SOONER)
    told = letters()
    assert [letter.to_email for letter in told] == ["alice@example.org", "olga@example.org"]
    mail = opened(told[0])
    assert mail["Subject"] == "Gia wrote to Trash Punx" and "gia@example.org" not in mail.as_string()
    assert "About: Coyote Creek clean-up" in text_of(mail)
    alice = browser_of(db.session.query(Person).filter_by(name="Alice").one())
    thread = link_in(mail, "messages")
    shown = alice.get(thread).get_data(as_text=True)
    assert "Is there parking?" in shown and "gia@example.org" not in shown
    send(alice, shown, thread, text="Yes, behind the school")
    run_due(NOW + 2 * AFTER)
    back = opened(letters()[-1])
    assert back["To"] == "Gia Rossi <gia@example.org>" and "alice@example.org" not in back.as_string()
    own = link_in(back, "messages/with")
    page = client.get(own).get_data(as_text=True)
    assert "Yes, behind the school" in page and "Alice, Trash Punx" in page and "example.org" not in page
    assert fill(client, own, text="Thanks").status_code == 303
    assert "Thanks" in alice.get(thread).get_data(as_text=True)


def test_a_known_address_and_an_unknown_one_read_the_same(crew, client):
    def asked(email: str) -> str:
        return ask(client, email=email).get_data(as_text=True).replace(email[:1] + "…", "?…")

    assert asked("olga@example.org") == asked("nobody@example.org")
    assert db.session.query(Person).count() == 2, "nobody becomes known before their button is pressed"


@pytest.mark.parametrize("field, told", [("name", "Type your name"), ("email", "Type your email"), ("text", "Write")])
def test_what_is_missing_is_said_at_its_field(crew, client, field, told):
    answer = ask(client, **{field: ""})
    assert answer.status_code == 422 and told in answer.get_data(as_text=True)
    assert ASKED["text" if field != "text" else "name"] in answer.get_data(as_text=True)


def test_a_robot_writes_to_nobody(crew, client):
    assert ask(client, website="http://spam.example").status_code == 200
    assert db.session.query(Inquiry).count() == 0 and letters("conversations.confirm") == []


def test_somebody_signed_in_writes_at_once(crew, browser_of):
    browser = browser_of(a_person("bob"))
    answer = fill(browser, "/groups/trash-punx/contact", text="May I bring my dog?")
    assert answer.status_code == 303 and "dog" in browser.get(answer.location).get_data(as_text=True)


def test_an_organizer_is_not_asked_to_write_to_themselves_and_a_crew_of_nobody_to_answer(crew, browser_of, client):
    a_group("empty")
    alice = browser_of(db.session.query(Person).filter_by(name="Alice").one())
    assert alice.get("/groups/trash-punx/contact").status_code == 404
    assert client.get("/groups/empty/contact").status_code == 404


def test_a_crew_that_blocks_is_written_to_no_more(crew, client, browser_of):
    ask(client)
    own = client.post(link_in(opened(letters("conversations.confirm")[0]), "messages/letter")).location
    alice = browser_of(db.session.query(Person).filter_by(name="Alice").one())
    send(alice, alice.get("/messages/1").get_data(as_text=True), "/messages/1/block")
    page = client.get(own).get_data(as_text=True)
    assert "can&#39;t be written to just now" in page and 'name="text"' not in page


def test_a_crews_message_waits_until_somebody_answers_not_until_one_looks(crew, client, browser_of):
    ask(client)
    client.post(link_in(opened(letters("conversations.confirm")[0]), "messages/letter"))
    olga = browser_of(db.session.query(Person).filter_by(name="Olga").one())
    page = olga.get("/messages/1").get_data(as_text=True)
    assert "data-read" not in page and "Needs no answer" in page
    assert "Nobody has answered" in olga.get("/messages").get_data(as_text=True)


def test_a_link_of_two_people_is_none(crew, client):
    alice, olga = db.session.query(Person).order_by(Person.id).all()
    says(alice, olga)
    assert client.get(f"/messages/with/{side_token(side_between(alice, olga))}").status_code == 404


def test_what_was_never_confirmed_is_deleted_in_a_week(crew, client):
    ask(client)
    assert purge_inquiries(NOW + UNSENT) == 0
    assert purge_inquiries(NOW + UNSENT + AFTER) == 1
