"""An organizer's week on a phone: what needs her, everyone who answered, and the day-before letter's "can't"."""

import re
from datetime import datetime, time, timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups import joining
from staytouch_events.groups.models import OWNER
from staytouch_events.groups.queries import membership_of
from staytouch_events.rsvps import letters
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, SEATED, Rsvp
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..volunteers.cast import a_role, a_shift
from .letters import invitation_in, link_in


def crew_with_a_full_saturday():
    """A crew that lets in by a yes, and an event in two days: two spots taken, one waits, a shift without hands."""
    alice, group = a_person("alice"), a_group(joining="approval")
    a_membership(alice, group, OWNER)
    event = an_event(group, now(), starts_wall=datetime.combine(now().date() + timedelta(days=2), time(9)), capacity=2)
    a_shift(event, a_role(group, now()), now(), target=2)
    for who in ("bob", "gia", "dora"):
        respond(event, a_person(who, joined_at=None), who.title(), GOING, Party(1), "", now())
    carla = a_person("carla")
    joining.ask(group, carla, "I live by the creek", now())
    db.session.commit()
    return alice, carla, event


def answer_of(event, name: str) -> Rsvp:
    """Somebody's answer as it is now."""
    db.session.rollback()
    return db.session.scalar(select(Rsvp).where(Rsvp.event_id == event.id, Rsvp.name == name))


def fits(page) -> bool:
    """Whether nothing scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_from_what_needs_her_to_a_list_that_is_right(app, site, open_page, sign_in):
    alice, carla, event = crew_with_a_full_saturday()
    page = open_page(width=390)
    sign_in(page, alice)
    expect(page.get_by_role("heading", level=1)).to_have_text("4 things need you")
    assert fits(page)

    page.get_by_role("link", name="Answer them").click()
    expect(page.get_by_text("I live by the creek")).to_be_visible()
    page.get_by_role("button", name="Let in").click()
    expect(page.get_by_role("heading", name="2 regulars")).to_be_visible()
    assert fits(page) and membership_of(event.group, carla.id)
    page.goto("/dashboard")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 things need you")

    page.get_by_role("link", name="See the line").click()
    page.get_by_label("Name or mail").fill("dora")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="1 answer")).to_be_visible()
    page.get_by_role("link", name="Change Dora").click()
    page.get_by_label("Raise the number of spots if it is full").last.check()
    page.get_by_role("button", name="Give the spot").click()
    page.wait_for_load_state()
    assert fits(page) and answer_of(event, "Dora").standing == SEATED
    method, entry = invitation_in(site.mail.wait_for("dora@example.org", 2))
    assert (method, entry["ATTENDEE"].params["PARTSTAT"]) == ("REQUEST", "ACCEPTED")

    page.goto(f"/events/{event.slug}/manage/people")
    page.get_by_label("Name", exact=True).fill("Uncle Ed")
    page.get_by_label("Raise the number of spots if it is full").check()
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 going")
    page.get_by_role("link", name="Change Uncle Ed").click()
    page.get_by_role("button", name="Take off the list").click()
    page.get_by_role("button", name="Put them back").click()
    expect(page.get_by_role("link", name="Change Uncle Ed")).to_be_visible()
    assert answer_of(event, "Uncle Ed").standing == SEATED and fits(page)


def test_cant_in_the_letter_of_the_day_before_lets_the_next_in(app, site, open_page):
    _alice, _carla, event = crew_with_a_full_saturday()
    letters.remind(answer_of(event, "Bob"), now())
    db.session.commit()
    guest = open_page(width=390, script=False)
    guest.goto(link_in(site.mail.wait_for("bob@example.org", 2), "/rsvps/").split("?")[0] + "?answer=declined")
    assert answer_of(event, "Bob").standing == SEATED
    guest.get_by_role("button", name=re.compile("can't come", re.IGNORECASE)).click()
    guest.wait_for_load_state()
    assert answer_of(event, "Bob").answer == DECLINED and answer_of(event, "Dora").standing == SEATED
    method, gone = invitation_in(site.mail.wait_for("bob@example.org", 3))
    assert (method, str(gone["STATUS"])) == ("CANCEL", "CANCELLED")
    method, entry = invitation_in(site.mail.wait_for("dora@example.org", 2))
    assert (method, entry["ATTENDEE"].params["PARTSTAT"], entry["UID"]) == ("REQUEST", "ACCEPTED", gone["UID"])
