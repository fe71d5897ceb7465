"""The maps in a real browser: beside the list and behind a button, by keyboard, in the editor; lists in a frame."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import OWNER
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from .conftest import PICTURES
from .test_guest import next_saturday

CREEK = {"place_name": "San Jose, CA", "lat": 37.3352, "lon": -121.8663, "precision": "pin"}
BEACH = {"place_name": "Santa Cruz, CA", "lat": 36.9640, "lon": -122.0190, "precision": "pin"}


@pytest.fixture
def two(app, database_url):
    """A crew with a clean-up at the creek and one at the beach, 35 km apart."""
    group = a_group()
    creek = an_event(group, now(), title="At the creek", starts_wall=next_saturday(), **CREEK)
    an_event(group, now(), title="At the beach", starts_wall=next_saturday(), **BEACH)
    return group, creek


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (820, "dark"), (1440, "light"), (1440, "dark")])
def test_the_map_and_the_list_are_one(two, site, open_page, width, scheme):
    page = open_page(width=width, scheme=scheme)
    page.goto("/near/san-jose-ca?within=50&unit=mi")
    box = page.locator("[data-map]")
    if width < 992:
        assert not box.is_visible()
        page.get_by_role("button", name="Map").click()
    page.locator("[data-map][data-ready='2']").wait_for()
    page.locator("[data-map] .maplabel").first.wait_for()
    pins = page.locator(".mappin")
    assert pins.count() == 2 == page.locator("[data-event]").count()
    assert page.get_by_label(re.compile("^At the creek, ")).is_visible()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"map-{width}-{scheme}.png")


def test_hover_and_focus_are_tied_and_the_keyboard_reaches_all(two, site, open_page):
    page = open_page(width=1440)
    page.goto("/near/san-jose-ca?within=50&unit=mi")
    page.locator("[data-map][data-ready='2']").wait_for()
    card = page.locator("[data-event]", has_text="At the creek")
    pin = page.get_by_label(re.compile("^At the creek, "))
    card.hover()
    assert "lit" in pin.get_attribute("class")
    page.get_by_role("heading", level=1).hover()
    assert "lit" not in pin.get_attribute("class")
    pin.focus()
    assert "lit" in card.get_attribute("class")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup a", has_text="At the creek").click()
    page.get_by_role("heading", name="At the creek").wait_for()


def test_a_map_that_is_not_shown_is_not_loaded(two, site, open_page):
    page, asked = open_page(width=390), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/near/san-jose-ca")
    page.wait_for_load_state("networkidle")
    assert not any("leaflet" in url or "map" in url.rsplit("/", 1)[1] and url.endswith(".json") for url in asked)
    page.get_by_role("button", name="Map").click()
    page.locator("[data-map][data-ready]").wait_for()
    assert any("leaflet" in url for url in asked)


def test_near_me_rounds_and_searches(two, site, open_page):
    page = open_page(width=390)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 37.335234, "longitude": -121.866311})
    page.goto("/")
    page.get_by_role("button", name="Near me").click()
    page.wait_for_url(re.compile("near="))
    assert "37.34" in page.url and "37.335" not in page.url and "121.87" in page.url
    assert page.get_by_text("At the creek").is_visible()
    assert page.context.cookies() == []


def test_the_pin_is_dragged_and_saved(two, site, open_page, sign_in):
    group, event = two
    alice = a_person("alice")
    a_membership(alice, group, OWNER)
    page = open_page(width=1440)
    sign_in(page, alice)
    page.goto(f"/events/{event.slug}/manage/edit")
    field = page.get_by_label(re.compile("^Pin: "))
    assert field.input_value() == "37.335200, -121.866300"
    page.get_by_text("Set the pin on a map").click()
    page.locator("[data-pinmap][data-ready]").wait_for()
    handle = page.get_by_label("The pin: drag it, or press where it belongs")
    handle.scroll_into_view_if_needed()
    at = handle.bounding_box()
    middle = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 40, steps=6)
    page.mouse.up()
    lat, lon = (float(part) for part in field.input_value().split(","))
    assert 37.32 < lat < 37.3352 and -121.8663 < lon < -121.85
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="At the creek").wait_for()
    db.session.rollback()
    saved = db.session.scalar(select(Event).where(Event.id == event.id))
    assert (saved.lat, saved.lon, saved.precision) == (lat, lon, "pin")


@pytest.fixture
def foreign_page(site):
    """A page of another origin that shows a list of the site in a frame."""
    frame = f'<title>Ours</title><iframe src="{site.base}/embed/near/san-jose-ca?theme=dark" width="400" height="600">'

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frame.encode())

        def log_message(self, *words) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


def test_a_list_stands_in_a_frame_of_another_site_and_nothing_else_does(two, site, chromium, foreign_page):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(foreign_page)
    link = page.frame_locator("iframe").get_by_role("link", name=re.compile("At the creek"))
    link.wait_for()
    page.screenshot(path=PICTURES / "embed.png")
    with context.expect_page() as opened:
        link.click()
    opened.value.get_by_role("heading", name="At the creek").wait_for()
    page.evaluate("(url) => { document.querySelector('iframe').src = url }", f"{site.base}/near/san-jose-ca")
    page.wait_for_load_state("networkidle")
    assert page.frame_locator("iframe").get_by_text("At the creek").count() == 0
    context.close()
