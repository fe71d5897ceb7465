"""An event is made of a place, it is cleaned, closed, opened again; and whoever told of it is told."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.access.spots import event_of, may_tend
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, discard, postpone, publish, restore, save
from staytouch_events.events.models import DRAFT, Event
from staytouch_events.events.times import times
from staytouch_events.groups.models import MEMBER, ORGANIZER, Group
from staytouch_events.pictures import picture_file
from staytouch_events.purge import purge
from staytouch_events.refusals import Refused
from staytouch_events.spots.actions import close, mark_cleaned, me_too, reopen
from staytouch_events.spots.models import CLEANED, CLOSED, DOUBLE, OPEN, PLANNED, Spot
from staytouch_events.spots.planning import make_event

from ..cast import NOW, SOON, a_group, a_membership, a_person, an_event
from ..forms import fields_of
from .cast import a_photo, a_spot, posted, told

WHEN = times(SOON.replace(tzinfo=None), SOON.replace(tzinfo=None) + timedelta(hours=3), "America/Los_Angeles")


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def planned(spot: Spot, group=None) -> Event:
    """A published event that cleans it up."""
    event = make_event(spot, group or a_group(), NOW)
    save(event, WHEN, NOW)
    publish(event, NOW)
    db.session.commit()
    return event


def state(spot: Spot) -> str:
    """As it is stored."""
    db.session.expire_all()
    return spot.state


def token(browser, path: str) -> str:
    """The token of a signed-in person's page."""
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page(browser, path))[1]


@pytest.fixture
def alice(app, browser_of):
    """An organizer's browser."""
    group = a_group()
    person = a_person("alice")
    a_membership(person, group, ORGANIZER)
    return browser_of(person)


def test_an_organizer_makes_an_event_of_it_in_one_step_and_only_once(app, alice, client):
    spot = a_spot(kind="overgrown")
    path = f"/spots/{spot.slug}/event/trash-punx"
    typed = fields_of(page(alice, f"/spots/{spot.slug}"), path)
    answers = [alice.post(path, data=typed) for _ in range(2)]
    (event,) = db.session.scalars(select(Event)).all()
    assert {answer.location for answer in answers} == {f"/events/{event.slug}/manage/edit"}
    assert (event.state, event.title, event.kind) == (DRAFT, "Clean-up: Tires under the bridge", "park")
    assert (event.lat, event.lon, event.precision, event.zone) == (37.3352, -121.8663, "pin", "America/Los_Angeles")
    assert state(spot) == OPEN
    assert "Go on with the draft of Trash Punx" in page(alice, f"/spots/{spot.slug}")
    assert "Make an event" not in page(client, f"/spots/{spot.slug}")
    assert "Clean-up" not in page(client, f"/spots/{spot.slug}")


def test_the_draft_takes_over_what_the_crew_always_brings_but_not_its_last_place(app):
    group = a_group()
    an_event(group, bring="Boots", address="1 Elsewhere", meeting_point="The gate", place_hidden=True, tags=["x"])
    event = make_event(a_spot(), group, NOW)
    assert (event.bring, event.address, event.meeting_point, event.venue) == ("Boots", "", "", "")
    assert (event.place_hidden, event.public_lat, event.tags) == (False, None, [])


def test_publishing_plans_it_links_both_pages_and_tells_everybody_once(app, client):
    rita, bob = a_person("rita"), a_person("bob")
    spot = a_spot(rita)
    me_too(spot, bob, NOW)
    event = planned(spot)
    assert state(spot) == PLANNED and event_of(spot).id == event.id
    assert f"/events/{event.slug}" in page(client, f"/spots/{spot.slug}")
    shown = page(client, f"/events/{event.slug}")
    assert "Cleans up: Tires under the bridge" in shown and f"/spots/{spot.slug}" in shown
    assert posted(NOW + timedelta(minutes=9)) == []
    save(event, {"title": "Tires out"}, NOW)
    db.session.commit()
    letters = [letter for letter in posted() if "A crew comes" in letter["Subject"]]
    assert sorted(letter["To"].split("<")[-1].strip(">") for letter in letters) == [
        "bob@example.org",
        "rita@example.org",
    ]
    assert f"/events/{event.slug}" in told(letters[0]) and "Trash Punx has set a date" in told(letters[0])
    assert [letter for letter in posted(NOW + timedelta(days=1)) if "crew comes" in letter["Subject"]] == []


def test_it_goes_with_its_event(app):
    spot = a_spot()
    event = planned(spot)
    postpone(event, "", NOW)
    assert state(spot) == PLANNED
    restore(event, NOW)
    cancel(event, "Rain", NOW)
    db.session.commit()
    assert state(spot) == OPEN and event_of(spot) is None
    assert [letter for letter in posted() if "crew comes" in letter["Subject"]] == []
    restore(event, NOW)
    assert state(spot) == PLANNED
    save(event, {"visibility": "members"}, NOW)
    assert state(spot) == OPEN
    db.session.commit()
    other = make_event(spot, a_group("other"), NOW)
    discard(other)
    db.session.commit()
    assert state(spot) == OPEN


