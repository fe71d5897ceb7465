"""Places that need hands, found: near a place, on the map, and beside the events around."""

import re

import sqlalchemy as sa

from staytouch_events.db import db
from staytouch_events.spots.actions import close
from staytouch_events.spots.models import CLEANED, CLOSED, DOUBLE, OPEN, PLANNED, WAITING
from staytouch_events.spots.queries import needing, page_of

from ..cast import NOW, a_person
from .cast import a_spot, a_waiting_spot

SACRAMENTO = {"lat": 38.5816, "lon": -121.4944}


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def titles(shown: str) -> list[str]:
    """The places of a list, in its order."""
    return re.findall(r'href="/spots/[^"]+">([^<]+)</a></h3>', shown)


def test_the_newest_near_a_place_with_how_far(app, client):
    for title, where in (("old", {}), ("far", SACRAMENTO), ("new", {"lat": 37.34})):
        a_spot(title=title, **where)
    assert titles(page(client, "/spots")) == ["new", "far", "old"]
    shown = page(client, "/spots?near=95112&within=10&unit=km")
    assert titles(shown) == ["new", "old"] and "2 places need hands near San Jose" in shown
    assert re.search(r"\d\.\d km", shown)
    assert titles(page(client, "/spots?near=95112&within=150")) == ["new", "far", "old"]


def test_an_empty_list_and_an_unknown_place_say_what_to_do(app, client):
    assert "No place is reported here" in page(client, "/spots") and 'href="/spots/new' in page(client, "/spots")
    assert "so this is everything" in page(client, "/spots?near=qqqqqqq")
    assert client.get("/spots/map.json?near=qqqqqqq").status_code == 404
    assert "There are several places of this name" in page(client, "/spots?near=Springfield")


def test_pages_of_twenty(app, client):
    rita = a_person("rita")
    for number in range(22):
        a_spot(rita, title=f"spot {number}")
    first = page(client, "/spots?near=95112")
    assert titles(first) == [f"spot {number}" for number in range(21, 1, -1)]
    older = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    assert titles(page(client, older)) == ["spot 1", "spot 0"]
    assert titles(page(client, "/spots?after=nonsense")) == titles(page(client, "/spots"))


def test_a_list_asks_as_often_for_two_as_for_twenty(app, browser_of):
    rita = a_person("rita")
    browser = browser_of(rita)

    def asked(path: str) -> int:
        statements = []
        note = lambda *said: statements.append(said[2])  # noqa: E731
        browser.get(path)
        sa.event.listen(db.engine, "before_cursor_execute", note)
        browser.get(path)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        return len(statements)

    paths, found = ("/spots?near=95112", "/near/san-jose-ca", "/near/san-jose-ca/map.json"), []
    for rows in (2, 18):
        for number in range(rows):
            a_spot(rita, title=f"spot {rows} {number}")
        found.append([asked(path) for path in paths])
    assert found[0] == found[1] and min(found[0]) > 2


def test_the_map_has_them_beside_the_events_unless_the_search_is_for_something_else(app, client):
    spot = a_spot()
    (point,) = client.get("/near/san-jose-ca/map.json").json
    assert point == client.get("/spots/map.json").json[0]
    assert (point["spot"], point["lat"], point["lon"]) == (True, spot.lat, spot.lon)
    assert (point["url"], point["title"]) == (f"/spots/{spot.slug}", spot.title)
    assert point["words"] == "Dumped things, A carload"
    for narrow in ("kind=creek", "q=tires", "tag=kids", "online=1"):
        assert client.get(f"/map.json?{narrow}").json == [], narrow


def test_a_list_of_events_shows_the_six_nearest(app, client):
    assert "Seen a place that needs hands?" in page(client, "/near/san-jose-ca")
    for number in range(8):
        a_spot(title=f"spot {number}", lat=37.3352 + number / 100)
    a_spot(title="far", **SACRAMENTO)
    shown = page(client, "/?near=37.33,-121.87")
    assert titles(shown) == [f"spot {number}" for number in range(6)]
    assert "Places that need hands around here" in shown and 'href="/spots?near=37.33' in shown


def test_the_form_opens_its_map_near_the_place_that_was_searched(app, client):
    assert 'data-lat="38.58' in page(client, "/spots/new?near=Sacramento,%20CA")
    assert 'data-lat="38.5"' in page(client, "/spots/new?near=38.5,-121.5")
    assert client.get("/spots/new?near=https://maps.app.goo.gl/x").status_code == 200


def test_whatever_a_list_asks_for_what_waits_or_is_closed_is_not_in_it(app):
    a_waiting_spot()
    closed = a_spot(title="closed")
    close(closed, DOUBLE, "", NOW)
    shown = a_spot(title="open")
    db.session.commit()
    everything = (WAITING, OPEN, PLANNED, CLEANED, CLOSED)
    assert list(page_of(needing(None, 0, everything), None)[0]) == [shown]
