"""A calendar brought in through the site: read by the worker, looked over, made, followed."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.models import CANCELLED, Event
from staytouch_events.fetch import Fetched, Known, NotFetched
from staytouch_events.groups.models import OWNER
from staytouch_events.imports import bringing
from staytouch_events.imports.models import CalendarImport
from staytouch_events.jobs.pump import run_due

from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fields_of, fill

URL = "https://calendar.example/crew.ics"
PAGE = "/groups/trash-punx/manage/import"


def calendar(*entries: str) -> bytes:
    """A calendar of these entries, each with a UID of its own by its title."""
    parts = [f"BEGIN:VEVENT\r\nUID:{one.split(':')[1].split(chr(13))[0]}\r\n{one}\r\nEND:VEVENT" for one in entries]
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "\r\n".join(parts) + "\r\nEND:VCALENDAR\r\n").encode()


CREEK = "SUMMARY:Creek\r\nDTSTART;TZID=America/Los_Angeles:20261205T090000\r\nDURATION:PT2H"
WEEKLY = "SUMMARY:Weekly\r\nDTSTART:20261201T020000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=40"
OFTEN = "SUMMARY:Too often\r\nDTSTART:20261201T020000Z\r\nRRULE:FREQ=SECONDLY"


@pytest.fixture
def crew(app):
    """A crew and its owner."""
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    return group


@pytest.fixture
def host(monkeypatch):
    """The host of the address: what it says is set by the test."""
    said = {"body": calendar(CREEK), "etag": '"1"'}

    def fetch(url: str, known: Known) -> Fetched:
        assert url == URL
        if said["body"] is None:
            raise NotFetched("away")
        return Fetched(None if known.etag == said["etag"] else said["body"], Known(said["etag"]))

    monkeypatch.setattr(bringing, "fetch", fetch)
    return said


def work(now=NOW, times: int = 6) -> None:
    """What the worker does."""
    for _time in range(times):
        run_due(now)


def titles() -> list[str]:
    """The events there are, the soonest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Event.title).order_by(Event.starts_at)))


def test_a_file_is_looked_over_before_anything_is_made(crew, browser_of):
    alice = browser_of(crew.memberships[0].person)
    token = fields_of(alice.get(PAGE).text, PAGE)["csrf_token"]
    file = (io.BytesIO(calendar(CREEK, WEEKLY, OFTEN)), "crew.ics")
    sent = alice.post(PAGE, data={"csrf_token": token, "file": file}, content_type="multipart/form-data")
    one = sent.headers["Location"]
    assert "It is being read" in alice.get(one).text
    work()
    page = alice.get(one).text
    assert (
        "41 dates to make" in page and "Sat 5 Dec" in page and "Too often" in page and "it repeats within a day" in page
    )
    assert titles() == []
    fill(alice, one, f"{one}/make")
    work()
    assert len(titles()) == 41 and "41 made, 0 changed" in alice.get(one).text
    first = db.session.scalars(select(Event).where(Event.title == "Creek")).one()
    assert (first.starts_wall.hour, first.zone) == (9, "America/Los_Angeles")


def test_twice_doubles_nothing(crew, host):
    alice = crew.memberships[0].person
    for _time in range(2):
        row = bringing.bring_address(crew, alice, URL, NOW)
        db.session.commit()
        work()
        bringing.make_events(row, False, NOW)
        db.session.commit()
        work()
    assert titles() == ["Creek"]
    assert row.result == {"made": 0, "changed": 0, "cancelled": 0, "same": 1}