def test_an_event_that_not_everybody_may_see_is_named_on_no_page_of_the_place(app, client):
    spot = a_spot()
    event = make_event(spot, a_group(), NOW)
    save(event, {**WHEN, "title": "PLANTED", "visibility": "members"}, NOW)
    publish(event, NOW)
    db.session.commit()
    assert state(spot) == OPEN and "PLANTED" not in page(client, f"/spots/{spot.slug}")
    assert posted() == []


def test_a_second_crew_is_told_that_there_is_a_date(app):
    spot = a_spot()
    planned(spot)
    with pytest.raises(Refused):
        make_event(spot, a_group("other"), NOW)


def test_it_is_marked_cleaned_in_one_step_with_before_and_after(app, alice, client):
    spot = a_spot(a_person("rita"), picture="b" * 32)
    path = f"/spots/{spot.slug}/cleaned"
    sent = {"csrf_token": token(alice, path), "picture": (a_photo(), "after.jpg")}
    assert alice.post(path, data=sent).status_code == 303
    assert state(spot) == CLEANED and picture_file(spot.after_picture)
    shown = page(client, f"/spots/{spot.slug}")
    assert "Before: Tires under the bridge" in shown and "After: Tires under the bridge" in shown
    for path in ("/spots", "/spots/map.json", "/near/san-jose-ca", "/near/san-jose-ca/map.json"):
        assert spot.title not in page(client, path), path
    (letter,) = posted()
    assert letter["Subject"] == "Cleaned: Tires under the bridge" and f"/spots/{spot.slug}" in told(letter)


def test_a_mistake_is_taken_back_before_anybody_hears_of_it(app):
    spot = a_spot()
    mark_cleaned(spot, None, NOW)
    reopen(spot, NOW)
    close(spot, "double", "", NOW)
    reopen(spot, NOW)
    db.session.commit()
    assert posted() == [] and state(spot) == OPEN
    with pytest.raises(Refused):
        reopen(spot, NOW)


def test_closing_hides_it_and_tells_who_reported_it_why(app, alice, client):
    spot = a_spot(a_person("rita"), picture="b" * 32)
    me_too(spot, a_person("bob"), NOW)
    event = planned(spot, db.session.scalar(select(Group)))
    path = f"/spots/{spot.slug}/close"
    wrong = alice.post(path, data={"csrf_token": token(alice, path), "closed_as": "other", "reason": ""})
    assert wrong.status_code == 422 and "Say it in a few words" in wrong.get_data(as_text=True)
    sent = {"csrf_token": token(alice, path), "closed_as": "person", "reason": "Somebody lives there"}
    assert alice.post(path, data=sent).status_code == 303
    assert state(spot) == CLOSED
    assert client.get(f"/spots/{spot.slug}").status_code == 404
    assert spot.title not in page(client, "/spots") and "Cleans up" not in page(client, f"/events/{event.slug}")
    assert "It is about people, or their camp: Somebody lives there" in page(alice, f"/spots/{spot.slug}")
    (letter,) = posted()
    assert letter["Subject"] == "Closed: Tires under the bridge" and "rita@example.org" in letter["To"]
    assert "It is about people, or their camp: Somebody lives there" in told(letter)


def test_the_photo_of_a_report_about_people_is_deleted(app, client, browser_of):
    browser = browser_of(a_person("rita"))
    sent = {
        "title": "x",
        "kind": "litter",
        "size": "bag",
        "pin": "37.3352, -121.8663",
        "csrf_token": token(browser, "/spots/new"),
        "picture": (a_photo(), "x.jpg"),
    }
    browser.post("/spots/new", data=sent)
    spot = db.session.scalar(select(Spot))
    name = spot.picture
    close(spot, "person", "", NOW)
    db.session.commit()
    purge(NOW + timedelta(days=8))
    db.session.commit()
    assert state(spot) == CLOSED and spot.picture is None and picture_file(name) is None


def test_who_looks_after_a_place(app):
    near, far = a_group(), a_group("far", lat=38.58, lon=-121.49)
    people = {name: a_person(name) for name in ("near", "far", "member", "nobody")}
    a_membership(people["near"], near, ORGANIZER)
    a_membership(people["far"], far, ORGANIZER)
    a_membership(people["member"], near, MEMBER)
    people["admin"] = a_person("ada", is_admin=True)
    spot = a_spot()
    assert {name for name, who in people.items() if may_tend(who, spot)} == {"near", "admin"}
    planned(spot, far)
    assert {name for name, who in people.items() if may_tend(who, spot)} == {"far", "admin"}


def test_a_page_leads_an_organizer_to_marking_it_after_the_event_began(app, alice, client, clock):
    spot = a_spot()
    event = planned(spot, db.session.scalar(select(Group)))
    link = f'href="/spots/{spot.slug}/cleaned"'
    assert link not in page(alice, f"/events/{event.slug}")
    clock.moment = event.starts_at + timedelta(hours=1)
    assert link in page(alice, f"/events/{event.slug}") and link not in page(client, f"/events/{event.slug}")


def test_no_event_is_made_of_what_needs_no_hands(app):
    group, clean, closed = a_group(), a_spot(), a_spot()
    mark_cleaned(clean, None, NOW)
    close(closed, DOUBLE, "", NOW)
    for spot in (clean, closed):
        with pytest.raises(Refused, match="needs no hands"):
            make_event(spot, group, NOW)
