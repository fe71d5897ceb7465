"""A question from the organizer's phone to a guest's answer and back, on a phone."""

import re
from datetime import datetime, time, timedelta

from playwright.sync_api import expect

from staytouch_events.groups.models import OWNER
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event


def test_an_organizer_asks_a_guest_answers_and_the_list_says_so(app, site, open_page, sign_in):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    starts = datetime.combine(now().date() + timedelta(days=9), time(9))
    event = an_event(group, now(), starts_wall=starts)
    phone, guest = open_page(width=390), open_page(width=390, script=False)
    sign_in(phone, alice)
    phone.goto(f"/events/{event.slug}/manage/questions")
    expect(phone.get_by_label("Choices, one a line")).to_be_hidden()
    phone.get_by_label("Question", exact=True).fill("Which gloves?")
    phone.get_by_label("One choice of several").check()
    phone.get_by_label("Choices, one a line").fill("Small\nLarge")
    phone.get_by_label("Has to be answered").check()
    phone.get_by_role("button", name="Ask it").click()
    expect(phone.get_by_role("heading", name="1 question")).to_be_visible()

    guest.goto(f"/events/{event.slug}?from=flyer")
    guest.get_by_label("I can't").check()
    expect(guest.get_by_label("Which gloves?")).to_be_hidden()
    guest.get_by_label("I'm going").check()
    guest.get_by_label("Your name").fill("Gia")
    guest.get_by_label("Email").fill("gia@example.org")
    guest.get_by_role("button", name="Save my spot").click()
    wrong = guest.get_by_role("link", name="Which gloves?: Please answer this.")
    wrong.click()
    expect(guest.get_by_label("Your name")).to_have_value("Gia")
    guest.get_by_label("Which gloves?").select_option("Large")
    guest.get_by_role("button", name="Save my answer").click()
    expect(guest.get_by_text("We've written to g…@example.org")).to_be_visible()

    phone.goto(f"/events/{event.slug}/manage/people")
    phone.get_by_label("Said", exact=True).select_option("Large")
    phone.get_by_role("button", name="Show", exact=True).click()
    row = phone.get_by_role("row", name=re.compile("Gia"))
    expect(row).to_contain_text("Which gloves? Large")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    row.get_by_role("link", name="Change Gia").click()
    expect(phone.get_by_text("came by the link “flyer”")).to_be_visible()
