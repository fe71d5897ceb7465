"""On two phones: a guest answers with a child, reads the mail, signs for both; a helper sees it turn green."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.volunteers.actions import claim
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_membership, a_person, an_event
from ..volunteers.cast import a_role, a_shift
from ..waivers.cast import a_waiver, ask
from .letters import link_in, text_of


@pytest.fixture
def day(app):
    """An event that starts in an hour and asks for a waiver, and somebody who checks people in."""
    moment, zone = now(), "America/Los_Angeles"
    starts = wall_time(moment, zone).replace(second=0, microsecond=0) + timedelta(hours=1)
    event = an_event(a_group(), moment, starts_wall=starts)
    a_membership(a_person("alice"), event.group, ORGANIZER)
    ask(event, a_waiver(event.group), accompanied_under=13, emergency="optional", photos=True)
    hana = a_person("hana")
    shift = a_shift(event, a_role(event.group, moment, name="Front desk", checks_in=True), moment)
    claim(shift, hana, "Hana", moment)
    db.session.commit()
    return event, hana


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_from_the_answer_to_the_green_mark(day, site, open_page, sign_in, script):
    event, hana = day
    guest, helper = open_page(script=script), open_page()
    guest.goto(f"/events/{event.slug}")
    guest.get_by_role("heading", name="Who may come").wait_for()
    guest.get_by_label("Adults", exact=True).fill("0")
    guest.get_by_label("Under 18", exact=True).fill("1")
    guest.get_by_label("Your name").fill("Gia")
    guest.get_by_label("Email").fill("gia@example.org")
    guest.get_by_label("Age of the youngest").select_option("under 13")
    guest.locator("form.pocket button.loud").click()
    guest.get_by_text("Whoever is under 13 comes with an adult.").first.wait_for()
    guest.get_by_label("Adults", exact=True).fill("1")
    guest.get_by_role("button", name="Save my answer").click()
    guest.get_by_role("heading", name="Look at your mail").wait_for()

    letter = site.mail.wait_for("gia@example.org")
    assert "0 of 2 signed" in text_of(letter)
    to_sign = link_in(letter, "/rsvps/")
    assert to_sign.endswith("/before")
    guest.goto(to_sign.removesuffix("/before"))
    guest.get_by_role("link", name="Read and sign").click()
    guest.get_by_role("link", name="Español").first.click()
    guest.get_by_text("propio riesgo").wait_for()
    guest.get_by_role("link", name="English").first.click()
    mine, childs = guest.locator("#adult"), guest.locator("#minor-form")
    mine.get_by_label("Your full name").fill("Gia Example")
    mine.get_by_role("button", name="Sign").click()
    guest.get_by_text("Tick that you agree").first.wait_for()
    mine.get_by_label("I have read").check()
    mine.get_by_role("button", name="Sign").click()
    guest.get_by_text("1 of 2 signed").wait_for()

    sign_in(helper, hana)
    helper.goto(f"/events/{event.slug}/checkin")
    row = helper.locator("#people li", has_text="Gia")
    expect(row.get_by_text("Sign first: guardian")).to_be_visible()
    childs.get_by_label("Who comes").fill("Max")
    childs.get_by_label("Age").select_option("under 13")
    childs.get_by_label("I have read").check()
    childs.get_by_label("Parent or guardian").fill("Gia Example")
    childs.get_by_label("What you are to them").fill("mother")
    childs.get_by_role("button", name="Sign for them").click()
    guest.get_by_text("All signed.").wait_for()
    guest.get_by_label("No", exact=True).check(force=True)
    guest.get_by_role("button", name="Save Pictures").click()
    guest.get_by_role("link", name="Signed copy Max").click()
    guest.get_by_text("mother").wait_for()

    expect(row.get_by_text("All signed")).to_be_visible()
    expect(row.get_by_text("no photos")).to_be_visible()
    row.get_by_role("button", name="Check in Gia").click()
    helper.get_by_role("button", name=re.compile("Here .*Gia")).wait_for()


def test_the_phone_is_handed_to_a_walk_up(day, site, open_page, sign_in):
    event, hana = day
    helper = open_page()
    sign_in(helper, hana)
    helper.goto(f"/events/{event.slug}/checkin")
    helper.get_by_label("Name", exact=True).fill("Zoe")
    helper.get_by_role("button", name="Check in the walk-up").click()
    helper.get_by_role("heading", name="Zoe").wait_for()
    helper.get_by_label("I have read").check()
    helper.get_by_label("Your full name").fill("Zoe Example")
    helper.get_by_role("button", name="Sign", exact=True).click()
    expect(helper.locator("#people li", has_text="Zoe").get_by_text("All signed")).to_be_visible()
