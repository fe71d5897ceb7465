"""Whom to call and pictures: asked as the event says, seen by whom the table says, forgotten in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.times import times
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.jobs.models import Job
from staytouch_events.purge import purge
from staytouch_events.rsvps.additions import lines_about, signed_words
from staytouch_events.waivers.asking import KEPT, KIND, forget_contacts, save_contact, save_photo_answer
from staytouch_events.waivers.models import EmergencyContact, PhotoAnswer

from ..attendance.cast import a_day, a_helper, an_answer, manage
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill
from .cast import ask


@pytest.fixture
def event(app):
    """An event today that asks for both."""
    return ask(a_day(), emergency="asked", photos=True)


def contacts() -> list[tuple[str, str]]:
    """All that are kept."""
    db.session.rollback()
    return [(row.name, row.phone) for row in db.session.scalars(select(EmergencyContact))]


def page_of(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def test_a_guest_tells_whom_to_call_and_changes_it(event, client):
    rsvp = an_answer(event)
    path = f"{manage(rsvp)}/before"
    assert "the crew asks everybody" in page_of(client, manage(rsvp))
    assert "whom to call" in lines_about(rsvp)[0].label
    assert fill(client, path, f"{path}/emergency", contact="Mo", phone="408 555 0123").status_code == 303
    assert contacts() == [("Mo", "408 555 0123")]
    assert "Mo" in page_of(client, manage(rsvp)) and lines_about(rsvp) == []
    fill(client, path, f"{path}/emergency", phone="408 555 0199")
    assert contacts() == [("Mo", "408 555 0199")]


def test_half_a_contact_is_told_at_its_field(event, client):
    path = f"{manage(an_answer(event))}/before"
    for typed, words in (({"contact": "Mo"}, "a number that one can call"), ({"phone": "408 555 0123"}, "Type a name")):
        answer = fill(client, path, f"{path}/emergency", **{"contact": "", "phone": "", **typed})
        assert answer.status_code == 422 and words in answer.get_data(as_text=True)
        assert next(iter(typed.values())) in answer.get_data(as_text=True)
    assert fill(client, path, f"{path}/emergency").status_code == 422
    assert contacts() == []


def test_where_it_may_be_told_it_may_be_taken_back(event, client):
    ask(event, emergency="optional")
    rsvp = an_answer(event)
    path = f"{manage(rsvp)}/before"
    assert lines_about(rsvp) == []
    fill(client, path, f"{path}/emergency", contact="Mo", phone="408 555 0123")
    fill(client, path, f"{path}/emergency", contact="", phone="")
    assert contacts() == []


def test_who_does_not_come_leaves_nobody_to_call(event, client):
    rsvp = an_answer(event)
    save_contact(rsvp, "Mo", "408 555 0123", NOW)
    db.session.commit()
    client.post(f"{manage(rsvp)}/withdraw")
    assert contacts() == []


def test_organizers_see_it_from_12_hours_before_to_30_days_after(event, browser_of, clock):
    alice = a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    browser, path = browser_of(alice), f"/events/{event.slug}/manage/emergency"
    save_contact(an_answer(event), "Mo", "408 555 0123", NOW)
    db.session.commit()
    starts, ends = event.starts_at, event.ends_at
    for moment, shown in (
        (starts - timedelta(hours=12, minutes=1), False),
        (starts - timedelta(hours=12), True),
        (ends + timedelta(days=30), True),
        (ends + timedelta(days=30, minutes=1), False),
    ):
        clock.moment = moment
        assert ("408 555 0123" in page_of(browser, path)) is shown, moment
        assert ("Whom to call" in page_of(browser, f"/events/{event.slug}/checkin")) is shown, moment


def test_nobody_else_sees_it(event, browser_of):
    save_contact(an_answer(event), "Mo", "408 555 0123", NOW)
    db.session.commit()
    bob, ada, hana = a_person("bob"), a_person("ada", is_admin=True), a_helper(event)
    a_membership(bob, event.group, MEMBER)
    for person in (bob, ada, hana):
        browser = browser_of(person)
        assert browser.get(f"/events/{event.slug}/manage/emergency").status_code == 403
        for path in ("checkin", "manage/people", "manage/sheet", "manage/people.csv", "manage/signatures.csv"):
            assert "555 0123" not in page_of(browser, f"/events/{event.slug}/{path}")


def test_it_is_deleted_30_days_after_the_end_whenever_that_is(app):
    event = ask(an_event(a_group()), emergency="asked")
    save_contact(an_answer(event), "Mo", "408 555 0123", NOW)
    db.session.commit()
    job = db.session.scalar(select(Job).where(Job.kind == KIND))
    assert job.due_at == event.ends_at + KEPT
    later = event.starts_wall + timedelta(days=7)
    save(event, times(later, later + timedelta(hours=3), event.zone), NOW)
    db.session.commit()
    assert db.session.scalar(select(Job.due_at).where(Job.kind == KIND)) == event.ends_at + KEPT
    forget_contacts({"event": event.id}, event.ends_at + KEPT - timedelta(minutes=1))
    assert len(contacts()) == 1
    forget_contacts({"event": event.id}, event.ends_at + KEPT)
    db.session.commit()
    assert contacts() == []


def test_the_daily_purge_takes_what_was_left(event):
    save_contact(an_answer(event), "Mo", "408 555 0123", NOW)
    db.session.commit()
    assert purge(event.ends_at + KEPT - timedelta(minutes=1))["emergency contacts"] == 0
    assert purge(event.ends_at + KEPT)["emergency contacts"] == 1


def test_pictures_are_a_yes_or_a_no_and_neither_is_chosen(event, client):
    rsvp = an_answer(event)
    path = f"{manage(rsvp)}/before"
    assert " checked" not in page_of(client, path).split('id="pictures"')[1]
    assert client.post(f"{path}/photos").status_code == 422
    for said in ("no", "yes", "no"):
        assert client.post(f"{path}/photos", data={"photos": said}).status_code == 303
        assert fields_of(page_of(client, path), "/photos")["photos"] == said
    db.session.rollback()
    assert [row.allowed for row in db.session.scalars(select(PhotoAnswer))] == [False]


def test_who_said_no_has_a_mark_at_check_in_and_on_the_roster(event, browser_of):
    no, yes, silent = (an_answer(event, who) for who in ("ana", "bao", "cy"))
    save_photo_answer(no, False, NOW)
    save_photo_answer(yes, True, NOW)
    db.session.commit()
    page = page_of(browser_of(a_helper(event)), f"/events/{event.slug}/checkin")
    row = {rsvp: page.split(f'id="r{rsvp.id}"')[1].split("</li>")[0] for rsvp in (no, yes, silent)}
    assert "no photos" in row[no] and "photos" not in row[yes] and "no answer yet" in row[silent]
    assert signed_words(event) == {no.id: "no photos"}
