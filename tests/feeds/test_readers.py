"""Every kind of calendar that the site serves, read by programs that others wrote."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
import vobject

from staytouch_events.access.feeds import calendar_token
from staytouch_events.config import ROOT
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, save
from staytouch_events.events.times import all_day_times
from staytouch_events.rsvps.actions import Party, respond, withdraw
from staytouch_events.rsvps.emails import invitation
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_person, an_event
from ..conftest import one_database, skip

pytestmark = one_database

TITLE = "Créek 🧹, clean; up \\ 大掃除 " + "long " * 20
READER = Path(__file__).parent / "read_with_icaljs.mjs"


@pytest.fixture
def served(client) -> dict[str, bytes]:
    """One of each kind."""
    group, bob = a_group(name="Trash, Punx; “San José”"), a_person("bob", name='Bob "B", Jr.')
    event = an_event(group, title=TITLE, description="Line one\n\n- a\n- b", lat=37.3352, lon=-121.8663, tags=["a,b"])
    off = an_event(group, title="Off")
    later = an_event(group, title="Later")
    days = an_event(group, title="Days")
    save(days, all_day_times(datetime(2026, 11, 28), datetime(2026, 11, 30), group.zone), NOW)
    rsvp = respond(event, bob, bob.name, GOING, Party(2), "", NOW).rsvp
    kinds = {"request": invitation(rsvp, NOW)[0]}
    save(event, {"venue": "Elsewhere"}, NOW)
    kinds["update"] = invitation(rsvp, NOW)[0]
    cancel(off, "Rain", NOW)
    postpone(later, "Tide", NOW)
    db.session.commit()
    paths = {
        "event": f"/events/{event.slug}.ics",
        "all day": f"/events/{days.slug}.ics",
        "group": f"/groups/{group.slug}/calendar.ics",
        "personal": f"/calendars/{calendar_token(bob)}.ics",
    }
    kinds |= {name: client.get(path).data for name, path in paths.items()}
    withdraw(rsvp, NOW)
    kinds["cancel"] = invitation(rsvp, NOW)[0]
    db.session.commit()
    return kinds


def told(data: bytes) -> dict[str, tuple]:
    """What icalendar reads, by UID: summary, start, end."""
    found = {}
    for entry in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        assert not entry.errors
        found[str(entry["UID"])] = (str(entry["SUMMARY"]), entry["DTSTART"].dt, entry["DTEND"].dt)
    return found


def test_the_bytes(served):
    for name, data in served.items():
        assert data.endswith(b"END:VCALENDAR\r\n"), name
        assert b"\n" not in data.replace(b"\r\n", b""), name
        for line in data.split(b"\r\n"):
            assert len(line) <= 75, (name, line)
            line.decode("utf-8")
        assert b"VALARM" not in data and b"VTIMEZONE" not in data and b"RRULE" not in data


def test_vobject_reads_the_same(served):
    for name, data in served.items():
        events = vobject.readOne(data.decode()).vevent_list
        assert {e.uid.value: (e.summary.value, e.dtstart.value, e.dtend.value) for e in events} == told(data), name


def test_recurring_ical_events_finds_each_once(served):
    for name, data in served.items():
        calendar = icalendar.Calendar.from_ical(data)
        found = recurring_ical_events.of(calendar).between(
            datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
        )
        assert sorted(str(entry["UID"]) for entry in found) == sorted(told(data)), name


def test_ical_js_reads_the_same(served):
    if shutil.which("node") is None or not (ROOT / "node_modules" / "ical.js").exists():
        skip("node or ical.js is missing")
    for name, data in served.items():
        run = subprocess.run(["node", READER], input=data, capture_output=True, check=True, cwd=ROOT)
        read = {e["uid"]: (e["summary"], e["start"], e["end"]) for e in json.loads(run.stdout)}
        assert read == {uid: (text, _as_js(start), _as_js(end)) for uid, (text, start, end) in told(data).items()}, name


def test_an_invitation_has_what_itip_wants(served):
    uids = set()
    for name, method, status in (
        ("request", "REQUEST", "CONFIRMED"),
        ("update", "REQUEST", "CONFIRMED"),
        ("cancel", "CANCEL", "CANCELLED"),
    ):
        calendar = icalendar.Calendar.from_ical(served[name])
        (entry,) = calendar.walk("VEVENT")
        assert (str(calendar["METHOD"]), str(entry["STATUS"])) == (method, status)
        assert entry["ORGANIZER"].startswith("mailto:") and entry["ATTENDEE"] == "mailto:bob@example.org"
        uids.add(str(entry["UID"]))
    assert len(uids) == 1
    numbers = [told_sequence(served[name]) for name in ("request", "update", "cancel")]
    assert numbers == sorted(set(numbers))


def told_sequence(data: bytes) -> int:
    """The SEQUENCE of a lone entry."""
    return icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["SEQUENCE"]


def test_an_all_day_event_ends_the_day_after_its_last(served):
    (entry,) = told(served["all day"]).values()
    assert entry[1:] == (date(2026, 11, 28), date(2026, 11, 30))
    assert entry[2] - entry[1] == timedelta(days=2)


def _as_js(moment) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
