"""Two phones at a creek: one holds up a code, the other scans it off the screen; six weeks on they find a time."""

import re
from datetime import timedelta
from itertools import count
from urllib.request import urlopen

import icalendar
from playwright.sync_api import expect

from staytouch_events.access.contacts import card_token
from staytouch_events.access.feeds import calendar_token
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, Mark
from staytouch_events.contacts.models import Contact
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.times import times_from
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_membership, a_person, an_event
from ..contacts.cast import a_card
from .letters import invitation_in, link_in, text_of
from .test_day import scanned
from .test_guest import next_saturday


def weeks_pass(event, weeks: int) -> None:
    """It was so many weeks earlier that they met, and a day: by night the event goes on past midnight."""
    db.session.rollback()
    back = timedelta(weeks=weeks, days=1)
    save(event, times_from(event, event.starts_wall - back), now())
    for row in db.session.query(Mark).filter_by(event_id=event.id):
        row.received_at -= back
    for contact in db.session.query(Contact):
        contact.created_at -= back
        contact.met_at -= back
    db.session.commit()


def entries_of(site, person) -> list[icalendar.Event]:
    """What a calendar program finds in somebody's own calendar."""
    with urlopen(f"{site.base}/calendars/{calendar_token(person)}.ics") as answer:
        return icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")


def test_two_phones_meet_and_six_weeks_on_they_find_a_time(app, site, open_page, sign_in):
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

    second.get_by_role("link", name="Kind, tags, how often").click()
    second.get_by_label("What they are to you").select_option("Friend")
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Every 4 weeks, by the kind Friend")).to_be_visible()
    weeks_pass(event, 6)
    second.goto("/contacts/due")
    expect(second.get_by_text("6 weeks since Guadalupe clean-up; you wanted 4 weeks")).to_be_visible()
    second.get_by_role("link", name="Write Ana Luz").click()
    second.get_by_label("Your message").fill("Are the willows in the ground?")
    second.get_by_role("button", name="Send").click()
    expect(second.get_by_text("Are the willows in the ground?")).to_be_visible()
    second.goto("/contacts/due")
    expect(second.get_by_text("Nobody just now")).to_be_visible()

    second.goto("/contacts")
    second.get_by_role("link", name="Ana Luz").click()
    second.get_by_role("link", name="Propose a time").click()
    second.get_by_label("What", exact=True).fill("Coffee")
    second.get_by_label("First day", exact=True).fill((moment + timedelta(days=3)).date().isoformat())
    second.get_by_label("First day at").fill("10:00")
    second.get_by_role("button", name="Propose").click()
    first.goto("/messages")
    first.get_by_role("link", name=re.compile("^Bob")).click()
    first.get_by_role("button", name=re.compile("^Take it")).click()
    expect(first.get_by_text("It's a date.")).to_be_visible()
    dates = {
        person.name: [entry for entry in entries_of(site, person) if "Coffee" in entry["SUMMARY"]]
        for person in (ana, bob)
    }
    ((hers,), (his,)) = dates.values()
    assert (hers["UID"], hers["DTSTART"].dt) == (his["UID"], his["DTSTART"].dt)
    for person in (ana, bob):
        letters = (site.mail.wait_for(person.email, number) for number in count(1))
        method, entry = invitation_in(next(letter for letter in letters if "Coffee" in letter["Subject"]))
        assert (method, entry["UID"]) == ("REQUEST", hers["UID"])


TAPS = 12


def test_a_newcomer_meets_somebody_on_a_first_saturday(app, site, open_page, sign_in):
    """From the first sight of an event to a reminder of whom one met: each tap is counted, a link in a mail too."""
    moment = now()
    alice, group = a_person("alice", name="Alice Rivera"), a_group()
    a_membership(alice, group, ORGANIZER)
    event = an_event(group, moment, starts_wall=next_saturday(), meeting_point="The footbridge", bring="Boots")
    respond(event, alice, alice.name, GOING, Party(1), "", moment)
    card = card_token(a_card(alice, name="Alice Rivera"))
    db.session.commit()
    taps, phone = [], open_page()

    def tap(target, what: str) -> None:
        taps.append(what)
        target.click()

    def follow(url: str, what: str) -> None:
        taps.append(what)
        phone.goto(url)

    phone.goto(f"/events/{event.slug}")
    phone.get_by_label("Your name").fill("Gia Rossi")
    phone.get_by_label("Email").fill("gia@example.org")
    tap(phone.get_by_role("button", name="Save 1 spot"), "I'm going")
    letter = site.mail.wait_for("gia@example.org")
    follow(link_in(letter, "/rsvps/"), "the letter's link")
    welcome = phone.locator("section", has=phone.get_by_role("heading", name=re.compile("Your first time with")))
    for words in ("Alice. Ask for Alice when you are there.", "The footbridge", "Boots"):
        expect(welcome.get_by_text(words)).to_be_visible()

    db.session.rollback()
    save(event, times_from(event, wall_time(now(), event.zone).replace(second=0, microsecond=0)), now())
    db.session.commit()
    follow(link_in(letter, "/rsvps/"), "the letter's link, there")
    tap(phone.get_by_role("button", name="I'm here"), "I'm here")
    expect(phone.get_by_role("heading", name=re.compile("You're here since"))).to_be_visible()
    follow(f"/c/{card}", "the code on Alice's phone, scanned")
    tap(phone.get_by_role("link", name="Or sign in and exchange cards"), "sign in")
    phone.get_by_label("Email").fill("gia@example.org")
    tap(phone.get_by_role("button", name="Mail me the link"), "mail me")
    letters = (site.mail.wait_for("gia@example.org", number) for number in count(1))
    follow(
        next(link_in(found, "/login/") for found in letters if "/login/" in text_of(found)), "the sign-in letter's link"
    )
    tap(phone.get_by_role("button", name="Sign in"), "sign in")
    tap(phone.get_by_role("button", name="Keep Alice Rivera"), "keep")
    expect(phone.locator(".lead")).to_contain_text("Met at Coyote Creek clean-up, ")
    tap(phone.get_by_role("button", name=re.compile("^Friend: every 4 weeks")), "a friend")
    expect(phone.get_by_text("Every 4 weeks, by the kind Friend")).to_be_visible()
    assert len(taps) <= TAPS, taps
