"""Place by degrees: a place shown only after answering, and the public point that stands for it."""

from math import cos, radians

import pytest

from staytouch_events.db import db
from staytouch_events.discover.queries import search
from staytouch_events.discover.searches import Search
from staytouch_events.events.actions import new_event, save
from staytouch_events.events.places import public_point
from staytouch_events.geo.distance import distance_m
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.emails import invitation
from staytouch_events.rsvps.models import DECLINED, GOING

from ..cast import NOW, a_group, a_person, an_event

PIN = (37.341234, -121.871234)
SECRETS = ("Plum Shed", "12 Hidden Lane", "the blue door", "behind the barn")
# Of the public point one coordinate may come near the pin's by chance, but never both: it lies 150 m off.
NEAR_THE_PIN = {"37.3412", "-121.8712"}


def a_hidden_event(**fields):
    """An event whose place only those who answer see."""
    fields = {
        "venue": "Plum Shed",
        "address": "12 Hidden Lane",
        "place_name": "San José, CA",
        "meeting_point": "the blue door",
        "parking": "behind the barn",
        "parking_lat": PIN[0],
        "parking_lon": PIN[1],
        "lat": PIN[0],
        "lon": PIN[1],
        "precision": "pin",
        "place_hidden": True,
        **fields,
    }
    return an_event(a_group(), **fields)


def metres_off(event) -> float:
    """How far the public point lies from the pin."""
    return distance_m(*public_point(event), event.lat, event.lon)


def test_the_public_point_is_150_to_350_metres_off(app):
    group = a_group()
    for number in range(30):
        event = an_event(group, title=f"e{number}", lat=10.0 + number, lon=179.999, place_hidden=True)
        assert 149.9 <= metres_off(event) <= 350.1


def test_it_stays_while_the_pin_moves_a_little_and_moves_with_it_far(app):
    event = a_hidden_event()
    first = public_point(event)
    for lat in (PIN[0] + 0.003, PIN[0] - 0.003, PIN[0]):
        save(event, {"lat": lat}, NOW)
        assert public_point(event) == first
    save(event, {"place_hidden": False}, NOW)
    assert public_point(event) == PIN
    save(event, {"place_hidden": True}, NOW)
    assert public_point(event) == first
    save(event, {"lat": PIN[0] + 0.05}, NOW)
    assert public_point(event) != first
    assert 149.9 <= metres_off(event) <= 350.1


def test_copies_and_new_events_at_the_same_pin_share_the_point(app):
    event = a_hidden_event()
    copy = new_event(event.group, NOW, copy_of=event)
    another = an_event(event.group, title="another", lat=PIN[0] + 0.0001, lon=PIN[1], place_hidden=True)
    assert public_point(copy) == public_point(another) == public_point(event)


def test_a_hundred_radius_searches_lead_to_the_public_point_alone(app):
    event = a_hidden_event()
    lat, lon = public_point(event)
    for step in range(100):
        east = 0.02 * step / 100 / cos(radians(lat))
        centre = (lat, lon + east)
        reach = distance_m(*centre, lat, lon)
        for metres, expected in ((reach + 0.5, 1), (reach - 0.5, 0)):
            if metres > 0:
                asked = Search(near_text="x", point=centre, within=metres / 1000, unit="km", since=NOW)
                found = search(asked, NOW)
                assert len(found.rows) == expected
                assert all(far == pytest.approx(reach, abs=0.1) for far in found.metres.values())


def test_strangers_are_told_the_town_on_every_door(app, client):
    event = a_hidden_event()
    near = "/?near=37.3,-121.9"
    for path in (f"/events/{event.slug}", f"/events/{event.slug}.ics", "/groups/trash-punx/calendar.ics", "/", near):
        page = client.get(path).get_data(as_text=True).replace("\r\n ", "")
        assert "San José" in page, path
        assert [secret for secret in SECRETS if secret in page] == [], path
        assert not all(coordinate in page for coordinate in NEAR_THE_PIN), path
    assert event.title not in client.get("/?q=plum").get_data(as_text=True)


def test_whoever_answers_sees_the_place_until_they_say_no(app, browser_of):
    event, bob = a_hidden_event(), a_person("bob")
    browser = browser_of(bob)
    assert "the blue door" not in browser.get(f"/events/{event.slug}").get_data(as_text=True)
    outcome = respond(event, bob, "Bob", GOING, Party(1, 0), "", NOW)
    db.session.commit()
    page = browser.get(f"/events/{event.slug}").get_data(as_text=True)
    assert [secret for secret in SECRETS if secret not in page] == []
    calendar, _method = invitation(outcome.rsvp, NOW)
    assert "Plum Shed" in calendar.decode().replace("\r\n ", "") and b"GEO:37.341234" in calendar
    respond(event, bob, "Bob", DECLINED, Party(1, 0), "", NOW)
    db.session.commit()
    assert "the blue door" not in browser.get(f"/events/{event.slug}").get_data(as_text=True)


def test_a_guest_sees_it_on_their_own_page(app, client):
    from staytouch_events.access.rsvps import manage_token

    event = a_hidden_event()
    outcome = respond(event, a_person("gia", joined_at=None), "Gia", GOING, Party(1, 0), "", NOW)
    db.session.commit()
    page = client.get(f"/rsvps/{manage_token(outcome.rsvp)}").get_data(as_text=True)
    assert [secret for secret in SECRETS if secret not in page] == []
