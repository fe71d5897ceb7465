"""An address is found online: pressed on the page, asked by the worker, chosen, saved."""

from staytouch_events.choices import choose
from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.when import now

from ..cast import a_group, a_membership, a_person, an_event
from ..geo.test_online import STREET, THERE
from ..geo.test_online import host as host
from .conftest import PICTURES
from .test_guest import next_saturday


def test_an_address_is_looked_up_without_waiting_for_it(app, site, open_page, sign_in, host):
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    event = an_event(group, now(), starts_wall=next_saturday(), **STREET)
    choose({"geocoder": "nominatim", "geocoder_url": host.url})
    db.session.commit()
    page = open_page()
    sign_in(page, alice)
    page.goto(f"/events/{event.slug}/manage/edit")
    page.get_by_label("Address, park, town or ZIP").fill("600 William Street, San Jose, CA")
    page.get_by_role("button", name="Find this address").click()
    page.locator("#found-0").check()
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "find-390.png")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("This mails nobody.").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Edit this event").wait_for()
    db.session.rollback()
    saved = db.session.get(Event, event.id)
    assert (saved.lat, saved.lon) == THERE and len(host.asked) == 1
