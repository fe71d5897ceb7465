"""Adding sites, choosing one, and being led to another."""

import json
import re

import pytest
from sqlalchemy import select

from staytouch_events.attendance.briefing import day_of
from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.events.models import CANCELLED, Event
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import a_day


@pytest.fixture
def crew(app):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, "organizer")
    return alice, group


def text(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def manage(event: Event) -> str:
    return f"/events/{event.slug}/manage/sites"


def fill_up(site: Event, who: str = "ann") -> None:
    respond(site, a_person(who), who.title(), GOING, Party(site.capacity, 0), "", NOW)
    db.session.commit()


def test_an_organizer_adds_a_site(browser_of, crew):
    alice, group = crew
    bob = a_person("bob")
    a_membership(bob, group)
    browser, day = browser_of(alice), an_event(group, title="Earth Day")
    assert "Make it a day with several sites" in text(browser, f"/events/{day.slug}/manage/edit")
    pin = {"name": "Coyote Creek", "pin": "37.33, -121.88", "capacity": "20", "lead": str(bob.id), "lead_phone": "408"}
    assert fill(browser, manage(day), **pin, meeting_point="At the bridge").status_code == 303
    site = db.session.scalar(select(Event).where(Event.umbrella_id == day.id))
    assert (site.title, site.lat, site.venue) == ("Earth Day: Coyote Creek", 37.33, "Coyote Creek")
    assert (day_of(site).lead, day_of(site).lead_phone) == ("Bob", "408")
    page = text(browser, manage(day))
    assert all(words in page for words in ("Coyote Creek", "0 of 20 going", "Bob"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Give it a name."),
        ({"pin": ""}, "Say where it is"),
        ({"pin": "nowhere"}, "There is no point in this"),
        ({"capacity": "0"}, "1"),
        ({"starts_time": "08:00"}, "Give both hours"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(browser_of, crew, typed, words):
    alice, group = crew
    day = an_event(group)
    answer = fill(
        browser_of(alice), manage(day), **{"name": "Alma", "pin": "37.3, -121.88", "meeting_point": "Gate 4"} | typed
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "Gate 4" in page
    assert not day.is_umbrella


def test_a_refusal_keeps_what_was_typed(browser_of, crew):
    alice, group = crew
    day = an_event(group)
    fill_up_free(day)
    answer = fill(browser_of(alice), manage(day), name="Alma", pin="37.3, -121.88")
    assert answer.status_code == 422
    assert "People have answered it already." in answer.get_data(as_text=True)


def fill_up_free(event: Event) -> None:
    respond(event, a_person("gia"), "Gia", GOING, Party(1, 0), "", NOW)
    db.session.commit()


def test_the_days_page_asks_to_choose_a_site(client, app):
    it = a_day()
    page = text(client, f"/events/{it.day.slug}")
    assert "Choose your site" in page
    assert "3 sites, 6 spots left" in page
    assert f"/events/{it.bridge.slug}" in page
    assert "Save my spot" not in page
    assert "Set-Cookie" not in client.get(f"/events/{it.day.slug}/sites").headers
    answer = client.post(
        f"/events/{it.day.slug}/rsvp",
        data={"answer": GOING, "name": "Gia", "email": "g@example.org", "adults": 1, "minors": 0},
    )
    assert "Choose the one you come to" in answer.get_data(as_text=True)


def test_the_nearest_comes_first(client, app):
    it = a_day()
    names = [name for name, _at in sorted(near(client, it, "37.36, -121.88").items(), key=lambda pair: pair[1])]
    assert names == ["Coyote", "Bridge", "Alma"]
    assert near(client, it, "37.30, -121.88")["Alma"] < near(client, it, "37.30, -121.88")["Coyote"]
    assert "2.8 mi" in text(client, f"/events/{it.day.slug}/sites?near=37.32,-121.88")
    assert "No town or ZIP called" in text(client, f"/events/{it.day.slug}/sites?near=Nowhereville")


def near(client, it, where: str) -> dict[str, int]:
    page = text(client, f"/events/{it.day.slug}/sites?near={where}")
    return {name: page.index(f">{name}</a>") for name in ("Alma", "Bridge", "Coyote")}


def test_all_pins_are_on_one_map(client, app):
    it = a_day()
    found = client.get(f"/events/{it.day.slug}/sites.json").json
    assert [point["title"] for point in found] == ["Alma", "Bridge", "Coyote"]
    assert client.get(f"/events/{it.alma.slug}/sites").status_code == 404


def test_a_full_site_says_which_one_has_room(client, app):
    it = a_day()
    assert "has 2 spots left" not in text(client, f"/events/{it.alma.slug}")
    fill_up(it.alma)
    page = text(client, f"/events/{it.alma.slug}")
    assert "Bridge, 1.4 mi away, has 2 spots left." in page
    assert f'<a href="/events/{it.day.slug}">Earth Day</a>' in page
    fill_up(it.bridge, "ben")
    # Kept pages follow what happens elsewhere.
    assert "Coyote, 4.1 mi away, has 2 spots left." in text(client, f"/events/{it.alma.slug}")


def test_cancelling_says_how_many_people_it_mails_at_all_sites(browser_of, app):
    it = a_day()
    fill_up(it.alma)
    browser = browser_of(it.alice)
    address = f"/events/{it.day.slug}/manage/cancel"
    assert "This cancels for 1 person" in text(browser, address)
    fill(browser, address, reason="Storm")
    assert it.bridge.state == CANCELLED


def test_an_edit_asks_how_far_it_goes(browser_of, app):
    it = a_day()
    browser, address = browser_of(it.alice), f"/events/{it.day.slug}/manage/edit"
    assert "On this page and at all sites" in text(browser, address)
    review = fill(browser, address, summary="Come all", place="San José, CA", do="save")
    assert "So do 3 sites." in review.get_data(as_text=True)
    fill(browser, address, summary="Come all", place="San José, CA", do="confirm")
    assert it.alma.summary == "Come all"


def test_a_day_without_sites_left_is_one_event_again(browser_of, crew):
    alice, group = crew
    browser, day = browser_of(alice), an_event(group, draft=True)
    fill(browser, manage(day), name="Alma", pin="37.3, -121.88")
    db.session.delete(db.session.scalar(select(Event).where(Event.umbrella_id == day.id)))
    db.session.commit()
    answer = fill(browser, manage(day), manage(day) + "/end")
    assert answer.status_code == 303
    assert not day.is_umbrella


def test_machines_read_which_day_a_site_is_of(client, app):
    it = a_day()
    cancel(it.coyote, "", NOW)
    db.session.commit()
    day, site = (jsonld(client, event) for event in (it.day, it.alma))
    assert [sub["name"] for sub in day["subEvent"]] == ["Earth Day: Alma", "Earth Day: Bridge", "Earth Day: Coyote"]
    assert site["superEvent"]["name"] == "Earth Day"
    told = client.get(f"/api/v1/events/{it.day.slug}").json
    assert (told["takes_answers"], [one["free"] for one in told["sites"]][:2]) == (False, [2, 2])
    assert client.get(f"/api/v1/events/{it.alma.slug}").json["day"]["slug"] == it.day.slug


def jsonld(client, event: Event) -> dict:
    page = text(client, f"/events/{event.slug}")
    return json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])
