"""Three times are proposed, one is taken: an appointment in both calendars, that moves and is called off."""

from datetime import UTC, datetime, timedelta

import pytest

from staytouch_events.access.feeds import calendar_token
from staytouch_events.conversations import meetings
from staytouch_events.conversations.meeting_models import Meeting, Proposal
from staytouch_events.conversations.models import Message
from staytouch_events.db import db
from staytouch_events.groups.models import Group
from staytouch_events.people.deletion import delete
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_person, an_event
from ..forms import fill, send
from ..walks.letters import invitation_in, text_of
from .cast import crew_mates, says, side_between
from .test_telling import letters, opened

FIRST = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
TIMES = [FIRST + timedelta(days=days) for days in range(3)]
COFFEE = {"what": "Coffee", "place": "Berryessa BART", "zone": "America/Los_Angeles", "minutes": 60}


@pytest.fixture
def pair(app):
    """Two who write to each other; bob is in Berlin."""
    alice, bob = crew_mates("alice", "bob")
    alice.zone, bob.zone = "America/Los_Angeles", "Europe/Berlin"
    says(alice, bob)
    return alice, bob


def proposes(alice, bob, meeting=None, times=TIMES) -> Proposal:
    """Have one propose."""
    fields = {**COFFEE, "times": [time.isoformat() for time in times]}
    made = meetings.propose(side_between(alice, bob), alice, fields, "", NOW, meeting)
    db.session.commit()
    return made


def takes(bob, alice, proposal, number=1) -> Meeting:
    """Have the other take one."""
    meeting = meetings.take(proposal, number, side_between(bob, alice), NOW)
    db.session.commit()
    return meeting


def test_taking_one_brings_it_into_both_calendars_and_moving_moves_it_there(pair):
    alice, bob = pair
    meeting = takes(bob, alice, proposes(alice, bob))
    first, second = letters("conversations.meeting")
    assert [first.to_email, second.to_email] == ["alice@example.org", "bob@example.org"]
    mail = opened(second)
    method, entry = invitation_in(mail)
    assert (method, entry["SEQUENCE"], str(entry["STATUS"]), str(entry["SUMMARY"]), entry["DTSTART"].dt) == (
        "REQUEST",
        0,
        "CONFIRMED",
        "Coffee with Alice",
        TIMES[1],
    )
    assert "in Los Angeles, for you" in text_of(mail) and "alice@example.org" not in mail.as_string()
    for letter in (first, second):
        letter.state = "sent"
    moved = takes(bob, alice, proposes(alice, bob, meeting, [FIRST + timedelta(days=9)]), 0)
    method, again = invitation_in(opened(letters("conversations.meeting")[-1]))
    assert (moved.id, method, again["UID"], again["SEQUENCE"]) == (meeting.id, "REQUEST", entry["UID"], 1)
    for letter in letters("conversations.meeting"):
        letter.state = "sent"
    meetings.call_off(meeting, NOW)
    meetings.call_off(meeting, NOW)
    method, gone = invitation_in(opened(letters("conversations.meeting")[-1]))
    assert (method, gone["UID"], gone["SEQUENCE"], str(gone["STATUS"])) == ("CANCEL", entry["UID"], 2, "CANCELLED")
    assert len(letters("conversations.meeting")) == 6


def test_a_letter_that_waits_is_brought_up_to_date(pair):
    alice, bob = pair
    meeting = takes(bob, alice, proposes(alice, bob))
    meetings.call_off(meeting, NOW)
    assert [letter.facts["news"] for letter in letters("conversations.meeting")] == ["off", "off"]


@pytest.mark.parametrize("wrong", ["own", "twice", "past", "missing", "blocked"])
def test_only_the_other_takes_an_open_time_once(pair, wrong):
    alice, bob = pair
    proposal = proposes(alice, bob)
    side, number, now = side_between(bob, alice), 1, NOW
    if wrong == "own":
        side = side_between(alice, bob)
    if wrong == "twice":
        takes(bob, alice, proposal)
    if wrong == "past":
        now = TIMES[1]
    if wrong == "missing":
        number = 3
    if wrong == "blocked":
        side.blocked = True
    with pytest.raises(Refused):
        meetings.take(proposal, number, side, now)


def test_none_of_them_is_said_to_the_proposer(pair):
    alice, bob = pair
    proposal = proposes(alice, bob)
    meetings.take_none(proposal, side_between(bob, alice), bob, NOW)
    db.session.commit()
    assert proposal.closed_at and side_between(alice, bob).has_unread
    assert "None of these" in db.session.query(Message).order_by(Message.id.desc()).first().text


def test_times_are_not_proposed_to_somebody_who_has_not_accepted(app):
    alice, bob = a_person("alice"), a_person("bob")
    says(alice, bob)
    with pytest.raises(Refused):
        proposes(alice, bob)


