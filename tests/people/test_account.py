"""One's photo and pronouns, and the devices on which one is signed in."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.groups.models import OWNER
from staytouch_events.people.devices import device_words
from staytouch_events.people.models import SignIn
from staytouch_events.pictures import picture_file
from staytouch_events.versions import read_versions

from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fields_of, fill

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


def a_picture(colour: str = "red", size: tuple[int, int] = (900, 600)) -> io.BytesIO:
    """A JPEG that says where it was taken."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "PLANTED-GPS"
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    out.seek(0)
    return out


def send_photo(browser, **fields):
    """Fill the form of the photo."""
    page = browser.get("/settings").get_data(as_text=True)
    return browser.post("/settings/photo", data={**fields_of(page, "/settings/photo"), **fields})


def test_a_photo_is_small_says_nothing_and_goes_when_it_is_replaced(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    assert send_photo(browser, picture=(a_picture(), "me.jpg")).status_code == 303
    first = bob.photo
    wide, small = picture_file(first), picture_file(f"{first}-s")
    assert b"PLANTED" not in wide.read_bytes()
    assert [max(Image.open(path).size) for path in (wide, small)] == [640, 160]
    assert 'alt="Bob"' in browser.get("/settings").get_data(as_text=True)
    assert send_photo(browser, picture=(a_picture("blue"), "me.jpg")).status_code == 303
    assert bob.photo != first and picture_file(first) is None and picture_file(bob.photo)
    second = bob.photo
    assert send_photo(browser, no_picture="y").status_code == 303
    assert bob.photo is None and picture_file(second) is None


def test_what_is_no_picture_is_told_at_its_field_and_keeps_the_one_there_is(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    send_photo(browser, picture=(a_picture(), "me.jpg"))
    kept = bob.photo
    answer = send_photo(browser, picture=(io.BytesIO(b"%PDF-"), "me.jpg"))
    assert answer.status_code == 422 and "not a picture we can read" in answer.get_data(as_text=True)
    assert bob.photo == kept and picture_file(kept) and 'value="Bob"' in answer.text


def test_photo_and_pronouns_stand_beside_a_name_that_is_shown(browser_of, client):
    alice, bob, group = a_person("alice", name="Alice Luz"), a_person("bob"), a_group()
    a_membership(alice, group, OWNER)
    a_membership(bob, group)
    before = read_versions([f"group:{group.id}"])
    for person, pronouns in ((alice, "she/her"), (bob, "they/them")):
        browser = browser_of(person)
        assert fill(browser, "/settings", pronouns=pronouns).status_code == 303
        send_photo(browser, picture=(a_picture(), "me.jpg"))
    assert read_versions([f"group:{group.id}"]) != before
    page = client.get(f"/groups/{group.slug}").get_data(as_text=True)
    assert f"{alice.photo}-s.webp" in page and "she/her" in page
    assert bob.photo not in page and "they/them" not in page
    people = browser_of(alice).get(f"/groups/{group.slug}/manage/people").get_data(as_text=True)
    assert f"{bob.photo}-s.webp" in people and "they/them" in people


@pytest.mark.parametrize(
    ("said", "words"),
    [(ANDROID, "Chrome, Android"), (IPHONE, "Safari, iPhone"), ("curl/8", "A device we don't know")],
)
def test_a_device_is_called_what_its_owner_calls_it(app, said, words):
    assert device_words(said) == words


def test_devices_are_listed_and_ended_one_by_one(browser_of):
    bob = a_person("bob")
    here, lost = browser_of(bob), browser_of(bob)
    lost_id = max(row.id for row in db.session.scalars(select(SignIn)))
    page = here.get("/settings/devices").get_data(as_text=True)
    assert page.count("This one") == 1 and page.count("last used") == 2
    assert fill(here, "/settings/devices", f"/settings/devices/{lost_id}/end").status_code == 303
    assert lost.get("/settings").status_code == 303 and here.get("/settings").status_code == 200


def test_nobody_ends_somebody_elses(browser_of):
    bob, charlie = a_person("bob"), a_person("charlie")
    theirs, mine = browser_of(bob), browser_of(charlie)
    number = db.session.scalar(select(SignIn.id).where(SignIn.person_id == bob.id))
    page = mine.get("/settings/devices").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert mine.post(f"/settings/devices/{number}/end", data={"csrf_token": token}).status_code == 404
    assert theirs.get("/settings").status_code == 200


def test_ending_this_one_signs_out_here(browser_of):
    bob = a_person("bob")
    browser = browser_of(bob)
    number = db.session.scalar(select(SignIn.id))
    assert fill(browser, "/settings/devices", f"/settings/devices/{number}/end").location == "/"
    assert browser.get("/settings").status_code == 303


def test_a_device_in_use_is_noted_once_an_hour(browser_of, clock):
    browser = browser_of(a_person("bob"))
    for minutes, seen in ((59, NOW), (61, NOW + timedelta(minutes=61)), (90, NOW + timedelta(minutes=61))):
        clock.moment = NOW + timedelta(minutes=minutes)
        assert browser.get("/settings").status_code == 200
        assert db.session.scalar(select(SignIn.seen_at)) == seen
