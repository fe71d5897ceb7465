"""A calendar elsewhere: read by the worker, kept as hours alone, shown to nobody but whose it is."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.access.busy import busy_between
from staytouch_events.db import db
from staytouch_events.feeds import outside
from staytouch_events.feeds.busy_hours import NoCalendar, busy_hours
from staytouch_events.feeds.models import BusyTime
from staytouch_events.fetch import Fetched, Known, NotFetched
from staytouch_events.jobs.pump import run_due
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_person, an_event
from ..forms import fields_of, fill, send

URL = "https://calendar.example/secret.ics"
AHEAD = NOW + timedelta(days=60)


def calendar(*entries: str) -> bytes:
    """A calendar of these entries, as bytes."""
    parts = (
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261101T000000Z\r\n{entry}\r\nEND:VEVENT"
        for number, entry in enumerate(entries)
    )
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "\r\n".join(parts) + "\r\nEND:VCALENDAR\r\n").encode()


MEETING = "SUMMARY:PLANTED\r\nDTSTART:20261128T170000Z\r\nDTEND:20261128T180000Z"


def hours(*entries: str, zone: str = "America/Los_Angeles") -> list[str]:
    """Busy hours as "28 17:00-18:00", in UTC."""
    return [f"{begin:%d %H:%M}-{end:%H:%M}" for begin, end in busy_hours(calendar(*entries), zone, NOW, AHEAD)]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (MEETING, ["28 17:00-18:00"]),
        ("DTSTART:20261128T090000\r\nDURATION:PT1H", ["28 17:00-18:00"]),
        ("DTSTART;TZID=Europe/Berlin:20261128T090000\r\nDURATION:PT1H", ["28 08:00-09:00"]),
        (f"{MEETING}\r\nRRULE:FREQ=WEEKLY;COUNT=2", ["28 17:00-18:00", "05 17:00-18:00"]),
        (f"{MEETING}\r\nRRULE:FREQ=SECONDLY", []),
        (f"{MEETING}\r\nTRANSP:TRANSPARENT", []),
        (f"{MEETING}\r\nSTATUS:CANCELLED", []),
        ("DTSTART;VALUE=DATE:20261128\r\nDTEND;VALUE=DATE:20261129", []),
        ("DTSTART;VALUE=DATE:20261128\r\nDTEND;VALUE=DATE:20261129\r\nTRANSP:OPAQUE", ["28 08:00-08:00"]),
        ("DTSTART:20261128T170000Z", []),
        ("DTSTART:20251128T170000Z\r\nDURATION:PT1H", []),
    ],
)
def test_what_keeps_one_busy(entry, found):
    assert hours(entry) == found


STAYS = f"{MEETING}\r\nRRULE:FREQ=DAILY;INTERVAL=0;BYMONTH=2"
LISTED = f"{MEETING}\r\nRRULE:FREQ=YEARLY;BYYEARDAY={','.join(str(day) for day in range(1, 102))}"
MANY = MEETING + "\r\nRRULE:FREQ=YEARLY" * 4


@pytest.mark.parametrize("endless", [STAYS, LISTED, MANY])
def test_a_rule_without_an_end_of_its_walk_keeps_nobody_busy_and_its_neighbours_stay(endless):
    """One that stays where it is would never end at all; long lists and many rules in one entry take minutes."""
    assert hours(endless, MEETING.replace("1128", "1129")) == ["29 17:00-18:00"]


NEVER = ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=3"]


@pytest.mark.parametrize("never", NEVER)
def test_thousands_of_rules_that_never_come_true_are_left_when_the_time_is_over(never):
    """Two thousand would take the worker minutes, or an hour and a half; what repeats not is read all the same."""
    endless = [f"{MEETING}\r\nRRULE:{never}"] * 2_000
    body = calendar(*endless, MEETING.replace("1128", "1129"))
    found = busy_hours(body, "UTC", NOW, AHEAD, seconds=0)
    assert [f"{begin:%d %H:%M}" for begin, _end in found] == ["29 17:00"]


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"])
def test_what_is_no_calendar_says_so(body):
    with pytest.raises(NoCalendar):
        busy_hours(body, "UTC", NOW, AHEAD)


@pytest.fixture
def host(monkeypatch):
    """What the calendar's host answers next: bytes, None for "the same", or a failure; and what it was asked."""
    answers, asked = [], []

    def fetch(url: str, known: Known) -> Fetched:
        asked.append((url, known.etag))
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Fetched(answer, Known('"1"'))

    monkeypatch.setattr(outside, "fetch", fetch)
    return answers, asked


def kept() -> list[datetime]:
    """When the busy hours begin."""
    return list(db.session.scalars(select(BusyTime.starts_at).order_by(BusyTime.starts_at)))