def test_the_form_speaks_the_proposers_zone_and_the_page_the_readers_too(pair, browser_of):
    alice, bob = pair
    browser = browser_of(alice)
    typed = {"what": "Coffee", "day1": "2026-11-28", "time1": "10:00", "day2": "2026-11-29", "time2": "9:30"}
    assert fill(browser, "/messages/1/times", **typed).status_code == 303
    proposal = db.session.query(Proposal).one()
    assert proposal.times == ["2026-11-28T18:00:00+00:00", "2026-11-29T17:30:00+00:00"]
    shown = browser_of(bob).get("/messages/1").get_data(as_text=True)
    assert "Saturday 28 November, 10–11" in shown and "for you Saturday 28 November, 7–8" in shown
    assert send(browser_of(bob), shown, f"/messages/1/times/{proposal.id}", at="0").status_code in (303, 409)


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"what": ""}, "Say what it is"),
        ({"day1": ""}, "Choose a day"),
        ({"day2": "2026-11-29"}, "Choose a time"),
        ({"day1": "2026-11-23"}, "This has passed"),
        ({"day1": "2027-03-14", "time1": "02:30"}, "does not exist"),
        ({"day1": "2027-11-07", "time1": "01:30"}, "comes twice"),
    ],
)
def test_a_time_that_cannot_be_meant_is_told_at_its_field(pair, browser_of, typed, told):
    given = {"what": "Coffee", "day1": "2026-11-28", "time1": "10:00", **typed}
    answer = fill(browser_of(pair[0]), "/messages/1/times", **given)
    assert answer.status_code == 422 and told in answer.get_data(as_text=True)
    assert db.session.query(Proposal).count() == 0


def test_what_one_has_on_then_is_seen_by_oneself_alone(pair, browser_of):
    alice, bob = pair
    event = an_event(db.session.query(Group).one(), title="Bob's own")
    respond(event, bob, "Bob", GOING, Party(1), "", NOW)
    db.session.commit()
    proposes(alice, bob)
    assert "You have Bob&#39;s own then" in browser_of(bob).get("/messages/1").get_data(as_text=True)
    assert "Bob&#39;s own" not in browser_of(alice).get("/messages/1").get_data(as_text=True)


def test_an_appointment_stands_on_the_agenda_and_in_the_personal_calendar(pair, browser_of, client):
    alice, bob = pair
    feed = f"/calendars/{calendar_token(bob)}.ics"
    before = client.get(feed)
    meeting = takes(bob, alice, proposes(alice, bob))
    assert "Coffee with Alice" in browser_of(bob).get("/agenda").get_data(as_text=True)
    after = client.get(feed)
    assert b"SUMMARY:Coffee with Alice" in after.data and before.headers["ETag"] != after.headers["ETag"]
    assert client.get(feed, headers={"If-None-Match": after.headers["ETag"]}).status_code == 304
    meetings.call_off(meeting, NOW + timedelta(hours=1))
    db.session.commit()
    assert b"STATUS:CANCELLED" in client.get(feed).data
    assert "Coffee with Alice" not in browser_of(bob).get("/agenda").get_data(as_text=True)


def test_who_leaves_calls_their_appointments_off(pair):
    alice, bob = pair
    takes(bob, alice, proposes(alice, bob))
    for letter in letters("conversations.meeting"):
        letter.state = "sent"
    delete(alice, NOW)
    (letter,) = [row for row in letters("conversations.meeting") if row.state != "sent"]
    assert letter.to_email == "bob@example.org"
    assert invitation_in(opened(letter))[0] == "CANCEL"


def test_somebody_elses_proposals_and_appointments_are_missing(pair, browser_of):
    alice, bob = pair
    proposal = proposes(alice, bob)
    meeting = takes(bob, alice, proposal)
    charlie = a_person("charlie")
    says(charlie, bob)
    browser = browser_of(charlie)
    for path in (f"/messages/2/times/{proposal.id}", f"/messages/2/meetings/{meeting.id}/off", "/messages/1/times"):
        assert browser.post(path).status_code == 404, path


COFFEE_TYPED = {"what": "Coffee", "day1": "2026-11-28", "time1": "10:00"}


def test_times_are_a_first_word_to_somebody_one_knows(app, browser_of):
    alice, bob = crew_mates("alice", "bob")
    path = f"/messages/to/{bob.public_id}/times"
    told = fill(browser_of(alice), path, **{**COFFEE_TYPED, "what": ""})
    assert told.status_code == 422 and 'value="10:00"' in told.get_data(as_text=True)
    assert db.session.query(Message).count() == 0
    assert fill(browser_of(alice), path, **COFFEE_TYPED).location == "/messages/1#write"
    assert db.session.query(Proposal).one().message.writer_id == alice.id
    assert browser_of(alice).get(path).location == "/messages/1/times"


def test_somebody_who_has_to_be_asked_first_is_written_to_first(app, browser_of):
    stranger = a_person("zoe")
    browser = browser_of(a_person("alice"))
    assert browser.get(f"/messages/to/{stranger.public_id}/times").location == f"/messages/to/{stranger.public_id}"
