"""Answers by mail program: what proves them, what they change, what they never do."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import reply_address
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.groups.models import OWNER
from staytouch_events.inbound.models import ReceivedMail
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.letters import send_manage_link
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE, SEATED, WAITING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..walks.letters import invitation_in, text_of
from .cast import REPLY_TO, a_reply, arrives, receiving


@pytest.fixture
def rsvp(app):
    """Bob is going to an event that alice organizes, at a site that receives mail."""
    receiving(app)
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    return answered(an_event(group))


def answered(event, who="bob", answer=GOING, now=NOW):
    """Somebody's answer on the site."""
    person = a_person(who)
    found = respond(event, person, person.name, answer, Party(1), "", now).rsvp
    db.session.commit()
    return found


def letters(kind: str) -> list[Letter]:
    """All of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def read(kind: str):
    """The last letter of a kind as it goes out."""
    return message_from_bytes(render(letters(kind)[-1], NOW)[2], policy=policy.default)


def made_of(count: int = 1) -> str:
    """What was made of the last message, after so many."""
    rows = db.session.scalars(select(ReceivedMail).order_by(ReceivedMail.id)).all()
    assert len(rows) == count and rows[-1].raw is None
    return rows[-1].why


@pytest.mark.parametrize("kind", ["text/calendar", "application/ics"])
@pytest.mark.parametrize(("partstat", "answer"), [("DECLINED", DECLINED), ("TENTATIVE", MAYBE)])
def test_a_button_of_a_mail_program_changes_the_answer(rsvp, kind, partstat, answer):
    arrives(reply_address(rsvp), a_reply(rsvp, partstat, kind=kind))
    assert rsvp.answer == answer and letters("rsvps.host_answer")


def test_an_invitation_says_where_its_answers_go_and_keeps_saying_it(rsvp, app):
    message = read("rsvps.answered")
    (address,) = message["Reply-To"].addresses
    assert address.addr_spec == reply_address(rsvp) and len(address.username) <= 64
    assert str(invitation_in(message)[1]["ORGANIZER"]) == f"mailto:{reply_address(rsvp)}"
    rsvp.invite_organizer = "old@example.net"
    respond(rsvp.event, rsvp.person, "Bob", MAYBE, Party(1), "", NOW)
    assert str(invitation_in(read("rsvps.answered"))[1]["ORGANIZER"]) == "mailto:old@example.net"


def test_where_no_mail_comes_in_an_invitation_is_as_it_was(rsvp, app):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], inbound_mail_token="")
    other = answered(rsvp.event, "charlie")
    message = read("rsvps.answered")
    assert message["Reply-To"] is None and other.invite_organizer == REPLY_TO


def test_a_declined_seat_goes_to_the_line(rsvp):
    save(rsvp.event, {"capacity": 1}, NOW)
    next_one = answered(rsvp.event, "charlie")
    assert next_one.standing == WAITING
    arrives(reply_address(rsvp).upper(), a_reply(rsvp))
    assert (rsvp.answer, next_one.standing) == (DECLINED, SEATED)
    arrives(reply_address(rsvp), a_reply(rsvp, "ACCEPTED", NOW + timedelta(minutes=1)))
    assert (rsvp.answer, rsvp.standing) == (GOING, WAITING)


def test_an_answer_without_a_token_changes_nothing_and_asks_the_organizers(rsvp):
    arrives(REPLY_TO, a_reply(rsvp))
    assert rsvp.answer == GOING and "nothing was changed" in made_of()
    assert letters("rsvps.reply_unproved")[0].to_email == "alice@example.org"
    assert "Bob can't come" in text_of(read("rsvps.reply_unproved"))


def test_however_many_forged_answers_come_the_organizers_are_asked_once_while_a_letter_waits(rsvp):
    for at, partstat in enumerate(["DECLINED", "TENTATIVE", "DECLINED"]):
        arrives(REPLY_TO, a_reply(rsvp, partstat, NOW + timedelta(minutes=at)))
    assert len(letters("rsvps.reply_unproved")) == 1


def test_what_is_written_back_to_any_letter_about_an_answer_reaches_the_organizers_and_theirs_not_themselves(rsvp):
    send_manage_link(rsvp, NOW)
    assert read("rsvps.link")["Reply-To"] == reply_address(rsvp)
    assert read("rsvps.host_answer")["Reply-To"] == "bob@example.org"
    arrives(REPLY_TO, a_reply(rsvp))
    assert read("rsvps.reply_unproved")["Reply-To"] is None


def test_the_token_of_one_answer_proves_no_other(rsvp):
    charlies = answered(rsvp.event, "charlie")
    elsewhere = respond(an_event(rsvp.event.group, title="Other"), charlies.person, "C", GOING, Party(1), "", NOW).rsvp
    db.session.commit()
    for mine in (charlies, elsewhere):
        arrives(reply_address(mine), a_reply(rsvp))
    arrives(reply_address(elsewhere), a_reply(charlies))
    assert rsvp.answer == charlies.answer == elsewhere.answer == GOING


def test_a_made_up_token_proves_nothing(rsvp):
    local, domain = reply_address(rsvp).split("@")
    arrives(f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}", a_reply(rsvp))
    assert rsvp.answer == GOING


def test_where_a_program_answers_to_another_address_of_ours_the_organizer_line_proves_it(rsvp):
    arrives(REPLY_TO, a_reply(rsvp, organizer=reply_address(rsvp)))
    assert rsvp.answer == DECLINED


def test_an_older_answer_that_comes_later_changes_nothing(rsvp):
    arrives(reply_address(rsvp), a_reply(rsvp, "TENTATIVE", NOW))
    arrives(reply_address(rsvp), a_reply(rsvp, "DECLINED", NOW - timedelta(hours=1)))
    assert rsvp.answer == MAYBE and "older" in made_of(2)


def test_a_stamp_far_ahead_does_not_shut_out_later_answers(rsvp):
    arrives(reply_address(rsvp), a_reply(rsvp, "DECLINED", NOW + timedelta(days=400)))
    assert rsvp.answer == GOING
    arrives(reply_address(rsvp), a_reply(rsvp, "TENTATIVE", NOW))
    assert rsvp.answer == MAYBE


def test_the_same_message_twice_is_one(rsvp):
    raw = a_reply(rsvp)
    for _time in range(2):
        arrives(reply_address(rsvp), raw)
    assert made_of(1) == "declined"


def test_an_answer_that_changes_nothing_is_not_told_again(rsvp):
    told = len(letters("rsvps.answered"))
    arrives(reply_address(rsvp), a_reply(rsvp, "ACCEPTED"))
    assert len(letters("rsvps.answered")) == told and made_of() == "going, as before"


@pytest.mark.parametrize("partstat", ["NEEDS-ACTION", "DELEGATED", ""])
def test_what_says_neither_yes_nor_no_changes_nothing(rsvp, partstat):
    arrives(reply_address(rsvp), a_reply(rsvp, partstat))
    assert rsvp.answer == GOING


def test_a_cancel_or_request_that_comes_in_is_no_answer(rsvp):
    arrives(REPLY_TO, a_reply(rsvp, method="REQUEST"))
    assert rsvp.answer == GOING


def test_a_comment_goes_to_the_organizers(rsvp):
    arrives(reply_address(rsvp), a_reply(rsvp, comment="My knee\\, sorry"))
    assert rsvp.note == "My knee, sorry"
    assert "My knee, sorry" in text_of(read("rsvps.host_answer"))


def test_what_can_not_be_done_is_told_in_a_letter(rsvp):
    save(rsvp.event, {"answers_close_at": NOW - timedelta(hours=1)}, NOW)
    arrives(reply_address(rsvp), a_reply(rsvp, "TENTATIVE"))
    assert rsvp.answer == GOING
    assert "Answers are closed" in text_of(read("rsvps.reply_refused"))


def test_words_written_back_reach_the_organizers_and_an_absence_note_does_not(rsvp):
    body = "Subject: Re: hi\r\nFrom: bob@example.org\r\n{}\r\nI bring a rake."
    arrives(reply_address(rsvp), body.format("Auto-Submitted: auto-replied\r\n").encode())
    assert not letters("rsvps.wrote")
    arrives(reply_address(rsvp), body.format("").encode())
    message = read("rsvps.wrote")
    assert "I bring a rake." in text_of(message)
    assert (message["To"], message["Reply-To"]) == ("Alice <alice@example.org>", "bob@example.org")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT",
        b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n====",
        b"From: <<<\r\nDKIM-Signature: v=1; d=\r\nContent-Type: text/calendar; charset=nonsense\r\n\r\nx",
    ],
)
def test_broken_mail_is_read_without_a_stumble(rsvp, raw):
    arrives(reply_address(rsvp), raw)
    assert made_of() and rsvp.answer == GOING
