"""Reporting a place: at once signed in, by the button of a mail for everyone else; things, never people."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import Person
from staytouch_events.pictures import picture_file
from staytouch_events.purge import purge
from staytouch_events.spots.models import OPEN, WAITING, Spot, Watcher

from ..cast import NOW, a_person
from .cast import TYPED, a_photo, a_spot, a_waiting_spot, link_of, posted, told

GUEST = {**TYPED, "name": "Gia", "email": "Gia@Example.org"}


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def spots() -> list[Spot]:
    """All that were reported."""
    db.session.expire_all()
    return list(db.session.scalars(select(Spot).order_by(Spot.id)))


def with_token(browser, **fields) -> dict:
    """The form as a signed-in person sends it."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page(browser, "/spots/new"))[1]
    return {**TYPED, "csrf_token": token, **fields}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Report things, never people. Camps and the people in them are not reported here."),
        ("es", "Reporta cosas, nunca personas. Los campamentos y las personas que viven en ellos no se reportan aquí."),
    ],
)
def test_the_form_says_that_people_are_never_reported(client, language, words):
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page(client, f"/spots/new?lang={language}")))
    assert words in said


def test_a_guests_report_is_shown_nowhere_until_the_button_of_its_mail_is_pressed(app, client):
    answer = client.post("/spots/new", data=GUEST)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert "g…@example.org" in answer.get_data(as_text=True)
    (spot,) = spots()
    assert spot.state == WAITING and spot.place_name == "San Jose, CA"
    assert client.get(f"/spots/{spot.slug}").status_code == 404
    for path in ("/spots", "/spots/map.json", "/near/san-jose-ca", "/near/san-jose-ca/map.json"):
        assert spot.title not in page(client, path), path

    (letter,) = posted(NOW)
    assert letter["To"] == "gia@example.org" and "Report Tires under the bridge?" in letter["Subject"]
    link = link_of(letter, "Yes, report it")
    assert "Yes, report it" in page(client, link)
    assert spots()[0].state == WAITING
    for _ in range(2):
        assert client.post(link).status_code == 303
    assert spots()[0].state == OPEN
    for path in ("/spots", "/spots/map.json", "/near/san-jose-ca", "/near/san-jose-ca/map.json"):
        assert spot.title in page(client, path), path
    assert "You reported this" in page(client, link)


def test_a_known_and_an_unknown_address_are_told_the_same(app, client):
    a_person("gia")
    pages = [client.post("/spots/new", data={**GUEST, "email": f"{who}@example.org"}).data for who in ("gia", "gus")]
    assert pages[0] == pages[1]
    assert len(db.session.scalars(select(Letter)).all()) == 2


def test_somebody_signed_in_reports_at_once_and_is_named_nowhere(app, client, browser_of):
    rita = a_person("rita", name="Rita Planted")
    browser = browser_of(rita)
    answer = browser.post("/spots/new", data=with_token(browser))
    (spot,) = spots()
    assert answer.status_code == 303 and answer.location.endswith(f"/spots/{spot.slug}")
    assert spot.state == OPEN and posted() == []
    shown = page(client, f"/spots/{spot.slug}") + page(client, "/spots") + page(client, "/spots/map.json")
    assert "Planted" not in shown and "rita@" not in shown
    assert "You reported this" in page(browser, f"/spots/{spot.slug}")


