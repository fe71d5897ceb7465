"""What is unread comes by mail: after a while, once, and not when it was read by then."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from staytouch_events.conversations import actions
from staytouch_events.conversations.telling import AFTER, AGAIN, UNREAD, correspondent
from staytouch_events.db import db
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render

from ..cast import NOW, a_person
from ..walks.letters import text_of
from .cast import crew_mates, says, side_between


def letters(kind: str = UNREAD) -> list[Letter]:
    """The letters of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def opened(letter: Letter, now=NOW) -> EmailMessage:
    """A letter as it goes out."""
    return message_from_bytes(render(letter, now)[2], policy=policy.default)


def wait(how: timedelta) -> None:
    """The worker looks, so long after."""
    run_due(NOW + how)


def test_several_unread_messages_are_one_letter_after_a_while(app):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob, "**First** one")
    says(alice, bob, "Second", NOW + timedelta(minutes=14))
    wait(AFTER - timedelta(seconds=1))
    assert letters() == []
    wait(AFTER)
    (letter,) = letters()
    mail = opened(letter)
    words = text_of(mail)
    assert (letter.to_email, mail["Subject"]) == ("bob@example.org", "Alice wrote you 2 messages")
    assert "First one" in words and "Second" in words and "/messages/1#write" in words
    assert "alice@example.org" not in mail.as_string() and "does not reach Alice" in words
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("what", ["read", "mute", "block", "answer", "take back", "no mail"])
def test_there_is_no_letter_when_it_has_lost_its_point(app, what):
    alice, bob = crew_mates("alice", "bob")
    message, side = says(alice, bob), side_between(bob, alice)
    match what:
        case "read":
            actions.read(side, message.id)
        case "answer":
            says(bob, alice, now=NOW + AFTER)
        case "take back":
            actions.take_back(message, alice, NOW)
        case "no mail":
            correspondent(bob).mailed = False
        case "mute":
            actions.mute(side, NOW)
            says(alice, bob, "Once more")
        case _:
            actions.VERBS[what](side, NOW)
    db.session.commit()
    wait(AFTER)
    assert [letter for letter in letters() if letter.to_email == bob.email] == []


def test_what_is_read_before_the_letter_goes_is_dropped(app):
    alice, bob = crew_mates("alice", "bob")
    message = says(alice, bob)
    wait(AFTER)
    actions.read(side_between(bob, alice), message.id)
    db.session.commit()
    with pytest.raises(Dropped):
        render(letters()[0], NOW)


def test_nothing_more_comes_until_it_was_read_or_a_day_has_gone(app):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob, "One")
    wait(AFTER)
    says(alice, bob, "Two", NOW + timedelta(hours=1))
    wait(timedelta(hours=2))
    assert len(letters()) == 1
    wait(AFTER + AGAIN)
    assert "Two" in text_of(opened(letters()[1])) and "One" not in text_of(opened(letters()[1]))
    actions.read(side_between(bob, alice), 10**6)
    says(alice, bob, "Three", NOW + timedelta(days=2))
    run_due(NOW + timedelta(days=2) + AFTER)
    assert len(letters()) == 3


def test_a_request_is_mailed_without_its_words(app):
    says(a_person("alice"), a_person("bob"), "NASTY WORDS")
    wait(AFTER)
    mail = opened(letters()[0])
    assert mail["Subject"] == "Alice asks to write with you" and "NASTY" not in mail.as_string()


def test_one_click_ends_the_mail_and_a_button_begins_it_again(app, client):
    alice, bob = crew_mates("alice", "bob")
    says(alice, bob)
    wait(AFTER)
    path = opened(letters()[0])["List-Unsubscribe"].strip("<>").partition("http://127.0.0.1:8000")[2]
    assert client.get(path).status_code == 200 and correspondent(bob).mailed
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    db.session.expire_all()
    assert not correspondent(bob).mailed
    client.post(path, data={"again": "1"})
    db.session.expire_all()
    assert correspondent(bob).mailed
