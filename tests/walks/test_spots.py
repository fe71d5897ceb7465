"""A neighbour reports a dump from a phone; a crew makes an event of it, cleans it, and the neighbour reads of it."""

import re

from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import WAITING, Letter
from staytouch_events.spots.models import Spot
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person
from ..spots.cast import a_photo
from .conftest import PICTURES
from .letters import link_in, text_of
from .test_guest import next_saturday

PHOTO = {"name": "dump.jpg", "mimeType": "image/jpeg", "buffer": a_photo().getvalue()}


def test_from_a_report_to_a_clean_place(app, site, open_page, sign_in):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    page = open_page(width=390)
    page.goto("/near/san-jose-ca")
    page.get_by_role("link", name="Report it").click()
    page.get_by_text("Report things, never people.").wait_for()
    page.get_by_label("What is it, in one line?").fill("Tires under the bridge")
    page.get_by_label("Photo (optional)").set_input_files(PHOTO)
    _drag_the_pin(page)
    page.get_by_label("Dumped things").check()
    page.get_by_label("A carload").check()
    page.get_by_label("Broken glass").check()
    page.get_by_label("Email").fill("gia@example.org")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "spot-report-filled.png", full_page=True)
    page.get_by_role("button", name="Report this place").click()
    page.get_by_role("heading", name="Look at your mail").wait_for()

    page.goto(link_in(site.mail.wait_for("gia@example.org"), "/spots/mine/"))
    page.get_by_role("button", name="Yes, report it").click()
    page.get_by_role("heading", name="You reported this").wait_for()
    page.get_by_role("link", name="Tires under the bridge").click()
    page.get_by_role("img", name="Photo: Tires under the bridge").wait_for()
    spot = db.session.scalar(select(Spot))
    assert 37.2 < spot.lat < 37.5 and spot.hazards == ["glass"]
    page.get_by_text("Show it on a map").click()
    page.locator("[data-spotmap][data-ready]").wait_for()

    host = open_page(width=390)
    sign_in(host, alice)
    host.goto("/near/san-jose-ca")
    host.get_by_role("button", name="Map", exact=True).click()
    host.locator("[data-map][data-ready='1']").wait_for()
    host.locator(".mappin.spot").click()
    host.locator(".leaflet-popup a", has_text="Tires").click()
    host.get_by_role("button", name="With Trash Punx").click()
    assert host.get_by_label("Title").input_value() == "Clean-up: Tires under the bridge"
    host.get_by_label("Day", exact=True).fill(f"{next_saturday():%Y-%m-%d}")
    host.get_by_label("Starts at").fill("09:00")
    host.get_by_label("Ends at").fill("11:30")
    host.get_by_role("button", name="Publish").click()
    host.get_by_role("heading", name="Cleans up: Tires under the bridge").wait_for()
    _do_not_wait_ten_minutes()
    letter = site.mail.wait_for("gia@example.org", 2)
    assert "Trash Punx has set a date" in text_of(letter)
    page.goto(link_in(letter, "/events/"))
    page.get_by_role("heading", name="Clean-up: Tires under the bridge").wait_for()

    host.locator("#cleans ~ .spots a").click()
    host.get_by_role("link", name="Mark it cleaned").click()
    host.get_by_label("Photo (optional)").set_input_files(PHOTO)
    host.get_by_role("button", name="Mark it cleaned").click()
    host.get_by_role("img", name="After: Tires under the bridge").wait_for()
    _do_not_wait_ten_minutes()
    letter = site.mail.wait_for("gia@example.org", 3)
    assert letter["Subject"] == "Cleaned: Tires under the bridge"
    page.goto(link_in(letter, "/spots/mine/"))
    page.get_by_role("button", name="No more mail about this").click()
    page.get_by_role("heading", name="No more mail").wait_for()


def test_a_report_works_without_scripts(app, site, open_page):
    page = open_page(script=False)
    page.goto("/spots")
    page.get_by_role("link", name="Report a place").click()
    page.get_by_label("What is it, in one line?").fill("Weeds")
    page.get_by_label("Email").fill("gia@example.org")
    page.get_by_label(re.compile("^Where: ")).fill("San Jose")
    page.get_by_label("Overgrown").check()
    page.get_by_label("A bag or two").check()
    page.get_by_role("button", name="Report this place").click()
    page.get_by_role("link", name=re.compile("There is no point in this")).click()
    assert page.get_by_label("What is it, in one line?").input_value() == "Weeds"
    page.get_by_label(re.compile("^Where: ")).fill("37.3352, -121.8663")
    page.get_by_role("button", name="Report this place").click()
    page.goto(link_in(site.mail.wait_for("gia@example.org"), "/spots/mine/"))
    page.get_by_role("button", name="Yes, report it").click()
    page.get_by_role("heading", name="You reported this").wait_for()


def _drag_the_pin(page) -> None:
    page.get_by_text("Set the pin on a map").click()
    box = page.locator("[data-pinmap][data-ready]")
    box.wait_for()
    box.scroll_into_view_if_needed()
    box.click(position={"x": 150, "y": 150})
    handle = page.get_by_label("The pin: drag it, or press where it belongs")
    field = page.get_by_label(re.compile("^Where: "))
    before, at = field.input_value(), handle.bounding_box()
    middle = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 20, middle[1] + 10, steps=6)
    page.mouse.up()
    assert before and field.input_value() != before


def _do_not_wait_ten_minutes() -> None:
    db.session.rollback()
    waits = Letter.kind.in_(("spots.planned", "spots.cleaned"))
    db.session.query(Letter).filter(waits, Letter.state == WAITING).update({"due_at": now()})
    db.session.commit()
