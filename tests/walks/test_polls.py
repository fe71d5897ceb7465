"""A phone without an account votes on a time; it becomes an event; the letter's button takes the spot."""

import re

from playwright.sync_api import expect

from staytouch_events.when import now

from ..polls.cast import a_crews_time
from .letters import link_in
from .test_guest import next_saturday


def test_a_vote_an_event_an_invitation(app, site, open_page, sign_in):
    it = a_crews_time(at=(next_saturday(), next_saturday().replace(hour=17)), now=now())
    path, alice = f"/polls/{it.poll.public_id}", it.alice
    phone = open_page()
    phone.goto(path)
    first = phone.get_by_role("group", name=re.compile("8:30"))
    first.get_by_role("radio", name="Yes").check()
    phone.get_by_role("group", name=re.compile("5:30")).get_by_role("radio", name="If need be").check()
    phone.get_by_label("Your name").fill("Gia Rossi")
    phone.get_by_label("Email").fill("gia@example.org")
    phone.get_by_role("button", name="Save my vote").click()
    expect(phone.get_by_text("Your vote counts.")).to_be_visible()
    assert phone.context.cookies() == []
    phone.goto(link_in(site.mail.wait_for("gia@example.org"), "/polls/votes/"))
    phone.get_by_role("button", name="Yes, write to me").click()
    expect(phone.get_by_text("We write to you when the time is set.")).to_be_visible()

    desk = open_page(width=1440)
    sign_in(desk, alice)
    desk.goto(f"{path}/manage")
    expect(desk.get_by_text("Suits best").first).to_be_visible()
    desk.get_by_label(re.compile("published at once")).check()
    desk.get_by_role("button", name="This is the time").click()
    expect(desk.get_by_role("heading", name="Plan the spring")).to_be_visible()

    phone.goto(link_in(site.mail.wait_for("gia@example.org", 2), "/polls/votes/"))
    phone.get_by_role("button", name="I'm going").click()
    expect(phone.get_by_text("1 spot is yours")).to_be_visible()
