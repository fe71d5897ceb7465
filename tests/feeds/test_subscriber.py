"""A real subscriber: vdirsyncer polls a calendar of the site, khal shows it."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.events.times import times
from staytouch_events.when import now

from ..cast import a_group, an_event
from ..walks.test_guest import next_saturday

VDIR = """[general]
status_path = "{home}/status"
[pair crew]
a = "site"
b = "local"
collections = null
[storage site]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{home}/calendar"
fileext = ".ics"
"""
KHAL = """[calendars]
[[crew]]
path = {home}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = America/Los_Angeles
default_timezone = America/Los_Angeles
[sqlite]
path = {home}/khal.db
"""


CREW, REGION = "/groups/trash-punx/calendar.ics", "/near/san-jose-ca/calendar.ics?within=10&unit=mi"
PLACE = {"lat": 37.3352, "lon": -121.8663, "precision": "pin", "place_name": "San Jose, CA"}


@pytest.fixture
def subscriber(site, tmp_path, calendar):
    """(sync, listing): two functions over a served site and folders of the subscriber's own."""
    home = tmp_path / "home"
    (home / "calendar").mkdir(parents=True)
    (home / "vdirsyncer").write_text(VDIR.format(home=home, url=site.base + calendar))
    (home / "khal").write_text(KHAL.format(home=home))
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home)}

    def run(program: str, *words: str) -> str:
        command = [str(Path(sys.executable).parent / program), *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=home)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def sync() -> None:
        run("vdirsyncer", "-c", str(home / "vdirsyncer"), "discover")
        run("vdirsyncer", "-c", str(home / "vdirsyncer"), "sync")

    def listing() -> list[str]:
        shown = "{start-date} {start-time} {title} {status}"
        text = run("khal", "-c", str(home / "khal"), "list", "--format", shown, "--day-format", "", "today", "30d")
        return [line.strip() for line in text.splitlines() if line.strip()]

    yield sync, listing


@pytest.mark.parametrize(("database", "calendar"), [("sqlite", REGION), ("postgresql", CREW)], indirect=["database"])
def test_one_entry_that_moves_and_is_called_off(subscriber):
    sync, listing = subscriber
    saturday = next_saturday()
    event = an_event(a_group(), now(), starts_wall=saturday, **PLACE)
    sync()
    assert listing() == [f"{saturday:%Y-%m-%d} 08:30 {event.title} CONFIRMED"]

    sunday = saturday + timedelta(days=1, hours=2)
    save(event, times(sunday, sunday + timedelta(hours=3), event.zone), now())
    db.session.commit()
    sync()
    assert listing() == [f"{sunday:%Y-%m-%d} 10:30 {event.title} CONFIRMED"]

    cancel(event, "Rain", now())
    db.session.commit()
    sync()
    assert listing() == [f"{sunday:%Y-%m-%d} 10:30 Cancelled: {event.title} CANCELLED"]
