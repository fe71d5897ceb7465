"""Two people write to each other: what is looked at is read, and a time that is taken stands on both agendas."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from staytouch_events.conversations import meetings
from staytouch_events.when import now

from ..conversations.cast import crew_mates, says


def test_a_time_is_proposed_read_and_taken(app, site, open_page, sign_in):
    from staytouch_events.db import db

    alice, bob = crew_mates("alice", "bob")
    talk = says(alice, bob, "Coffee?", now())
    fields = {"what": "Coffee", "place": "The kiosk", "zone": "America/Los_Angeles", "minutes": 60}
    meetings.propose(talk.side, alice, {**fields, "times": [(now() + timedelta(days=2)).isoformat()]}, "", now())
    db.session.commit()
    page = open_page(width=390)
    sign_in(page, bob)
    page.goto("/messages")
    expect(page.get_by_text("1 waits for you")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Alice")).click()
    expect(page.get_by_role("button", name="Mark as read")).to_be_hidden()
    page.goto("/messages")
    expect(page.get_by_text("1 waits for you")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Alice")).click()
    page.get_by_role("button", name=re.compile("^Take it")).click()
    expect(page.get_by_text("It's a date.")).to_be_visible()
    page.get_by_label("Your message").fill("See you there")
    page.get_by_label("Your message").press("Control+Enter")
    expect(page.get_by_text("See you there")).to_be_visible()
    page.goto("/agenda")
    expect(page.get_by_role("link", name="Coffee with Alice")).to_be_visible()
