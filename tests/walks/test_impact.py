"""What was done, from a guest's phone to the lead's, and a reported place that is clean by it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.events.actions import publish, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import OWNER
from staytouch_events.impact.actions import approve, propose
from staytouch_events.impact.recognitions import define
from staytouch_events.outbox.models import WAITING, Letter
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.spots.planning import make_event
from staytouch_events.when import now, wall_time

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import skip
from ..impact.cast import FIELDS
from ..spots.cast import a_photo, a_spot
from .conftest import PICTURES
from .letters import link_in, text_of
from .test_pages import AXE, LOOKS, look_at

PHOTO = {"name": "bank.jpg", "mimeType": "image/jpeg", "buffer": a_photo().getvalue()}
ZONE = "America/Los_Angeles"


@pytest.fixture
def done(app):
    """An event that ended an hour ago, its lead, and a guest who was checked in."""
    moment = now()
    early, starts = moment - timedelta(days=3), moment - timedelta(hours=3)
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, OWNER)
    hours = wall_time(starts, ZONE).replace(second=0, microsecond=0)
    place = {"lat": 37.3352, "lon": -121.8663, "precision": "pin", "place_name": "San Jose, CA"}
    event = an_event(group, early, starts_wall=hours, ends_wall=hours + timedelta(hours=2), **place)
    gia = a_person("gia", joined_at=None)
    rsvp = respond(event, gia, "Gia", GOING, Party(2, 1), "", early).rsvp
    mark(rsvp, IN, "", starts, by=alice)
    db.session.query(Letter).delete()
    db.session.commit()
    return event, alice, rsvp


def hurry() -> None:
    """Nobody waits ten minutes for a letter."""
    db.session.rollback()
    db.session.query(Letter).filter(Letter.state == WAITING).update({"due_at": now()})
    db.session.commit()


def test_the_lead_approves_42_bags_that_a_guest_put_down(done, site, open_page, sign_in):
    event, alice, rsvp = done
    guest = open_page(width=390)
    guest.goto(f"/rsvps/{manage_token(rsvp)}")
    guest.get_by_role("link", name="Put down what you did").click()
    bags = guest.get_by_label("Bags of trash", exact=True)
    bags.fill("41")
    guest.get_by_role("button", name="One more: Bags of trash").click()
    expect(bags).to_have_value("42")
    expect(guest.get_by_label("Adults", exact=True)).to_have_value("2")
    guest.get_by_label("Estimated from the bags").check()
    guest.get_by_text("Most often found").click()
    guest.get_by_role("button", name="One more: Cigarette butts").click()
    PICTURES.mkdir(exist_ok=True)
    guest.screenshot(path=PICTURES / "impact-log-filled-390.png", full_page=True)
    guest.get_by_role("button", name="Send it to the organizers").click()
    guest.get_by_text("It waits for an organizer.").wait_for()
    guest.get_by_label("Before (optional)").set_input_files(PHOTO)
    guest.get_by_label("After (optional)").set_input_files(PHOTO)
    guest.get_by_role("button", name="Add the photos").click()
    guest.get_by_role("img", name=re.compile("^After: ")).wait_for()

    hurry()
    letter = site.mail.wait_for("alice@example.org")
    assert "42 bags" in text_of(letter)
    lead = open_page(width=390)
    sign_in(lead, alice)
    lead.get_by_role("link", name="Look at it").click()
    lead.get_by_role("heading", name="1 log to approve").wait_for()
    lead.screenshot(path=PICTURES / "impact-desk-390.png", full_page=True)
    lead.get_by_role("button", name=re.compile("^Approve 42 bags")).click()
    lead.get_by_text("It counts", exact=True).wait_for()

    stranger = open_page(width=390)
    stranger.goto(f"/events/{event.slug}")
    stranger.get_by_role("heading", name="42 bags, about 630 lb").wait_for()
    stranger.get_by_role("link", name="All that was counted").click()
    stranger.get_by_text("Cigarette butts").wait_for()
    hurry()
    letter = site.mail.wait_for("gia@example.org")
    assert "what you put down counts: 42 bags" in text_of(letter)
    guest.goto(link_in(letter, f"/events/{event.slug}/impact"))
    guest.get_by_role("img", name=re.compile("^Before: ")).first.wait_for()


def test_without_a_script_the_fields_are_numbers(done, site, open_page):
    _event, _alice, rsvp = done
    page = open_page(script=False)
    page.goto(f"/rsvps/{manage_token(rsvp)}/impact")
    page.get_by_label("Bags of trash").fill("7")
    page.get_by_label("Weight (optional)").fill("80")
    page.get_by_role("button", name="Send it to the organizers").click()
    page.get_by_role("link", name=re.compile("Say how it was weighed")).wait_for()
    assert page.get_by_label("Bags of trash").input_value() == "7"
    page.get_by_label("A scale").check()
    page.get_by_role("button", name="Send it to the organizers").click()
    page.get_by_role("heading", name="7 bags, 80 lb").wait_for()


def test_a_reported_place_is_clean_by_the_approved_log(done, site, open_page, sign_in):
    event, alice, _rsvp = done
    spot = a_spot(a_person("rita"), title="Tires under the bridge")
    cleanup = make_event(spot, event.group, now())
    starts = wall_time(now(), ZONE).replace(second=0, microsecond=0) - timedelta(minutes=30)
    save(cleanup, times(starts, starts + timedelta(hours=2), ZONE), now())
    publish(cleanup, now())
    db.session.commit()
    lead = open_page(width=390)
    sign_in(lead, alice)
    lead.goto(f"/events/{cleanup.slug}")
    lead.get_by_role("link", name="Put down what you did").click()
    lead.get_by_label("Tires", exact=True).fill("14")
    lead.get_by_role("button", name="Save: it counts at once").click()
    lead.get_by_label("Before (optional)").set_input_files(PHOTO)
    lead.get_by_label("After (optional)").set_input_files(PHOTO)
    lead.get_by_role("button", name="Add the photos").click()
    lead.get_by_role("img", name=re.compile("^After: ")).wait_for()
    lead.goto(f"/spots/{spot.slug}")
    lead.get_by_text("Trash Punx took care of it.").wait_for()
    for name in ("Before: Tires under the bridge", "After: Tires under the bridge"):
        lead.get_by_role("img", name=name).wait_for()
    hurry()
    assert site.mail.wait_for("rita@example.org")["Subject"] == "Cleaned: Tires under the bridge"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look[0]))
def test_the_pages_of_what_was_done(done, site, open_page, sign_in, look):
    if not AXE.exists():
        skip("axe-core is not installed")
    event, alice, rsvp = done
    items = {"cigarette_butts": 120, "tires": 2, "graffiti": 3}
    figures = {"metres": 1200, "ground": "shore", "adults": 12, "minors": 3, "minutes": 1800, "oddest": "A tuba"}
    log = propose(event, {**FIELDS, "method": "bags", "items": items, **figures}, alice, "Alice", now())
    approve(log, alice, now())
    month_ago = now() - timedelta(days=35)
    other = an_event(event.group, month_ago - timedelta(days=9), starts_wall=wall_time(month_ago, ZONE))
    approve(propose(other, {**FIELDS, "grams": 90_000, "method": "scale"}, alice, "Alice", now()), alice, now())
    waits = propose(event, {**FIELDS, "team": "Bridge", "syringe_place": "Step 3"}, rsvp.person, "Gia", now())
    vest = define(event.group, {"name": "The vest", "about": "", "after_events": 1, "after_hours": None}, now())
    db.session.commit()
    width, scheme, language, then = look
    page = open_page(width=width, scheme=scheme, language=language)
    guest = f"/rsvps/{manage_token(rsvp)}"
    public = {
        "site": "/impact",
        "near": "/near/san-jose-ca/impact",
        "group": "/groups/trash-punx/impact",
        "event": f"/events/{event.slug}/impact",
        "eventpage": f"/events/{event.slug}",
        "empty": "/near/berlin-de/impact",
        "guest": guest,
        "new": f"{guest}/impact",
        "mine": f"{guest}/impact/{waits.id}",
    }
    for name, path in public.items():
        look_at(page, path, f"impact-{name}-{width}", then)
    page.goto("/impact")
    page.locator("summary").first.click()
    sign_in(page, alice)
    manage = "/groups/trash-punx/manage/recognition"
    hosts = {
        "dashboard": "/dashboard",
        "desk": f"/events/{event.slug}/manage/impact",
        "log": f"/events/{event.slug}/impact/log/{waits.id}",
        "recognitions": manage,
        "recognition": f"{manage}/{vest.id}",
    }
    for name, path in hosts.items():
        look_at(page, f"{path}?lang={language[:2]}", f"impact-{name}-{width}", then)