def test_a_photo_loses_what_it_says_of_its_taker(app, client, browser_of):
    browser = browser_of(a_person("rita"))
    photo = a_photo()
    assert b"PLANTED-MAKER" in photo.getvalue()
    browser.post("/spots/new", data=with_token(browser, picture=(photo, "me.jpg")))
    (spot,) = spots()
    kept = picture_file(spot.picture).read_bytes()
    assert kept[8:12] == b"WEBP" and b"PLANTED" not in kept and b"EXIF" not in kept
    shown = page(client, f"/spots/{spot.slug}")
    assert f"/pictures/{spot.picture}.webp" in shown and "Photo: Tires under the bridge" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Say what it is."),
        ({"kind": "person"}, "Not a valid choice"),
        ({"kind": ""}, "Choose a kind."),
        ({"size": ""}, "Choose a size."),
        ({"hazards": ["dragons"]}, "dragons"),
        ({"pin": ""}, "Set the pin: a town alone does not lead anybody there."),
        ({"pin": "San Jose, CA"}, "There is no point in this."),
        ({"pin": "95112"}, "There is no point in this."),
        ({"pin": "https://maps.app.goo.gl/x"}, "This short link can&#39;t be read."),
        ({"email": "nobody"}, "This is not an email address."),
        ({"name": "https://buy.example"}, "name"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(app, client, wrong, said):
    answer = client.post("/spots/new", data={**GUEST, "note": "Typed before", **wrong})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in shown and 'role="alert"' in shown
    assert "Typed before" in shown and ("Tires under the bridge" in shown or "title" in wrong)
    assert re.search(r'value="glass"[^>]*checked|checked[^>]*value="glass"', shown) or "hazards" in wrong
    assert spots() == [] and db.session.scalars(select(Letter)).all() == []


def test_a_photo_beside_a_mistake_has_to_be_chosen_again_and_is_not_kept(app, client, settings):
    answer = client.post("/spots/new", data={**GUEST, "title": "", "picture": (a_photo(), "x.jpg")})
    assert answer.status_code == 422 and "Choose the photo again" in answer.get_data(as_text=True)
    assert list(settings.pictures.glob("*")) == []


def test_what_is_no_photo_is_told(app, client):
    answer = client.post("/spots/new", data={**GUEST, "picture": (BytesIO(b"words"), "x.jpg")})
    assert answer.status_code == 422 and "This is not a picture we can read." in answer.get_data(as_text=True)
    assert spots() == []


def test_nobody_can_name_a_picture_that_is_kept_already(app, client, browser_of):
    a_spot(picture="a" * 32)
    browser = browser_of(a_person("rita"))
    browser.post("/spots/new", data=with_token(browser, kept_picture="a" * 32))
    assert spots()[1].picture is None


def test_a_robot_that_fills_the_trap_reports_nothing(app, client):
    assert client.post("/spots/new", data={**GUEST, "website": "x"}).status_code == 200
    assert spots() == [] and db.session.scalars(select(Letter)).all() == []


def test_unconfirmed_reports_are_forgotten_with_their_photo(app, client):
    client.post("/spots/new", data={**GUEST, "picture": (a_photo(), "x.jpg")})
    a_spot()
    name = spots()[0].picture
    assert purge(NOW + timedelta(days=6))["reports of places"] == 0
    assert picture_file(name) and picture_file(f"{name}-s")
    assert purge(NOW + timedelta(days=8))["reports of places"] == 1
    db.session.commit()
    assert picture_file(name) is None and picture_file(f"{name}-s") is None
    assert [spot.state for spot in spots()] == [OPEN]
    assert [watcher.reported for watcher in db.session.scalars(select(Watcher))] == [True]


def test_a_link_that_nobody_wrote_is_missing(client):
    for path in ("/spots/mine/x", "/spots/mine/aaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        assert client.get(path).status_code == client.post(path).status_code == 404
        assert client.post(f"{path}/end").status_code == 404


def test_the_mail_of_a_report_is_in_the_readers_language(app, client):
    client.post("/spots/new?lang=es", data=GUEST)
    (letter,) = posted(NOW)
    assert "¿Reportar Tires under the bridge?" in letter["Subject"] and "Sí, reportarlo" in told(letter)


def test_a_guest_who_reports_is_a_person_without_an_account(app):
    spot = a_waiting_spot()
    gia = db.session.scalar(select(Person))
    assert (gia.email, gia.joined_at) == ("gia@example.org", None)
    assert db.session.scalar(select(Watcher)).spot_id == spot.id
