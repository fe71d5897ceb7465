"""What the day itself needs to know: written once, shown to whoever comes, and the brief that people tick."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from staytouch_events.attendance.actions import walk_in
from staytouch_events.attendance.briefing import COPIED, day_of, note_read, read_of, readers, save_day
from staytouch_events.attendance.models import WalkUp, who_is
from staytouch_events.db import db
from staytouch_events.events.actions import new_event
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.rsvps import letters
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, MAYBE

from ..cast import NOW, a_membership, a_person
from ..forms import fill, send
from ..walks.letters import text_of
from .cast import EARLY, a_day, a_helper, an_answer, manage

DAY = {
    "brief": "**Gloves on.** Needles are for the sharps lead.",
    "hospital": "Regional Medical Center",
    "hospital_address": "225 N Jackson Ave",
    "hospital_url": "https://maps.example.org/way",
    "lead": "Alice",
    "lead_phone": "408 555 0134",
    "end_signal": "Three whistles: come back to the truck",
}
PHONE, BRIEF = "408 555 0134", "Needles are for the sharps lead."


@pytest.fixture
def day(app):
    """An event that starts now, with everything written for it."""
    event = a_day()
    save_day(event, DAY, EARLY)
    db.session.commit()
    return event


def an_organizer(event):
    """Alice."""
    alice = a_person("alice")
    a_membership(alice, event.group, OWNER)
    return alice


def page_of(client, path: str) -> str:
    """A page's words."""
    return client.get(path).get_data(as_text=True)


