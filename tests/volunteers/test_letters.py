"""What letters, invitations and calendars say of shifts."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import icalendar
import pytest
from sqlalchemy import select

from staytouch_events.access.feeds import calendar_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, restore, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.rsvps import letters as answers
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers.actions import claim, claim_as_guest, release
from staytouch_events.volunteers.roles import save_role
from staytouch_events.volunteers.shifts import remove_shift, save_shift
from staytouch_events.volunteers.staffing import decide, move

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..walks.letters import invitation_in, text_of
from .cast import a_role, a_shift

ZONE = "America/Los_Angeles"


def letter_to(who: str, now=NOW) -> EmailMessage:
    """The last letter to somebody, as it goes out now."""
    db.session.commit()
    last = select(Letter).where(Letter.to_email == f"{who}@example.org").order_by(Letter.id.desc())
    return message_from_bytes(render(db.session.scalars(last).first(), now)[2], policy=policy.default)


def words(letter: EmailMessage) -> str:
    """Its text, with plain blanks."""
    return text_of(letter).replace("\u00a0", " ")


@pytest.fixture
def driver(app):
    """A shift with all that one is told about it."""
    event = an_event(a_group(), capacity=9)
    told = {"instructions": "Keys are **at the gate**.", "contact": "Ana 555-0100"}
    return a_shift(event, a_role(event.group, **told), place="The lot", notes="Bring gloves")


def test_the_letter_and_its_invitation_say_role_hours_and_instructions(driver):
    row = claim(driver, a_person("bob"), "Bob", NOW)
    letter = letter_to("bob")
    text, (method, entry) = words(letter), invitation_in(letter)
    for said in (
        "the job is yours: Driver, 8:30–9:30 am",
        "1 spot at the event is yours",
        "Ana 555-0100",
        "Bring gloves",
    ):
        assert said in text, said
    assert letter["Subject"].replace("\u00a0", " ") == "Yours: Driver, 8:30–9:30 am"
    assert (method, str(entry["UID"])) == ("REQUEST", row.rsvp.event.uid)
    for said in ("Your job: Driver", "8:30–9:30", "The lot", "Keys are at the gate.", "Ana 555-0100"):
        assert said in str(entry["DESCRIPTION"]), said


def test_each_change_renews_the_invitation_and_is_said(driver):
    event, bob = driver.event, a_person("bob")
    other = a_shift(event, a_role(event.group, name="Counter"), starts_after=90)
    row, seen = claim(driver, bob, "Bob", NOW), []

    def note(subject: str) -> str:
        letter = letter_to("bob")
        assert letter["Subject"].replace("\u00a0", " ").startswith(subject), letter["Subject"]
        seen.append(invitation_in(letter)[1]["SEQUENCE"])
        return words(letter)

    note("Yours: Driver")
    row = move(row, other, NOW, tell=True)
    assert "It was: Driver, 8:30–9:30 am" in note("Your job is now: Counter")
    save_shift(other, {"starts_after": 120}, NOW)
    assert "It was: Counter, 10–11 am" in note("Changed: Counter, 10:30–11:30 am")
    release(row, NOW)
    db.session.delete(db.session.scalars(select(Letter).where(Letter.kind == "volunteers.changed")).one())
    assert "you gave it up" in note("Given up: Counter")
    assert seen == sorted(set(seen))
    remove_shift(driver, NOW, tell=True)
    waits = a_shift(event, a_role(event.group, name="Sharps", approval=True))
    asks = claim(waits, bob, "Bob", NOW)
    assert "the crew says yes first" in note("We ask the crew: Sharps")
    decide(asks, False, NOW)
    assert "can't give you this job" in note("Not this time: Sharps")


def test_instructions_are_for_whoever_has_the_job(driver):
    claim(driver, a_person("bob"), "Bob", NOW)
    claim(driver, a_person("charlie"), "Charlie", NOW)
    letter = letter_to("charlie")
    assert "You're number 1 in line" in words(letter) and "555-0100" not in words(letter)
    assert "555-0100" not in str(invitation_in(letter)[1]["DESCRIPTION"])


def test_every_letter_about_the_answer_carries_the_job(driver):
    rsvp = claim(driver, a_person("bob"), "Bob", NOW).rsvp
    answers.remind(rsvp, NOW)
    assert "Your job: Driver" in words(letter_to("bob")) and "at the gate" in words(letter_to("bob"))
    starts = driver.event.starts_wall + timedelta(days=7, hours=1)
    save(driver.event, times(starts, starts + timedelta(hours=3), ZONE), NOW)
    assert "9:30–10:30 am" in words(letter_to("bob")).split("Your job: Driver")[1]


def test_a_letter_that_lost_its_point_is_dropped(driver):
    row = claim(driver, a_person("bob"), "Bob", NOW)
    waits = claim(driver, a_person("charlie"), "Charlie", NOW)
    release(row, NOW)
    promoted = db.session.scalar(select(Letter).where(Letter.to_email == "charlie@example.org"))
    assert promoted.facts["news"] == "promoted"
    waits.standing = "none"
    db.session.commit()
    with pytest.raises(Dropped):
        render(promoted, NOW)
    save_shift(driver, {"place": "Elsewhere"}, NOW)
    save_shift(driver, {"place": "The lot"}, NOW)


def test_a_known_address_is_asked_by_a_link_to_one_button(driver):
    gia = a_person("gia", joined_at=None)
    rsvp = respond(driver.event, gia, "Gia", GOING, Party(), "", NOW).rsvp
    claim_as_guest(driver, "gia@example.org", "Mallory", "en", NOW)
    text = words(letter_to("gia"))
    assert "nothing has changed yet" in text and f"/rsvps/{manage_token(rsvp)}?shift={driver.id}" in text
    assert "Mallory" not in text


def test_letters_are_in_the_readers_language(driver):
    claim_as_guest(driver, "rosa@example.org", "Rosa", "es", NOW)
    letter = letter_to("rosa")
    assert "el puesto es tuyo: Driver" in words(letter) and "Tu puesto: Driver" in words(letter)


def test_organizers_hear_of_the_answer_and_of_who_asks(app):
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, OWNER)
    event = an_event(group)
    claim(a_shift(event, a_role(group, name="Sharps", approval=True)), a_person("bob"), "Bob", NOW)
    db.session.commit()
    kinds = {row.kind for row in db.session.scalars(select(Letter).where(Letter.to_email == "alice@example.org"))}
    assert kinds == {"rsvps.host_answer", "volunteers.question"}
    question = db.session.scalar(select(Letter).where(Letter.kind == "volunteers.question"))
    assert b"/manage/shifts/" in render(question, NOW)[2]


def entries(client, path: str) -> dict[str, icalendar.Event]:
    """What a calendar program finds, by title."""
    found = icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")
    return {str(entry["SUMMARY"]): entry for entry in found}


def test_a_held_shift_is_an_entry_of_its_own(driver, client):
    bob = a_person("bob")
    row = claim(driver, bob, "Bob", NOW)
    db.session.commit()
    feed, mine = f"/calendars/{calendar_token(bob)}.ics", f"/rsvps/{manage_token(row.rsvp)}.ics"
    for path in (feed, mine):
        entry = entries(client, path)["Driver: Coyote Creek clean-up"]
        assert (str(entry["UID"]), entry["SEQUENCE"], str(entry["STATUS"])) == (row.uid, 1, "CONFIRMED")
        assert (entry["DTEND"].dt - entry["DTSTART"].dt) == timedelta(hours=1)
        assert "at the gate" in str(entry["DESCRIPTION"]) and "ATTENDEE" not in entry
    release(row, NOW)
    db.session.commit()
    assert "Driver: Coyote Creek clean-up" not in entries(client, feed)


def test_the_entry_keeps_its_uid_and_counts_on_through_all_that_happens(driver, client):
    bob = a_person("bob")
    row = claim(driver, bob, "Bob", NOW)
    event, path, seen = driver.event, f"/calendars/{calendar_token(bob)}.ics", []

    def note() -> str:
        db.session.commit()
        (entry,) = (one for title, one in entries(client, path).items() if "Driver" in title)
        assert str(entry["UID"]) == row.uid
        seen.append(entry["SEQUENCE"])
        return str(entry["STATUS"])

    assert note() == "CONFIRMED"
    starts = datetime(2026, 12, 5, 9)
    save(event, times(starts, starts + timedelta(hours=3), ZONE), NOW)
    assert note() == "CONFIRMED"
    save_shift(driver, {"starts_after": 30}, NOW)
    assert note() == "CONFIRMED"
    cancel(event, "Rain", NOW)
    assert note() == "CANCELLED"
    restore(event, NOW)
    assert note() == "CONFIRMED"
    assert seen == sorted(set(seen))


def test_a_polled_calendar_changes_with_the_shift_and_only_then(driver, client):
    bob = a_person("bob")
    claim(driver, bob, "Bob", NOW)
    db.session.commit()
    path = f"/calendars/{calendar_token(bob)}.ics"
    tags = [client.get(path).headers["ETag"]]
    assert client.get(path, headers={"If-None-Match": tags[0]}).status_code == 304
    later = NOW + timedelta(minutes=5)
    for change in (
        lambda: save_shift(driver, {"notes": "Bring water"}, later),
        lambda: save_role(driver.role, {"name": "Hauler"}, later + timedelta(minutes=1)),
    ):
        change()
        db.session.commit()
        tags.append(client.get(path).headers["ETag"])
    assert len(set(tags)) == 3


def test_a_calendars_words_are_the_persons_not_the_programs(driver, client):
    bob = a_person("bob", language="es")
    claim(driver, bob, "Bob", NOW)
    db.session.commit()
    path = f"/calendars/{calendar_token(bob)}.ics"
    one, two = (client.get(path, headers={"Accept-Language": asked}).data for asked in ("en", "es"))
    (entry,) = (row for row in icalendar.Calendar.from_ical(one).walk("VEVENT") if "Driver" not in str(row["SUMMARY"]))
    assert one == two and "Tu puesto: Driver" in str(entry["DESCRIPTION"])
