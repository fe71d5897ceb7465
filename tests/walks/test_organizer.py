"""An organizer posts the next date in one screen, moves it, cancels it; mail and calendars follow."""

import urllib.request

import icalendar
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import OWNER
from staytouch_events.outbox.models import Letter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import both_databases
from .letters import invitation_in, text_of
from .test_guest import next_saturday


def feed(site, group) -> dict[str, icalendar.Event]:
    """The group's calendar as a program reads it now."""
    with urllib.request.urlopen(f"{site.base}/groups/{group.slug}/calendar.ics") as answer:
        entries = icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")
    return {str(entry["SUMMARY"]): entry for entry in entries}


@both_databases
def test_posting_moving_and_cancelling(app, site, open_page, sign_in):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, OWNER)
    an_event(
        group,
        now(),
        starts_wall=next_saturday(),
        place_name="San Jose, CA",
        lat=37.3352,
        lon=-121.8663,
        precision="pin",
    )
    page = open_page(width=390)
    sign_in(page, alice)
    page.get_by_role("button", name="New event").click()

    # From the last event one screen, and of six required inputs only the day is empty.
    assert page.get_by_label("Title").input_value() == "Coyote Creek clean-up"
    assert page.locator("#write [required]").count() <= 6
    page.get_by_label("Title").fill("Willows in the ground")
    page.get_by_label("Day", exact=True).fill(f"{next_saturday():%Y-%m-%d}")
    page.get_by_label("Starts at").fill("09:00")
    page.get_by_label("Ends at").fill("11:30")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("heading", name="Willows in the ground").wait_for()
    entry = feed(site, group)["Willows in the ground"]
    assert entry["SEQUENCE"] == 0

    slug = page.url.rsplit("/", 1)[1].split("?")[0]
    bob = a_person("bob")
    event = _event(slug)
    respond(event, bob, "Bob", GOING, Party(1), "", now())
    db.session.commit()
    invited = invitation_in(site.mail.wait_for("bob@example.org"))[1]

    page.get_by_role("link", name="Edit this event").click()
    page.get_by_label("Starts at").fill("10:00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("This mails 1 person").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("article time", has_text="10–11:30").wait_for()
    moved = feed(site, group)["Willows in the ground"]
    assert (str(moved["UID"]), moved["SEQUENCE"]) == (str(entry["UID"]), 1)
    assert moved["DTSTART"].dt > entry["DTSTART"].dt

    _do_not_wait_ten_minutes()
    letter = site.mail.wait_for("bob@example.org", 2)
    method, update = invitation_in(letter)
    assert (method, str(update["UID"])) == ("REQUEST", str(entry["UID"]))
    assert update["SEQUENCE"] > invited["SEQUENCE"] and update["DTSTART"].dt == moved["DTSTART"].dt
    assert "9–11:30" in text_of(letter) and "10–11:30" in text_of(letter)

    page.get_by_role("link", name="Edit this event").click()
    page.get_by_role("link", name="Cancel the event").click()
    page.get_by_text("This cancels for 1 person").wait_for()
    page.get_by_label("Why?").fill("The creek is up")
    page.get_by_role("button", name="Cancel the event").click()
    page.get_by_text("This is cancelled.").wait_for()
    method, gone = invitation_in(site.mail.wait_for("bob@example.org", 3))
    assert (method, str(gone["STATUS"])) == ("CANCEL", "CANCELLED")
    assert gone["SEQUENCE"] > update["SEQUENCE"]
    off = feed(site, group)["Cancelled: Willows in the ground"]
    assert (str(off["STATUS"]), off["SEQUENCE"]) == ("CANCELLED", 2)


def _event(slug: str) -> Event:
    return db.session.scalar(select(Event).where(Event.slug == slug))


def _do_not_wait_ten_minutes() -> None:
    db.session.rollback()
    db.session.query(Letter).filter(Letter.kind == "rsvps.changed").update({"due_at": now()})
    db.session.commit()
