"""The day itself: two helpers on two phones, a poster that is scanned, and everything looked over."""

import io
import re
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance import actions
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.volunteers.actions import claim
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import skip
from ..volunteers.cast import a_role, a_shift
from .test_pages import AXE, LOOKS, look_at


@pytest.fixture
def day(app):
    """An event that starts in an hour, a helper, an organizer and three guests."""
    moment = now()
    zone = "America/Los_Angeles"
    starts = wall_time(moment, zone).replace(second=0, microsecond=0) + timedelta(hours=1)
    event = an_event(a_group(), moment, starts_wall=starts)
    alice, hana = a_person("alice"), a_person("hana")
    a_membership(alice, event.group, ORGANIZER)
    shift = a_shift(event, a_role(event.group, moment, name="Front desk", checks_in=True), moment)
    claim(shift, hana, "Hana", moment)
    rsvps = {}
    for who, adults, minors in (("ana", 1, 0), ("bao", 1, 2), ("łucja", 2, 0)):
        person = a_person(who, email=f"g{len(rsvps)}@example.org", joined_at=None)
        rsvps[who] = respond(event, person, person.name, GOING, Party(adults, minors), "", moment).rsvp
    db.session.commit()
    return event, alice, hana, rsvps


def scanned(page) -> str:
    """What a phone's camera reads off the screen."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert found, "no code on the screen"
    return found[0].text


def test_two_phones_and_a_poster(day, site, open_page, sign_in):
    event, alice, hana, _rsvps = day
    first, second = open_page(), open_page()
    for page, person in ((first, alice), (second, hana)):
        sign_in(page, person)
        page.goto(f"/events/{event.slug}/checkin")
    first.get_by_role("button", name="Check in Bao").click()
    first.get_by_role("button", name=re.compile("Here .*Bao")).wait_for()
    second.get_by_role("button", name=re.compile("Here .*Bao")).wait_for()
    second.get_by_label("Find a name").fill("luc")
    assert second.locator("#people li:visible").count() == 1
    second.get_by_role("button", name="Check in Łucja").click()
    second.get_by_role("button", name=re.compile("Here .*Łucja")).click()
    second.get_by_role("button", name="Check in Łucja").wait_for()
    second.get_by_label("Find a name").fill("")
    for name in ("Ana", "Łucja"):
        second.get_by_label(f"Select {name}").check()
    second.get_by_role("button", name="Check in the 2 selected").click()
    first.get_by_text("of 7 people are here").wait_for()
    expect(first.locator(".tally b").first).to_have_text("6")

    first.get_by_role("link", name="Poster").click()
    first.get_by_role("heading", name="Scan to check in").wait_for()
    first.locator("main img").evaluate("image => image.decode()")
    guest = open_page()
    guest.goto(scanned(first))
    guest.get_by_label("Your name").fill("Zoe")
    guest.get_by_role("button", name="Check me in").click()
    guest.get_by_text("You're checked in, Zoe.").wait_for()
    second.get_by_role("button", name=re.compile("Here .*Zoe")).wait_for()


def test_a_guests_code_shows_a_helper_the_button(day, site, open_page, sign_in):
    _event, _alice, hana, rsvps = day
    guest, helper = open_page(), open_page()
    guest.goto(f"/rsvps/{manage_token(rsvps['ana'])}")
    code = guest.get_by_alt_text("QR code of this page")
    code.scroll_into_view_if_needed()
    code.evaluate("image => image.decode()")
    sign_in(helper, hana)
    helper.goto(scanned(guest))
    helper.get_by_role("button", name="Check in Ana").click()
    helper.get_by_role("button", name=re.compile("Here .*Ana")).wait_for()


def test_without_a_script_the_forms_do_it(day, site, open_page, sign_in):
    event, _alice, hana, _rsvps = day
    page = open_page(script=False)
    sign_in(page, hana)
    page.goto(f"/events/{event.slug}/checkin?q=bao")
    page.get_by_role("button", name="Check in Bao").click()
    page.get_by_role("button", name=re.compile("Here .*Bao")).wait_for()
    page.get_by_role("link", name="Reload").click()
    assert page.get_by_label("Find a name").input_value() == "bao"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look[0]))
def test_the_pages_of_the_day(day, site, open_page, sign_in, look):
    if not AXE.exists():
        skip("axe-core is not installed")
    event, alice, _hana, rsvps = day
    actions.mark(rsvps["bao"], IN, "", now(), by=alice)
    actions.walk_up(event, "Zoe", Party(), "", now(), by=alice)
    actions.mark(rsvps["ana"], IN, "", now(), by=alice)
    actions.mark(rsvps["ana"], "out", "", now() + timedelta(hours=2), by=alice)
    db.session.commit()
    width, scheme, language, then = look
    page = open_page(width=width, scheme=scheme, language=language)
    public = {"here": f"/events/{event.slug}/here", "manage": f"/rsvps/{manage_token(rsvps['bao'])}"}
    public["poster"] = f"/events/{event.slug}/checkin/poster"
    for name, path in public.items():
        look_at(page, path, f"day-{name}-{width}", then)
    sign_in(page, alice)
    for name, path in {"console": "checkin", "hours": "manage/hours"}.items():
        look_at(page, f"/events/{event.slug}/{path}?lang={language[:2]}", f"day-{name}-{width}", then)
    look_at(page, f"/hours?lang={language[:2]}", f"day-mine-{width}", then)
