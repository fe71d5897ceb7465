"""The pages of conversations: what a reader may see, write and undo there."""

import re
from datetime import timedelta

import pytest

from staytouch_events.conversations import actions
from staytouch_events.conversations.models import Message, MessageReport, Side
from staytouch_events.conversations.queries import MESSAGES, PAGE
from staytouch_events.db import db
from staytouch_events.groups.models import OWNER, Group
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill, send
from .cast import counted, crew_mates, says, side_between


def page(browser, path: str) -> str:
    """What a page says."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def words_of(browser, path: str) -> str:
    """The same without the tokens of its forms, which change with the clock."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page(browser, path))


@pytest.fixture
def pair(app):
    """Two members of a crew."""
    return crew_mates("alice", "bob")


def test_the_first_word_begins_a_conversation_and_the_other_answers(pair, browser_of):
    alice, bob = pair
    answer = fill(browser_of(alice), f"/messages/to/{bob.public_id}", text="**Hi** Bob")
    assert answer.status_code == 303 and answer.location.endswith("#write")
    path, browser = answer.location.partition("#")[0], browser_of(bob)
    assert "<strong>Hi</strong> Bob" in page(browser, path) and "1 waits for you" in page(browser, "/messages")
    assert fill(browser, path, text="Hello").status_code == 303
    assert "Hello" in page(browser_of(alice), path)
    assert browser_of(alice).get(f"/messages/to/{bob.public_id}").location.startswith(path)


def test_an_empty_or_endless_message_is_told_and_kept(pair, browser_of):
    alice, bob = pair
    number = says(alice, bob).conversation_id
    for text, told in (("", "Write something first"), ("x" * 4001, "at most 4000")):
        answer = fill(browser_of(bob), f"/messages/{number}", text=text)
        words = answer.get_data(as_text=True)
        assert answer.status_code == 422 and told in words and (text in words)
    assert db.session.query(Message).count() == 1


def test_nobody_else_opens_a_conversation(pair, browser_of):
    alice, bob = pair
    number = says(alice, bob, "PRIVATE").conversation_id
    boss, chair = a_person("ada", is_admin=True), a_person("olga")
    a_membership(chair, the_crew(), OWNER)
    for person in (boss, chair):
        browser = browser_of(person)
        assert browser.get(f"/messages/{number}").status_code == 404
        assert browser.post(f"/messages/{number}", data={"text": "x"}).status_code == 404


def the_crew() -> Group:
    """The crew of the pair."""
    return db.session.query(Group).one()


def test_looking_changes_nothing_and_reading_is_said(pair, browser_of):
    alice, bob = pair
    number, browser = says(alice, bob).conversation_id, browser_of(bob)
    page(browser, f"/messages/{number}")
    assert side_between(bob, alice).read_to == 0
    shown = page(browser, f"/messages/{number}")
    assert send(browser, shown, f"/messages/{number}/read").status_code == 303
    assert side_between(bob, alice).read_to > 0
    assert "Mark as read" not in page(browser, f"/messages/{number}")


def test_a_page_that_is_open_reads_no_more_than_it_showed(pair, browser_of):
    alice, bob = pair
    number, browser = says(alice, bob).conversation_id, browser_of(bob)
    shown = page(browser, f"/messages/{number}")
    says(alice, bob, "One more")
    send(browser, shown, f"/messages/{number}/read")
    assert side_between(bob, alice).has_unread


def test_what_is_taken_back_stands_in_the_form_again(pair, browser_of):
    alice, bob = pair
    message = says(alice, bob, "Too fast")
    path, browser = f"/messages/{message.conversation_id}", browser_of(alice)
    shown = page(browser, path)
    answer = send(browser, shown, f"{path}/messages/{message.id}/back")
    words = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Too fast</textarea>" in words
    assert db.session.query(Message).count() == 0
    assert browser_of(bob).post(f"{path}/messages/1/back").status_code == 404