def test_the_worker_reads_it_and_looks_again(app, host):
    answers, asked = host
    row = outside.follow_outside(a_person("bob"), "webcal://calendar.example/secret.ics", "", NOW)
    db.session.commit()
    answers += [calendar(MEETING), None, NotFetched(), b"no calendar", calendar()]
    run_due(NOW)
    assert row.name == "calendar.example" and len(kept()) == 1 and row.read_at == NOW
    later = NOW + outside.AGAIN
    run_due(later)
    assert row.read_at == later and len(kept()) == 1
    for number in (2, 3):
        run_due(NOW + number * outside.AGAIN)
        assert row.failed and row.read_at == later and len(kept()) == 1
    run_due(NOW + 4 * outside.AGAIN)
    assert not row.failed and kept() == []
    assert asked == [(URL, ""), *[(URL, '"1"')] * 4]


def test_what_stays_the_same_is_read_whole_now_and_then(app, host):
    """A rule has later dates by then."""
    answers, asked = host
    outside.follow_outside(a_person("bob"), URL, "", NOW)
    db.session.commit()
    answers += [calendar(MEETING), calendar(MEETING)]
    run_due(NOW)
    run_due(NOW + outside.WHOLE)
    assert [etag for _url, etag in asked] == ["", ""]


@pytest.mark.parametrize("url", ["calendar.example", "ftp://calendar.example/x", "https://"])
def test_what_is_no_address_is_refused(app, url):
    with pytest.raises(Refused):
        outside.follow_outside(a_person("bob"), url, "", NOW)


def test_twice_or_six_are_refused(app):
    bob = a_person("bob")
    for number in range(outside.MOST):
        outside.follow_outside(bob, f"{URL}?{number}", "", NOW)
    for url in (f"{URL}?0", f"{URL}?new"):
        with pytest.raises(Refused):
            outside.follow_outside(bob, url, "", NOW)


def test_the_agenda_tells_its_owner_of_two_things_at_once(app, browser_of, host):
    answers, _asked = host
    bob, event = a_person("bob"), an_event(a_group())
    respond(event, bob, "Bob", GOING, Party(1), "", NOW)
    bobs = browser_of(bob)
    assert "Two things at once" not in bobs.get("/agenda").get_data(as_text=True)
    page = fill(bobs, "/agenda/calendars", url=URL, name="Work")
    assert page.status_code == 303
    answers.append(calendar(MEETING))
    run_due(NOW)
    shown = bobs.get("/agenda").get_data(as_text=True)
    told = shown.split("Two things at once")[1].split("</ul>")[0]
    assert "Sat 28 Nov" in told and "Coyote Creek clean-up" in told and "9–10\xa0am: Work" in told
    assert "PLANTED" not in shown and "secret.ics" not in bobs.get("/agenda/calendars").get_data(as_text=True)


def test_what_is_elsewhere_alone_is_no_news(app, browser_of, host):
    answers, _asked = host
    bob = a_person("bob")
    outside.follow_outside(bob, URL, "", NOW)
    db.session.commit()
    answers.append(calendar(MEETING, MEETING.replace("1700", "1730")))
    run_due(NOW)
    assert len(kept()) == 2
    assert "Two things at once" not in browser_of(bob).get("/agenda").get_data(as_text=True)


def test_left_it_is_gone_with_its_hours_and_nobody_else_may(app, browser_of, host):
    answers, _asked = host
    bob = a_person("bob")
    outside.follow_outside(bob, URL, "Bakery", NOW)
    db.session.commit()
    answers.append(calendar(MEETING))
    run_due(NOW)
    other, bobs = browser_of(a_person("charlie")), browser_of(bob)
    assert "Bakery" not in other.get("/agenda/calendars").get_data(as_text=True)
    token = fields_of(other.get("/agenda/calendars").get_data(as_text=True), "/agenda/calendars")
    assert other.post("/agenda/calendars/1/leave", data=token).status_code == 404
    page = bobs.get("/agenda/calendars").get_data(as_text=True)
    assert send(bobs, page, "/agenda/calendars/1/leave").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(BusyTime)) == 0
    assert busy_between(bob, NOW, AHEAD) == [] and run_due(NOW + outside.AGAIN) == 0


def test_a_wrong_address_is_told_at_its_field_and_stays_typed(app, browser_of):
    page = fill(browser_of(a_person("bob")), "/agenda/calendars", url="calendar.example", name="Work")
    text = page.get_data(as_text=True)
    assert page.status_code == 422 and "Paste the whole address" in text.split('id="url-wrong"')[1]
    assert 'value="calendar.example"' in text and 'value="Work"' in text