def test_what_is_followed_changes_with_it_and_keeps_what_was_changed_here(crew, host):
    row = bringing.bring_address(crew, crew.memberships[0].person, URL, NOW)
    db.session.commit()
    work()
    bringing.make_events(row, True, NOW)
    db.session.commit()
    work()
    event = db.session.scalars(select(Event)).one()
    save(event, {"title": "Creek, with music"}, NOW)
    db.session.commit()
    host.update(body=calendar(CREEK.replace("T09", "T10"), WEEKLY), etag='"2"')
    work(NOW + bringing.AGAIN)
    db.session.expire_all()
    assert (event.title, event.starts_wall.hour, len(titles())) == ("Creek, with music", 10, 41)
    host.update(body=calendar(CREEK.replace("T09", "T10") + "\r\nSTATUS:CANCELLED", WEEKLY), etag='"3"')
    work(NOW + 2 * bringing.AGAIN)
    db.session.expire_all()
    assert event.state == CANCELLED


def test_a_host_that_is_away_loses_nothing_and_is_asked_again(crew, host, browser_of):
    row = bringing.bring_address(crew, crew.memberships[0].person, URL, NOW)
    db.session.commit()
    work()
    bringing.make_events(row, True, NOW)
    db.session.commit()
    work()
    host["body"] = None
    work(NOW + bringing.AGAIN)
    db.session.expire_all()
    assert row.failed and titles() == ["Creek"]
    alice = browser_of(crew.memberships[0].person)
    assert "could not be read at the last try" in alice.get(f"{PAGE}/{row.id}").text
    host["body"] = calendar(CREEK)
    work(NOW + 2 * bringing.AGAIN)
    db.session.expire_all()
    assert not row.failed


def test_it_is_followed_no_more_and_the_events_stay(crew, host, browser_of):
    row = bringing.bring_address(crew, crew.memberships[0].person, URL, NOW)
    db.session.commit()
    work()
    bringing.make_events(row, True, NOW)
    db.session.commit()
    work()
    alice, one = browser_of(crew.memberships[0].person), f"{PAGE}/{row.id}"
    fill(alice, one, f"{one}/forget")
    host["body"] = calendar(CREEK, WEEKLY)
    work(NOW + bringing.AGAIN)
    assert titles() == ["Creek"] and db.session.scalars(select(CalendarImport)).all() == []


def test_what_is_no_calendar_says_so(crew, browser_of):
    alice = browser_of(crew.memberships[0].person)
    token = fields_of(alice.get(PAGE).text, PAGE)["csrf_token"]
    sent = alice.post(
        PAGE, data={"csrf_token": token, "file": (io.BytesIO(b"<html>"), "x.ics")}, content_type="multipart/form-data"
    )
    work()
    assert "This file is no calendar" in alice.get(sent.headers["Location"]).text


@pytest.mark.parametrize(("url", "said"), [("", "Choose a file"), ("ftp://x.example/a.ics", "Paste the whole address")])
def test_what_can_not_be_brought_is_told_at_its_field(crew, browser_of, url, said):
    alice = browser_of(crew.memberships[0].person)
    answer = fill(alice, PAGE, url=url, file=None)
    assert answer.status_code == 422 and said in answer.text
    assert db.session.scalars(select(CalendarImport)).all() == []


def test_what_nobody_follows_is_forgotten_after_a_month(crew, host):
    bringing.bring_address(crew, crew.memberships[0].person, URL, NOW)
    db.session.commit()
    assert bringing.purge_imports(NOW + timedelta(days=29)) == 0
    assert bringing.purge_imports(NOW + timedelta(days=31)) == 1


def test_what_was_read_anew_while_it_was_worked_out_begins_again(crew, monkeypatch):
    row = bringing.bring_file(crew, crew.memberships[0].person, "crew.ics", calendar(CREEK), NOW)
    db.session.commit()
    work(times=1)
    row = db.session.get(CalendarImport, row.id)
    bringing.make_events(row, False, NOW)
    db.session.commit()
    read, other = bringing.read_calendar, calendar(CREEK.replace("Creek", "Another"))

    def meanwhile(body: bytes, *how):
        db.session.get(CalendarImport, row.id).body = other
        db.session.commit()
        return read(body, *how)

    monkeypatch.setattr(bringing, "read_calendar", meanwhile)
    work()
    assert titles() == ["Another"]