def test_an_organizer_writes_it_on_one_page(app, browser_of):
    event = a_day()
    alice, path = browser_of(an_organizer(event)), f"/events/{event.slug}/manage/day"
    assert fill(alice, path, **DAY).status_code == 303
    info = day_of(event)
    assert {name: getattr(info, name) for name in COPIED} == DAY
    assert DAY["end_signal"] in page_of(alice, path)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"lead_phone": "call me"}, "Type a phone number"),
        ({"hospital_url": "the way"}, "This is not a web address."),
        ({"hospital_url": "javascript://x.org/%0aalert(1)"}, "This is not a web address."),
        ({"end_signal": "x" * 201}, "This is too long"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(app, browser_of, typed, words):
    event = a_day()
    answer = fill(browser_of(an_organizer(event)), f"/events/{event.slug}/manage/day", lead="Kept as typed", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Kept as typed" in page
    assert words in page.split(f'id="{next(iter(typed))}-wrong"')[1].split("</p>")[0]
    assert day_of(event) is None


def test_a_copy_takes_it_along(day):
    copy = new_event(day.group, NOW, copy_of=day)
    assert {name: getattr(day_of(copy), name) for name in COPIED} == DAY


def test_whoever_comes_finds_it_on_their_page_and_the_phone_is_for_a_seat(day, client):
    seated, maybe, no = an_answer(day), an_answer(day, "may"), an_answer(day, "nora")
    for rsvp, answer in ((maybe, MAYBE), (no, DECLINED)):
        respond(day, rsvp.person, rsvp.name, answer, Party(1), "", EARLY)
    db.session.commit()
    page = page_of(client, manage(seated))
    for part in (BRIEF, "Regional Medical Center", "225 N Jackson Ave", "Three whistles", PHONE, "tel:4085550134"):
        assert part in page, part
    theirs = page_of(client, manage(maybe))
    assert BRIEF in theirs and PHONE not in theirs and "4085550134" not in theirs
    assert BRIEF not in page_of(client, manage(no))


def test_the_public_sees_neither_phone_nor_brief_on_the_events_page(day, client):
    page = page_of(client, f"/events/{day.slug}")
    assert PHONE not in page and BRIEF not in page
    assert PHONE not in page_of(client, f"/events/{day.slug}/here")


def test_the_reminder_says_it(day):
    seated, waiting = an_answer(day), an_answer(day, "may")
    respond(day, waiting.person, "May", MAYBE, Party(1), "", EARLY)
    said = {}
    for rsvp in (seated, waiting):
        letters.remind(rsvp, EARLY)
        db.session.commit()
        row = db.session.scalars(select(Letter).where(Letter.key == f"reminder:{rsvp.id}")).one()
        said[rsvp.name] = text_of(message_from_bytes(render(row, EARLY)[2], policy=policy.default))
    for part in ("Gloves on. Needles", "Regional Medical Center", DAY["hospital_url"], PHONE, "Three whistles"):
        assert part in said["Gia"], part
    assert "Gloves on." in said["May"] and PHONE not in said["May"]


def test_no_other_letter_and_no_calendar_tells_the_phone(day, client):
    rsvp = an_answer(day)
    row = db.session.scalars(select(Letter).where(Letter.kind == "rsvps.answered")).one()
    assert PHONE.encode() not in render(row, EARLY)[2]
    assert PHONE not in page_of(client, manage(rsvp) + ".ics")


def test_one_press_says_that_one_has_read_the_brief(day, client, clock):
    rsvp = an_answer(day)
    assert "I have read it" in page_of(client, manage(rsvp)) and read_of(rsvp) is None
    assert client.post(manage(rsvp) + "/brief").status_code == 303
    assert read_of(rsvp).read_at == NOW and readers(day) == {who_is(rsvp)}
    page = page_of(client, manage(rsvp))
    assert "You read it: Tue 24 Nov, 10\xa0am." in page and "I have read it" not in page


def test_another_brief_is_read_again_and_another_phone_is_not(day):
    rsvp = an_answer(day)
    note_read(rsvp, EARLY + timedelta(hours=1))
    save_day(day, {**DAY, "lead_phone": "408 555 0199"}, NOW)
    assert readers(day) == {who_is(rsvp)}
    save_day(day, {**DAY, "brief": "No needles this time."}, NOW)
    assert readers(day) == set()
    note_read(rsvp, NOW)
    assert readers(day) == {who_is(rsvp)}


def test_checking_in_alone_ticks_it_by_address_by_name_and_by_account(day, client, browser_of):
    rsvp, path = an_answer(day), f"/events/{day.slug}/here"
    page = page_of(client, path)
    assert BRIEF in page and page.count("I have read the safety brief") == 2
    client.post(path, data={"do": "email", "email": "gia@example.org", "read": "1"})
    client.post(path, data={"do": "walk-in", "name": "Wanda", "adults": "1", "read": "1"})
    wanda = db.session.scalars(select(WalkUp)).one()
    bob = an_answer(day, "bob", joined_at=NOW)
    browser = browser_of(bob.person)
    assert send(browser, page_of(browser, path), path, do="in", read="1").status_code == 303
    assert readers(day) == {who_is(rsvp), who_is(wanda), who_is(bob)}


def test_without_the_tick_one_is_checked_in_all_the_same_and_can_say_it_later(day, browser_of):
    bob, path = an_answer(day, "bob", joined_at=NOW), f"/events/{day.slug}/here"
    browser = browser_of(bob.person)
    assert send(browser, page_of(browser, path), path, do="in", read=None).status_code == 303
    page = page_of(browser, path)
    assert "here since" in page and readers(day) == set() and PHONE in page
    assert send(browser, page, path, do="read").status_code == 303
    assert readers(day) == {who_is(bob)}


def test_a_strange_address_gets_the_same_page_with_the_tick(day, client):
    an_answer(day)
    path, typed = f"/events/{day.slug}/here", {"do": "email", "read": "1"}
    known = client.post(path, data={**typed, "email": "gia@example.org"}).get_data(as_text=True)
    strange = client.post(path, data={**typed, "email": "gil@example.org"}).get_data(as_text=True)
    assert known == strange


def test_helpers_see_it_all_and_who_has_read_the_brief(day, browser_of):
    rsvp = an_answer(day)
    helper, path = browser_of(a_helper(day)), f"/events/{day.slug}/checkin"
    page = page_of(helper, path)
    assert PHONE in page and BRIEF in page and "brief read" not in page
    note_read(rsvp, NOW)
    db.session.commit()
    assert page_of(helper, path).count("brief read") == 1


def test_a_poll_of_the_helpers_page_hears_of_a_read_brief(day, browser_of):
    rsvp, path = an_answer(day), f"/events/{day.slug}/checkin"
    helper = browser_of(a_helper(day))
    tag = helper.get(path).headers["ETag"]
    assert helper.get(path, headers={"If-None-Match": tag}).status_code == 304
    note_read(rsvp, NOW)
    db.session.commit()
    assert helper.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_sheet_to_print_has_it(day, browser_of):
    page = page_of(browser_of(an_organizer(day)), f"/events/{day.slug}/manage/sheet")
    assert PHONE in page and "Three whistles" in page and "Regional Medical Center" in page


def test_an_event_without_any_says_nothing_of_it(app, client):
    event = a_day()
    rsvp = an_answer(event)
    assert "For the day" not in page_of(client, manage(rsvp))
    assert "safety brief" not in page_of(client, f"/events/{event.slug}/here")


def test_a_walk_in_that_is_signed_in_is_not_told_the_phone(day, browser_of):
    bob = a_person("bob")
    walk_in(day, "Bob", Party(1), "", NOW, bob)
    db.session.commit()
    assert PHONE not in page_of(browser_of(bob), f"/events/{day.slug}/here")
