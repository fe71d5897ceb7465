"""Two phones at a creek: one holds up a code, the other scans it off the screen, and writes down what to remember."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_person, an_event
from .test_day import scanned


def test_two_phones_exchange_cards_and_one_writes_a_note(app, site, open_page, sign_in):
    moment = now()
    starts = wall_time(moment, "America/Los_Angeles").replace(second=0, microsecond=0) - timedelta(minutes=30)
    event = an_event(a_group(), moment - timedelta(hours=1), title="Guadalupe clean-up", starts_wall=starts)
    ana, bob = a_person("ana", name="Ana Luz"), a_person("bob", name="Bob Lee")
    for person in (ana, bob):
        mark(respond(event, person, person.name, GOING, Party(1), "", moment).rsvp, IN, "", moment, by=None)
    db.session.commit()
    first, second = open_page(), open_page()
    sign_in(first, ana)
    first.goto("/contacts/card")
    first.get_by_label("Phone").fill("408 555 0100")
    first.get_by_role("button", name="Make my card").click()
    first.get_by_role("link", name="Show my card").click()
    first.locator("#online img").evaluate("image => image.decode()")
    link = scanned(first)
    first.get_by_role("link", name="No network here?").click()
    expect(first.locator("#offline img")).to_be_visible()
    held = scanned(first)
    assert held.startswith("BEGIN:VCARD") and "TEL;TYPE=CELL:+14085550100" in held

    sign_in(second, bob)
    second.goto(link)
    second.get_by_role("button", name="Keep Ana Luz").click()
    expect(second.get_by_role("status")).to_contain_text("You have each other.")
    expect(second.locator(".lead")).to_contain_text(re.compile("Met at Guadalupe clean-up, "))
    second.get_by_label("What to remember").fill("Has 40 **willow** cuttings")
    second.get_by_role("button", name="Keep the note").click()
    expect(second.locator(".notes strong")).to_have_text("willow")

    first.goto("/contacts")
    first.get_by_role("link", name="Bob Lee").click()
    expect(first.locator(".lead")).to_contain_text("Met at Guadalupe clean-up, ")
    assert "willow" not in first.content()
