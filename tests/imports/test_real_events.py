"""The four thousand real events: imported, imported again, and found as a plain scan finds them."""

import html
import json
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.events.words import last_day
from staytouch_events.geo import gazetteer
from staytouch_events.geo.distance import METRES, distance_m
from staytouch_events.imports.actions import import_events
from staytouch_events.outbox.models import Letter
from staytouch_events.when import day_ends, day_starts

from ..cast import NOW, a_group
from ..rsvps.test_races import ROUNDS

pytestmark = pytest.mark.realdata


def test_four_thousand_real_events(own_database, app, client, real_data, gazetteer_file, clock):
    """One import serves all questions: it takes its while, so that all of them are tried in the long trials alone."""
    group = a_group("tech-conferences", zone="UTC")
    every = 1 if ROUNDS > 3 else 4
    lines = (real_data / "conferences.jsonl").read_text().splitlines()[::every]
    report = import_events(lines, group, gazetteer(), NOW)
    _each_is_there_once_with_its_days(group, report, lines)
    _no_doubtful_place_has_a_pin_and_each_is_reported(report, lines)
    for search in SEARCHES:
        _all_pages_are_what_a_plain_scan_finds(client, *search)
    _all_doors_of_a_place_show_the_same(client)
    _the_groups_feed_holds_what_its_window_says(client, clock)


def _each_is_there_once_with_its_days(group, report, lines):
    assert (report.made, report.refused) == (len(lines), [])
    again = import_events(lines, group, gazetteer(), NOW)
    assert (again.made, again.changed, again.same) == (0, 0, len(lines))
    assert db.session.scalar(select(func.count(Letter.id))) == 0
    for line in lines[::50]:
        row = json.loads(line)
        title, starts = " ".join(row["name"].split()), datetime.fromisoformat(row["start_date"])
        event = db.session.scalar(select(Event).where(Event.title == title, Event.starts_wall == starts))
        assert event.all_day and last_day(event) == date.fromisoformat(row["end_date"])
        if not row["city"]:
            assert event.online and event.zone == "UTC" and event.lat is None


def _no_doubtful_place_has_a_pin_and_each_is_reported(report, lines):
    texts = {(row["city"], row["country"] or "") for row in map(json.loads, lines) if row["city"]}
    assert set(report.places) == texts
    doubtful = [f"{city}, {country}" for (city, country), became in report.places.items() if not became.sure]
    pinned = db.session.scalars(select(Event.address).where(Event.lat.is_not(None), Event.address != "")).all()
    assert not set(doubtful) & set(pinned)
    assert len(doubtful) < len(texts) / 10


SEARCHES = (
    ("San Jose, CA", (37.33939, -121.89496), "America/Los_Angeles", "mi", date(2017, 1, 1), date(2020, 1, 1)),
    ("Berlin, Germany", (52.52437, 13.41053), "Europe/Berlin", "km", date(2014, 1, 1), date(2026, 1, 1)),
)


def _all_pages_are_what_a_plain_scan_finds(client, near, centre, zone, unit, first, last):
    since, until = day_starts(first, zone), day_ends(last, zone)
    scanned = {
        event.slug
        for event in db.session.scalars(select(Event).where(Event.lat.is_not(None)))
        if event.ends_at > since
        and event.starts_at < until
        and distance_m(*centre, event.lat, event.lon) <= 25 * METRES[unit]
    }
    seen: list[str] = []
    query = {"near": near, "within": "25", "unit": unit, "from": first.isoformat(), "to": last.isoformat()}
    url = "/?" + "&".join(f"{name}={value}" for name, value in query.items())
    while url:
        page = client.get(url).get_data(as_text=True)
        seen += _event_slugs(page)
        url = _next(page)
    assert len(scanned) > 2
    assert sorted(seen) == sorted(scanned)


def _all_doors_of_a_place_show_the_same(client):
    """List, map, interface, calendar and news feed of /near/berlin-de since 2014: what a plain scan finds."""
    centre, since = (52.52437, 13.41053), day_starts(date(2014, 1, 1), "Europe/Berlin")
    near = [
        event
        for event in db.session.scalars(select(Event).where(Event.lat.is_not(None)))
        if event.ends_at > since and distance_m(*centre, event.lat, event.lon) <= 25 * METRES["km"]
    ]
    slugs, query = sorted(event.slug for event in near), "from=2014-01-01"
    assert len(slugs) > 40
    listed, url = [], f"/near/berlin-de?{query}"
    while url:
        page = client.get(url).get_data(as_text=True)
        listed += _event_slugs(page)
        url = _next(page)
    told, url = [], f"/api/v1/events?near=Berlin, Germany&unit=km&{query}&limit=100"
    while url:
        answer = client.get(url.removeprefix("http://127.0.0.1:8000")).json
        told += [row["slug"] for row in answer["events"]]
        url = answer["next"]
    points = client.get(f"/near/berlin-de/map.json?{query}").json
    atom = client.get(f"/near/berlin-de/feed.atom?{query}").get_data(as_text=True)
    calendar = client.get(f"/near/berlin-de/calendar.ics?{query}").data
    assert sorted(listed) == sorted(told) == slugs
    assert sorted(point["url"].removeprefix("/events/") for point in points) == slugs
    assert sorted(re.findall(r'href="[^"]*/events/([^"]+)"/>', atom)) == slugs
    uids = [line[4:].decode() for line in calendar.split(b"\r\n") if line.startswith(b"UID:")]
    assert sorted(uids) == sorted(event.uid for event in near)


def _the_groups_feed_holds_what_its_window_says(client, clock):
    clock.moment = datetime(2024, 6, 1, 12, tzinfo=UTC)
    feed = client.get("/groups/tech-conferences/calendar.ics").data
    day = datetime(2024, 6, 1, tzinfo=UTC)
    inside = [
        event.uid
        for event in db.session.scalars(select(Event))
        if (event.ends_at - day).days >= -30
        and event.ends_at > day.replace(month=5, day=2)
        and (event.starts_at - day).days < 366
    ]
    assert sorted(line[4:].decode() for line in feed.split(b"\r\n") if line.startswith(b"UID:")) == sorted(inside)


def _event_slugs(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/events/([^"?]+)', page)


def _next(page: str) -> str | None:
    found = re.search(r'href="([^"]+)" rel="next"', page)
    return html.unescape(found[1]) if found else None
