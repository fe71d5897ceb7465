"""Mail that comes back: whom it stops, what organizers see, and how it goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.organize import announcing
from staytouch_events.outbox.models import BOUNCED, DEAD, SENT, Letter
from staytouch_events.outbox.pump import send_due
from staytouch_events.outbox.stops import is_stopped, stop_mail, stopped_among
from staytouch_events.outbox.transport import AddressRefused, PermanentFailure, open_transport
from staytouch_events.people.actions import ask_to_sign_in, let_in
from staytouch_events.posts.models import Place
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import MAYBE

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..outbox.test_pump import Carrier
from ..outbox.test_transport import RAW, Handler, server  # noqa: F401
from .cast import REPLY_TO, arrives, receiving
from .test_replies import answered, letters, made_of

NOBODY = "550 5.1.1 <bob@example.org>: no such user"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def rsvp(app):
    """Bob is going to alice's event, and the letter that says so was sent."""
    receiving(app)
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    rsvp = answered(an_event(group))
    send_due(Carrier(), NOW)
    return rsvp


def a_report(letter: Letter, status="5.1.1", action="failed", returned="text/rfc822-headers", message_id="") -> bytes:
    """What a mail server sends back (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mx.example.org\r
To: {REPLY_TO}\r
Subject: Undelivered Mail\r
MIME-Version: 1.0\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
I'm sorry.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example.org\r
\r
Final-Recipient: rfc822; bob@example.org\r
Action: {action}\r
Status: {status}\r
Diagnostic-Code: smtp; {NOBODY}\r
\r
--b\r
Content-Type: {returned}\r
\r
From: {REPLY_TO}\r
Message-ID: {message_id or letter.message_id}\r
\r
--b--\r
""".encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_letter_that_comes_back_stops_its_address_and_says_so_in_the_log(rsvp, returned):
    letter = letters("rsvps.answered")[0]
    arrives(REPLY_TO, a_report(letter, returned=returned))
    assert is_stopped("bob@example.org") and "came back" in made_of()
    assert (letter.state, letter.last_error) == (BOUNCED, f"smtp; {NOBODY}")


@pytest.mark.parametrize(
    "what",
    [
        {"status": "5.2.2"},
        {"status": "5.7.1"},
        {"status": "4.1.1"},
        {"action": "delayed"},
        {"message_id": "<guessed@127.0.0.1>"},
    ],
)
def test_a_full_box_a_delay_a_refused_text_or_a_forged_report_stops_nothing(rsvp, what):
    letter = letters("rsvps.answered")[0]
    arrives(REPLY_TO, a_report(letter, **what))
    assert not is_stopped("bob@example.org") and letter.state == SENT


def test_a_server_that_knows_nobody_of_that_name_stops_the_address_at_once(rsvp):
    rsvp = answered(rsvp.event, "cleo")
    send_due(Carrier(AddressRefused(NOBODY)), NOW)
    assert is_stopped("cleo@example.org") and letters("rsvps.answered")[-1].state == BOUNCED
    answered(rsvp.event, "dan")
    send_due(Carrier(PermanentFailure("554 5.7.1 spam")), NOW)
    assert not is_stopped("dan@example.org") and letters("rsvps.answered")[-1].state == DEAD


def test_nothing_is_sent_to_a_stopped_address_until_its_owner_asks_for_a_letter(rsvp):
    stop_mail("bob@example.org", NOBODY, NOW)
    respond(rsvp.event, rsvp.person, "Bob", MAYBE, Party(1), "", NOW)
    db.session.commit()
    carrier = Carrier()
    send_due(carrier, LATER)
    assert "bob@example.org" not in dict(carrier.taken)
    assert letters("rsvps.answered")[-1].last_error == "mail to this address came back before"
    ask_to_sign_in("bob@example.org", "/", "en", LATER)
    db.session.commit()
    send_due(carrier, LATER)
    assert "bob@example.org" in dict(carrier.taken) and not is_stopped("bob@example.org")


def test_signing_in_proves_the_address(rsvp):
    stop_mail("bob@example.org", NOBODY, NOW)
    let_in("bob@example.org", "", NOW)
    assert not is_stopped("bob@example.org")


def test_a_second_report_brings_the_words_up_to_date(rsvp):
    for words in ("one", "two" * 500):
        stop_mail("bob@example.org", words, NOW)
    assert stopped_among(["bob@example.org", None, "cleo@example.org"]) == {"bob@example.org"}


@pytest.mark.parametrize(
    ("said", "failure"),
    [(NOBODY, AddressRefused), ("554 5.7.1 you are listed", PermanentFailure), ("550 no", PermanentFailure)],
)
def test_of_refusals_at_the_door_only_nobody_there_is_the_addresss_fault(server, tmp_path, said, failure):  # noqa: F811
    class Strict(Handler):
        """Knows no recipient."""

        async def handle_RCPT(self, *_) -> str:
            """No."""
            return said

    with pytest.raises(failure) as caught:
        open_transport(f"smtp://127.0.0.1:{server(Strict())}", tmp_path).send("a@example.org", "b@example.org", RAW)
    assert type(caught.value) is failure


def test_organizers_see_whom_no_mail_reaches(rsvp, browser_of):
    answered(rsvp.event, "cleo")
    stop_mail("bob@example.org", NOBODY, NOW)
    db.session.commit()
    alice = browser_of(rsvp.event.group.memberships[0].person)
    assert "Mail to 1 person came back: Coyote Creek clean-up" in alice.get("/dashboard").text
    people = f"/events/{rsvp.event.slug}/manage/people"
    found = alice.get(f"{people}?bounced=1").text
    assert "bob@example.org" in found and "mail came back" in found and "cleo@example.org" not in found
    assert NOBODY.partition("<")[0] in alice.get(f"{people}/{rsvp.id}").text


def test_the_log_of_a_letter_to_everyone_says_what_came_back(rsvp, browser_of):
    alice = rsvp.event.group.memberships[0].person
    said = {"audience": "coming", "asked": {}, "subject": "Boots", "text": "Wet.", "replies": False}
    row = announcing.draft(Place(rsvp.event.group, rsvp.event), alice, said, NOW)
    announcing.send(row, alice, NOW)
    db.session.commit()
    send_due(Carrier(), LATER)
    sent = db.session.scalar(select(Letter).where(Letter.about == row.about))
    arrives(REPLY_TO, a_report(sent), LATER)
    page = browser_of(alice).get(f"/events/{rsvp.event.slug}/manage/announce/{row.id}")
    assert "1 came back" in page.text and "no such user" in page.text
