"""Any search as a calendar, a feed and a map: the same events on each, and what leaves a search is taken out."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.groups import actions as groups

from ..cast import NOW, a_group, an_event

ATOM = "{http://www.w3.org/2005/Atom}"
HERE = {"lat": 37.3352, "lon": -121.8663}
SAN_FRANCISCO = {"lat": 37.77, "lon": -122.42}


def in_calendar(client, path: str) -> dict[str, str]:
    """STATUS by SUMMARY of a calendar's entries."""
    answer = client.get(path)
    assert answer.status_code == 200
    entries = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return {str(entry["SUMMARY"]): str(entry["STATUS"]) for entry in entries}


def in_atom(client, path: str) -> list[str]:
    """Titles of an Atom feed."""
    return [
        entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(client.get(path).data).iter(f"{ATOM}entry")
    ]


def on_map(client, path: str) -> list[str]:
    """Titles of the points of a map."""
    return [event["title"] for event in json.loads(client.get(path).data)]


def on_pages(client, path: str) -> list[str]:
    """Titles on a list and all the pages after it."""
    import re

    found = []
    while path:
        page = client.get(path).get_data(as_text=True)
        found += re.findall(r'<li class="card.*?<h3><a href="[^"]*">([^<]*)</a>', page, re.S)
        later = re.search(r'href="([^"]*)" rel="next"', page)
        path = later and later[1].replace("&amp;", "&")
    return found


QUERIES = (
    "",
    "kind=street",
    "tag=kids",
    "q=creek",
    "from=2026-12-01&to=2026-12-31",
    "within=60",
    "within=60&unit=km&kind=creek",
)


def test_list_map_calendar_and_feed_hold_the_same_events(app, client):
    group = a_group()
    for number in range(30):
        an_event(
            group,
            title=f"{'Creek' if number % 2 else 'Street'} {number}",
            kind="creek" if number % 2 else "street",
            tags=["kids"] if number % 3 else [],
            starts_wall=datetime(2026, 11, 26, 9) + timedelta(days=number),
            **(HERE if number % 5 else SAN_FRANCISCO),
        )
    for query in QUERIES:
        expected = set(on_pages(client, f"/near/san-jose-ca?{query}"))
        assert len(expected) > 0
        near = f"near=San+Jose,+CA&{query}"
        for place, asked in (("/near/san-jose-ca", query), ("", near)):
            assert set(in_calendar(client, f"{place}/calendar.ics?{asked}")) == expected, query
            assert set(in_atom(client, f"{place}/feed.atom?{asked}")) == expected, query
        assert set(on_map(client, f"/near/san-jose-ca/map.json?{query}")) == expected, query
        assert set(on_pages(client, f"/?{near}")) == expected, query


def test_a_calendar_reaches_from_thirty_days_back_to_a_year_on(app, client):
    group = a_group()
    for days in (-31, -29, 0, 364, 368):
        an_event(group, title=str(days), starts_wall=datetime(2026, 11, 24, 0, 30) + timedelta(days=days), zone="UTC")
    assert set(in_calendar(client, "/calendar.ics")) == {"-29", "0", "364"}
    assert set(in_calendar(client, "/calendar.ics?from=2026-01-01&to=2026-10-24")) == {"-31"}


def test_a_place_that_nobody_knows_is_no_calendar_of_the_whole_world(app, client):
    an_event(a_group())
    for path in (
        "/calendar.ics?near=qqqqqqq",
        "/feed.atom?near=qqqqqqq",
        "/near/nowhere-xx/calendar.ics",
        "/near/nowhere-xx",
    ):
        assert client.get(path).status_code == 404, path


def test_what_is_listed_no_more_is_taken_out_of_calendars_that_had_it(app, client):
    group = a_group()
    event = an_event(group, title="PLANTED", kind="creek", **HERE)
    here, elsewhere = "/near/san-jose-ca/calendar.ics?kind=creek", "/near/berlin-de/calendar.ics"
    save(event, {"visibility": "unlisted"}, NOW)
    db.session.commit()
    assert in_calendar(client, here) == {"No longer listed": "CANCELLED"}
    assert in_calendar(client, elsewhere) == in_calendar(client, "/calendar.ics?kind=street") == {}
    save(event, {"visibility": "public"}, NOW)
    db.session.commit()
    assert in_calendar(client, here) == {"PLANTED": "CONFIRMED"}


def test_a_group_that_hides_takes_its_events_out_of_searches_and_keeps_its_own_calendar(app, client):
    group = a_group()
    an_event(group, title="PLANTED", **HERE)
    groups.save(group, {"visibility": "unlisted"}, group.slug, NOW)
    db.session.commit()
    assert in_calendar(client, "/calendar.ics") == {"No longer listed": "CANCELLED"}
    assert in_calendar(client, "/groups/trash-punx/calendar.ics") == {"PLANTED": "CONFIRMED"}
    groups.save(group, {"visibility": "public"}, group.slug, NOW)
    db.session.commit()
    assert in_calendar(client, "/calendar.ics") == {"PLANTED": "CONFIRMED"}


@pytest.mark.parametrize(
    "path", ["/calendar.ics", "/feed.atom", "/near/san-jose-ca/calendar.ics", "/groups/trash-punx/feed.atom"]
)
def test_a_feed_that_has_not_changed_is_not_sent_again(app, client, path):
    group = a_group()
    event = an_event(group, **HERE)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    save(event, {"title": "Another name"}, NOW)
    db.session.commit()
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert b"Another name" in changed.data


def test_a_calendar_speaks_the_language_of_its_address_not_of_its_reader(app, client):
    spanish = {"Accept-Language": "es"}
    assert b"X-WR-CALNAME:Events to come" in client.get("/calendar.ics", headers=spanish).data
    assert "X-WR-CALNAME:Próximos eventos" in client.get("/calendar.ics?lang=es").get_data(as_text=True)


def test_a_groups_atom_feed_is_well_formed_whatever_its_events_say(app, client):
    group = a_group()
    an_event(group, title='<b>&amp; ]]> "x"', description="**bold** <script>alert(1)</script>", summary="a < b")
    root = ElementTree.fromstring(client.get("/groups/trash-punx/feed.atom").data)
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == '<b>&amp; ]]> "x"'
    assert "<strong>bold</strong>" in entry.findtext(f"{ATOM}content")
    assert "<script" not in entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}id").startswith("tag:") and root.findtext(f"{ATOM}updated")


def test_the_names_on_a_map_are_the_towns_in_view(client):
    names = [label["name"] for label in client.get("/map/names.json?box=-122.5,37,-121.5,38").json]
    assert names[0] == "San Jose" and "San Francisco" in names
    everywhere = client.get("/map/names.json?box=-180,-90,180,90").json
    assert 20 < len(everywhere) <= 150
    for bad in ("", "1,2,3", "x,y,z,w", "nan,nan,nan,nan", "1e9,0,0,0"):
        assert client.get("/map/names.json", query_string={"box": bad}).status_code == 400


def test_renewing_the_entries_of_several_groups(app):
    from staytouch_events.feeds.actions import renew_entries

    for slug in ("one", "two", "three"):
        an_event(a_group(slug))
    db.session.expire_all()
    db.session.expunge_all()
    assert renew_entries(NOW) == 3
    db.session.commit()
