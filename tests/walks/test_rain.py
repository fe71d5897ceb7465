"""Rain: an event is put off on a phone, and its mails, its calendars and its seats follow."""

import urllib.request
from datetime import timedelta

import icalendar
from sqlalchemy import update

from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.jobs.models import Job
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.confirming import END
from staytouch_events.rsvps.models import GOING, Rsvp
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import both_databases
from .letters import invitation_in, link_in, text_of
from .test_guest import next_saturday

GUESTS = ("gia", "gil", "gus")


def feed(site, path: str) -> list[icalendar.Event]:
    """The entries of a calendar as a program polls it."""
    with urllib.request.urlopen(site.base + path, timeout=30) as answer:
        return icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")


def the_hour_strikes() -> None:
    """By which people had to confirm."""
    db.session.rollback()
    db.session.execute(update(Rsvp).where(Rsvp.confirm_by_at.is_not(None)).values(confirm_by_at=now()))
    db.session.execute(update(Job).where(Job.kind == END).values(due_at=now()))
    db.session.commit()


@both_databases
def test_a_postponed_event_through_its_mails_and_calendars(app, site, open_page, sign_in):
    plan = {"weather_dependent": True, "decides_before": 14 * 60 + 30, "backup_after": 24 * 60}
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    event = an_event(group, now(), capacity=2, starts_wall=next_saturday(), **plan)
    for who in GUESTS:
        respond(event, a_person(who, joined_at=None), who.title(), GOING, Party(1), "", now())
    db.session.commit()
    uid, backup = event.uid, event.starts_at + timedelta(days=1)
    first = {who: site.mail.wait_for(f"{who}@example.org") for who in GUESTS}
    before = feed(site, "/groups/trash-punx/calendar.ics")
    assert [(str(entry["UID"]), entry["STATUS"]) for entry in before] == [(uid, "TENTATIVE")]

    page = open_page()
    sign_in(page, alice)
    page.goto(f"/events/{event.slug}/manage/weather")
    page.get_by_role("link", name="Postpone to").click()
    page.get_by_label("Why?").fill("The creek is up")
    page.get_by_role("button", name="Postpone the event").click()
    page.get_by_text("A new date: it was").wait_for()

    moved = {who: site.mail.wait_for(f"{who}@example.org", 2) for who in GUESTS}
    for who in ("gia", "gil"):
        assert moved[who]["Subject"] == "New date: Coyote Creek clean-up" and "The creek is up" in text_of(moved[who])
        method, entry = invitation_in(moved[who])
        was = invitation_in(first[who])[1]
        assert (method, str(entry["UID"])) == ("REQUEST", uid) and entry["DTSTART"].dt == backup
        assert entry["SEQUENCE"] == was["SEQUENCE"] + 1 and entry["ORGANIZER"] == was["ORGANIZER"]
    assert "Are you still coming?" not in text_of(moved["gus"])
    after = feed(site, "/groups/trash-punx/calendar.ics")
    assert [(str(entry["UID"]), entry["DTSTART"].dt) for entry in after] == [(uid, backup)]
    assert after[0]["SEQUENCE"] == before[0]["SEQUENCE"] + 1

    guest = open_page()
    guest.goto(link_in(moved["gia"], "/rsvps/"))
    guest.get_by_role("button", name="Still coming").click()
    guest.get_by_role("heading", name="You're in").wait_for()
    assert guest.get_by_role("button", name="Still coming").count() == 0

    the_hour_strikes()
    gone, promoted = site.mail.wait_for("gil@example.org", 3), site.mail.wait_for("gus@example.org", 3)
    assert gone["Subject"].startswith("Your spot went on") and invitation_in(gone)[0] == "CANCEL"
    method, entry = invitation_in(promoted)
    assert promoted["Subject"].startswith("A spot for you") and method == "REQUEST"
    assert (str(entry["UID"]), entry["DTSTART"].dt) == (uid, backup)

    guest.goto(link_in(gone, "/rsvps/"))
    guest.get_by_role("button", name="Still coming").click()
    guest.get_by_role("heading", name="You're in line").wait_for()
    assert len(site.mail.to("gia@example.org")) == 2
