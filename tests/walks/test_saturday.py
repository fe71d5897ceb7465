"""A Saturday on phones: shifts from last month, a driver, check-in, 42 bags, a letter that can be verified."""

import io
import re
from datetime import timedelta
from email.message import EmailMessage
from itertools import count

import icalendar
import pypdf
import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from staytouch_events.attendance.models import Mark
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.models import Event
from staytouch_events.events.times import times_from
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.outbox.models import WAITING, Letter
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.queries import shifts_of
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_membership, a_person, an_event
from ..volunteers.cast import a_role, a_shift
from .letters import link_in, text_of
from .test_day import scanned

ZONE = "America/Los_Angeles"
LASTS = timedelta(hours=2)


@pytest.fixture
def crew(app):
    """Last month's event with its two shifts, and the next one, in an hour, without any."""
    moment = now()
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    starts = wall_time(moment, ZONE).replace(second=0, microsecond=0) + timedelta(hours=1)
    before = starts - timedelta(days=28)
    earlier = an_event(group, moment, title="Last month's", starts_wall=before, ends_wall=before + LASTS)
    driver = a_role(group, moment, instructions="The key lies under the blue bucket.", requirements="A licence")
    desk = a_role(group, moment, name="Front desk", checks_in=True)
    for role in (driver, desk):
        a_shift(earlier, role, moment, lasts=120)
    event = an_event(group, moment, starts_wall=starts, ends_wall=starts + LASTS)
    db.session.commit()
    return event, alice, a_person("hana")


def entries_in(message: EmailMessage) -> list[icalendar.Event]:
    """What a letter brings for a calendar."""
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return icalendar.Calendar.from_ical(parts[0].get_payload(decode=True)).walk("VEVENT")


def hours_pass(event: Event, hours: int) -> None:
    """It began so many hours earlier, and so did everything that was done at it."""
    db.session.rollback()
    back = timedelta(hours=hours)
    save(event, times_from(event, event.starts_wall - back), now())
    for mark in db.session.query(Mark).filter_by(event_id=event.id):
        mark.received_at -= back
    db.session.commit()


def hurry() -> None:
    """Nobody waits ten minutes for a letter."""
    db.session.rollback()
    db.session.execute(update(Letter).where(Letter.state == WAITING).values(due_at=now()))
    db.session.commit()


def test_a_whole_saturday(crew, site, open_page, sign_in):
    event, alice, hana = crew
    lead = open_page()
    sign_in(lead, alice)
    lead.goto(f"/events/{event.slug}/manage/shifts")
    lead.get_by_role("button", name="Take them over").click()
    lead.get_by_role("heading", name="2 hands needed").wait_for()

    guest = open_page()
    guest.goto(f"/events/{event.slug}")
    guest.get_by_role("link", name=re.compile("Take it.*Driver")).click()
    guest.get_by_label("Name").fill("Gia")
    guest.get_by_label("Email").fill("gia@example.org")
    guest.get_by_role("button", name="Take it").click()
    letter = site.mail.wait_for("gia@example.org")
    assert "The key lies under the blue bucket." in text_of(letter)
    assert any("Driver" in str(entry.get("DESCRIPTION", "")) + str(entry["SUMMARY"]) for entry in entries_in(letter))
    mine = link_in(letter, "/rsvps/")

    db.session.rollback()
    claim(next(shift for shift in shifts_of(event) if shift.role.checks_in), hana, "Hana", now())
    db.session.commit()
    helper = open_page()
    sign_in(helper, hana)
    for page in (lead, helper):
        page.goto(f"/events/{event.slug}/checkin")
    helper.get_by_role("button", name="Check in Gia").click()
    lead.get_by_role("button", name=re.compile("Here .*Gia")).wait_for()
    lead.get_by_role("button", name="Check in Hana").click()
    helper.get_by_role("button", name=re.compile("Here .*Hana")).wait_for()
    lead.get_by_role("link", name="Poster").click()
    lead.locator("main img").evaluate("image => image.decode()")
    stranger = open_page()
    stranger.goto(scanned(lead))
    stranger.get_by_label("Your name").fill("Zoe")
    stranger.get_by_role("button", name="Check me in").click()
    stranger.get_by_text("You're checked in, Zoe.").wait_for()

    hours_pass(event, 4)
    guest.goto(mine)
    guest.get_by_role("link", name="Put down what you did").click()
    guest.get_by_label("Bags of trash", exact=True).fill("42")
    guest.get_by_role("button", name="Send it to the organizers").click()
    guest.get_by_text("It waits for an organizer.").wait_for()
    lead.goto("/dashboard")
    lead.get_by_role("link", name="Look at it").click()
    lead.get_by_role("button", name=re.compile("^Approve 42 bags")).click()
    lead.get_by_text("It counts", exact=True).wait_for()
    stranger.goto(f"/events/{event.slug}")
    expect(stranger.get_by_role("heading", name=re.compile("^42 bags"))).to_be_visible()

    guest.goto(mine)
    guest.get_by_role("button", name="Ask for my hours letter").click()
    guest.get_by_text("You asked for your hours letter.").wait_for()
    lead.goto("/groups/trash-punx/manage/letters")
    lead.get_by_role("button", name="Sign and send Gia").click()
    lead.get_by_role("heading", name="Given out").wait_for()
    hurry()
    letters = (site.mail.wait_for("gia@example.org", number) for number in count(1))
    guest.goto(next(link_in(letter, "/verify/") for letter in letters if "/verify/" in text_of(letter)))
    guest.get_by_role("heading", name="Volunteer hours of Gia").wait_for()
    with guest.expect_download() as downloading:
        guest.get_by_role("link", name="Download as PDF").click()
    words = pypdf.PdfReader(io.BytesIO(downloading.value.path().read_bytes())).pages[0].extract_text()
    code = guest.url.rsplit("/", 1)[-1]
    total = re.search(r"Total: .*", words)[0]
    assert "Gia" in words and code in words and re.match(r"Total: (2:5\d|3) h", total)
    stranger.goto(f"/verify/{code}")
    stranger.get_by_text(total, exact=True).wait_for()