def test_a_request_is_accepted_or_declined_without_a_word(app, browser_of):
    alice, bob = a_person("alice"), a_person("bob")
    number = says(alice, bob).conversation_id
    browser, asker = browser_of(bob), browser_of(alice)
    before = words_of(asker, f"/messages/{number}")
    shown = page(browser, f"/messages/{number}")
    assert "Alice asks to write with you." in shown
    send(browser, shown, f"/messages/{number}/decline")
    assert words_of(asker, f"/messages/{number}") == before, "a no is silent"
    assert "Alice" not in page(browser, "/messages") and "Declined" in page(browser, "/messages?away=1")
    send(browser, page(browser, f"/messages/{number}"), f"/messages/{number}/accept")
    assert "Your request is with" not in page(asker, f"/messages/{number}")


def test_a_blocked_person_reads_the_same_words_as_with_anybody_who_is_gone(pair, browser_of):
    alice, bob = pair
    number, browser = says(alice, bob).conversation_id, browser_of(bob)
    send(browser, page(browser, f"/messages/{number}"), f"/messages/{number}/block")
    asker = browser_of(alice)
    words = page(asker, f"/messages/{number}")
    assert "can&#39;t be written to just now" in words and 'name="text"' not in words
    assert "block" not in words.partition("</h1>")[2].partition("<details")[0].lower()
    send(browser, page(browser, f"/messages/{number}"), f"/messages/{number}/unblock")
    assert 'name="text"' in page(asker, f"/messages/{number}")


def test_an_unknown_verb_is_nothing(pair, browser_of):
    number = says(*pair).conversation_id
    assert browser_of(pair[0]).post(f"/messages/{number}/explode").status_code == 404


def test_long_conversations_and_lists_come_in_pages(pair, browser_of):
    alice, bob = pair
    for at in range(MESSAGES + 3):
        says(alice, bob, f"word {at}.", NOW + timedelta(minutes=at))
    number = side_between(alice, bob).conversation_id
    newest = page(browser_of(bob), f"/messages/{number}")
    assert "word 32." in newest and "word 2." not in newest
    oldest = newest.partition(f"/messages/{number}?before=")[2].partition('"')[0]
    older = page(browser_of(bob), f"/messages/{number}?before={oldest}")
    assert "word 2." in older and "word 3." not in older
    crew = the_crew()
    for at in range(PAGE + 1):
        other = a_person(f"p{at}")
        a_membership(other, crew)
        says(bob, other, f"to {at}.")
    actions.read(side_between(bob, alice), 10**6)
    db.session.commit()
    with counted() as asked:
        first = page(browser_of(bob), "/messages")
    assert "to 26." not in first and "to 25." in first and "to 0." not in first and len(asked) < 25
    assert "to 0." in page(browser_of(bob), "/messages?before=" + first.partition("before=")[2].partition('"')[0])


def test_a_report_shows_the_admin_that_message_alone(pair, browser_of):
    alice, bob = pair
    says(bob, alice, "SECRET-BEFORE")
    message = says(alice, bob, "Buy my pills")
    path, browser = f"/messages/{message.conversation_id}/messages/{message.id}/report", browser_of(bob)
    assert fill(browser, path, words="Spam").status_code == 303
    assert "Take the report back" in page(browser, path)
    admin = browser_of(a_person("ada", is_admin=True))
    shown = page(admin, "/admin/reports")
    assert "Buy my pills" in shown and "Spam" in shown and "SECRET-BEFORE" not in shown
    number = db.session.query(MessageReport).one().id
    send(admin, shown, f"/admin/reports/{number}/stop")
    stopped = page(browser_of(alice), f"/messages/{message.conversation_id}")
    assert "An admin of this site ended your writing" in stopped and 'name="text"' not in stopped
    send(admin, page(admin, "/admin/reports"), f"/admin/reports/{number}/reopen")
    assert 'name="text"' in page(browser_of(alice), f"/messages/{message.conversation_id}")
    send(browser, page(browser, path), f"{path}/back")
    assert db.session.query(MessageReport).count() == 0


def test_whom_one_may_write_to_is_suggested_while_nobody_has_written(app, browser_of):
    alice, bob = a_person("alice"), a_person("bob")
    crew = a_group()
    event = an_event(crew)
    for person in (alice, bob):
        respond(event, person, person.name, GOING, Party(1), "", NOW)
    db.session.commit()
    shown = page(browser_of(alice), "/messages")
    assert f"/messages/to/{bob.public_id}" in shown and "Coyote Creek clean-up" in shown
    assert "example.org" not in shown
    assert db.session.query(Side).count() == 0
