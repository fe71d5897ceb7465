"""An organizer writes to whom the list shows: looked at, tried on herself, sent over real mail, on a phone."""

import re
from datetime import datetime, time, timedelta

from playwright.sync_api import expect
from sqlalchemy import select, update

from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import WAITING, Letter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, MAYBE
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..served import until
from .letters import text_of


def test_an_organizer_writes_to_whom_the_list_shows(app, site, open_page, sign_in):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    event = an_event(group, now(), starts_wall=datetime.combine(now().date() + timedelta(days=9), time(9)))
    for who, answer in (("bob", GOING), ("gia", MAYBE)):
        respond(event, a_person(who, joined_at=None), who.title(), answer, Party(1), "", now())
    db.session.commit()
    page = open_page(width=390)
    sign_in(page, alice)
    page.goto(f"/events/{event.slug}/manage/people?answer=maybe")
    page.get_by_role("link", name="Write to this person").click()
    expect(page.get_by_label("To", exact=True)).to_have_value("listed")
    page.get_by_label("Subject").fill("Bring boots")
    page.get_by_label("What you write").fill("The bank is **wet**.")
    page.get_by_role("button", name="See it before it goes").click()
    expect(page.get_by_text("To Gia.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Send me a test").click()
    expect(page.get_by_text("A test is on its way to alice@example.org.")).to_be_visible()
    until(lambda: any(told["Subject"] == "Test: Bring boots" for told in site.mail.to(alice.email)), "the test letter")
    page.get_by_role("button", name="Send to 1 person").click()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    db.session.execute(update(Letter).where(Letter.state == WAITING).values(due_at=now()))
    db.session.commit()
    letter = site.mail.wait_for("gia@example.org", 2)
    assert letter["Subject"] == "Bring boots" and "No more letters like this" in text_of(letter)
    assert len(site.mail.to("bob@example.org")) == 1
    until(lambda: not waiting(), "the letter to be put down as sent")
    page.reload()
    row = page.get_by_role("row", name=re.compile("Gia gia@example.org"))
    expect(row.get_by_text("sent", exact=True)).to_be_visible()


def waiting() -> list[int]:
    """Letters that were not sent yet."""
    db.session.rollback()
    return list(db.session.scalars(select(Letter.id).where(Letter.state == WAITING)))
