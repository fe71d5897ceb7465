"""What one's own calendar holds: whom to write to, days to remember, and only what one wants."""

from datetime import date, timedelta

import icalendar
import pytest

from staytouch_events.access.feeds import calendar_token
from staytouch_events.contacts import keeping
from staytouch_events.contacts.digests import save
from staytouch_events.contacts.gathering import remember
from staytouch_events.contacts.models import BIRTHDAY, CALL
from staytouch_events.db import db
from staytouch_events.feeds.actions import choose_kinds
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_person, an_event
from ..contacts.people_cast import ZONE, kept
from ..forms import fill

TODAY = date(2026, 11, 24)


@pytest.fixture
def alice(app):
    """Somebody with a friend it is time to call, who has a birthday."""
    alice = a_person("alice", zone=ZONE)
    alice.minh = kept(alice, days_ago=30, kind="friend")
    keeping.add_note(alice.minh, "PLANTED", NOW.date(), NOW)
    remember(alice.minh, BIRTHDAY, 12, 3, None)
    respond(an_event(a_group()), alice, "Alice", GOING, Party(1), "", NOW)
    db.session.commit()
    return alice


@pytest.fixture
def calendar(alice, client):
    """A function: the entries of alice's calendar by their words; nothing of a note is ever in it."""

    def read() -> dict[str, icalendar.Event]:
        answer = client.get(f"/calendars/{calendar_token(alice)}.ics")
        assert b"PLANTED" not in answer.data
        return {str(entry["SUMMARY"]): entry for entry in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}

    return read


def test_whom_to_write_to_stands_on_its_day_and_moves_with_the_next_contact(alice, calendar):
    due = calendar()[f"Write to {alice.minh.name}"]
    assert (due["DTSTART"].dt, due["DTEND"].dt, str(due["TRANSP"])) == (TODAY, TODAY + timedelta(days=1), "TRANSPARENT")
    keeping.log_touch(alice.minh, CALL, "", NOW)
    db.session.commit()
    moved = calendar()[f"Write to {alice.minh.name}"]
    assert (moved["UID"], moved["DTSTART"].dt) == (due["UID"], TODAY + timedelta(days=28))


def test_a_birthday_stands_in_each_year(alice, calendar):
    assert calendar()[f"{alice.minh.name}: Birthday"]["DTSTART"].dt == date(2026, 12, 3)


def test_one_chooses_what_it_holds(alice, calendar, browser_of):
    browser = browser_of(alice)
    assert browser.get("/agenda/calendar").get_data(as_text=True).count(" checked") == 5
    assert fill(browser, "/agenda/calendar", kinds=["days"]).location.endswith("saved=1")
    assert browser.get("/agenda/calendar").get_data(as_text=True).count(" checked") == 1
    assert list(calendar()) == [f"{alice.minh.name}: Birthday"]
    choose_kinds(alice, ["events"])
    db.session.commit()
    assert list(calendar()) == ["Coyote Creek clean-up"]


def test_no_reminder_stands_in_it_where_they_are_off(alice, calendar):
    save(alice, {"is_on": False}, NOW)
    db.session.commit()
    assert f"Write to {alice.minh.name}" not in calendar()


def test_a_reader_is_told_of_a_call_and_of_nothing_else(alice, client):
    path = f"/calendars/{calendar_token(alice)}.ics"
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    keeping.add_note(alice.minh, "More", NOW.date(), NOW)
    db.session.commit()
    assert client.get(path).data == first.data
    keeping.log_touch(alice.minh, CALL, "", NOW)
    db.session.commit()
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_they_stand_on_the_agenda_in_each_view(alice, browser_of):
    browser = browser_of(alice)
    for view in ("", "?view=day", "?view=week&on=2026-12-01"):
        page = browser.get(f"/agenda{view}").get_data(as_text=True)
        assert (f"Write to {alice.minh.name}" in page) is ("12-01" not in view), view
    assert f"{alice.minh.name}: Birthday" in browser.get("/agenda?view=week&on=2026-12-01").get_data(as_text=True)
