"""Writing an event over HTTP: drafts, errors, previews, reviews, two organizers at once."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import Draft, Event
from staytouch_events.groups.models import ORGANIZER, OWNER
from staytouch_events.pictures import picture_file

from ..cast import a_group, a_membership, a_person, an_event
from ..conftest import one_database
from ..forms import fields_of, fill, send

pytestmark = one_database


@pytest.fixture
def alice(app, browser_of):
    """An organizer's browser and the event she edits."""
    group, person = a_group(), a_person("alice")
    a_membership(person, group, OWNER)
    event = an_event(group, place_name="San Jose, CA", lat=37.3352, lon=-121.8663, precision="pin")
    browser = browser_of(person)
    browser.event, browser.group = event, group
    return browser


def edit(event) -> str:
    """The form's address."""
    return f"/events/{event.slug}/manage/edit"


def test_a_new_event_starts_from_the_last_one(alice):
    page = alice.get("/dashboard").get_data(as_text=True)
    answer = send(alice, page, "/groups/trash-punx/manage/events")
    form = fields_of(alice.get(answer.location).get_data(as_text=True), answer.location)
    assert (form["title"], form["venue"], form["starts_on"]) == ("Coyote Creek clean-up", "William Street Park", "")
    changes = {
        "title": "Next one",
        "starts_on": "2026-12-12",
        "starts_time": "08:30",
        "ends_time": "11:30",
        "do": "publish",
    }
    answer = fill(alice, answer.location, **changes)
    event = db.session.scalar(select(Event).where(Event.title == "Next one"))
    assert answer.location == f"/events/{event.slug}"
    assert (event.state, event.lat, event.zone) == ("published", 37.3352, "America/Los_Angeles")


def test_errors_stand_at_their_fields_and_lose_nothing(alice):
    answer = fill(alice, edit(alice.event), title="", starts_time="12:00", ends_time="", venue="Typed venue")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#title"' in page and 'href="#ends_time"' in page and "Typed venue" in page
    assert alice.event.title == "Coyote Creek clean-up"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pin": "https://maps.app.goo.gl/abc"}, "short link"),
        ({"pin": "somewhere"}, "no point"),
        ({"pin": "", "place": "Springfield"}, "several places"),
        ({"pin": "", "place": "Cuppertino"}, "Did you mean one of these?"),
        ({"starts_on": "2027-03-14", "starts_time": "02:30", "ends_time": "05:00"}, "does not exist"),
        ({"starts_on": "2026-11-01", "starts_time": "01:30", "ends_time": "05:00"}, "comes twice"),
        ({"starts_on": "2026-11-28", "ends_on": "2026-11-27"}, "ends before"),
        ({"capacity": "-3"}, "whole number"),
        ({"online_url": "javascript:alert(1)"}, "not a web address"),
    ],
)
def test_what_can_not_be_meant_is_said(alice, typed, said):
    answer = fill(alice, edit(alice.event), **typed)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_of_a_misspelt_place_one_is_chosen_or_the_words_stand_without_a_pin(alice):
    typed = {"pin": "", "venue": "", "place": "Cuppertino", "do": "confirm"}
    fill(alice, edit(alice.event), **typed, place_choice="Cupertino, CA")
    assert (alice.event.place_name, alice.event.precision) == ("Cupertino, CA", "town")
    fill(alice, edit(alice.event), **typed, place_choice="Cuppertino")
    assert (alice.event.address, alice.event.place_name, alice.event.lat) == ("Cuppertino", "", None)


@pytest.mark.parametrize("area", ["California", "Lake Tahoe", "Bavaria, Germany"])
def test_an_area_is_kept_in_words_and_sets_no_pin(alice, area):
    fill(alice, edit(alice.event), pin="", place=area, do="confirm")
    assert (alice.event.address, alice.event.lat) == (area, None)


def test_an_event_in_the_repeated_hour_keeps_the_one_that_was_meant(alice):
    night = {"starts_on": "2027-11-07", "starts_time": "01:30", "ends_time": "05:00"}
    fill(alice, edit(alice.event), **night, later="1", do="confirm")
    meant = alice.event.starts_at
    fill(alice, edit(alice.event), title="Night watch", do="confirm")
    assert (alice.event.title, alice.event.starts_at) == ("Night watch", meant)


def test_an_end_before_the_start_is_past_midnight(alice):
    fill(alice, edit(alice.event), starts_time="22:00", ends_time="01:00", do="confirm")
    assert (alice.event.ends_at - alice.event.starts_at).total_seconds() == 3 * 3600


def test_a_place_used_before_is_taken_whole(alice):
    other = an_event(
        alice.group,
        title="Other",
        venue="Arena Green",
        place_name="San Jose, CA",
        lat=37.3318,
        lon=-121.8993,
        precision="pin",
    )
    fill(alice, edit(alice.event), earlier=str(other.id), do="confirm")
    assert (alice.event.venue, alice.event.lat) == ("Arena Green", 37.3318)


def test_a_town_alone_gives_its_point_and_says_that_it_is_the_towns(alice, client):
    fill(alice, edit(alice.event), place="Campbell, CA", pin="", venue="", do="confirm")
    event = alice.event
    assert (event.place_name, event.precision) == ("Campbell, CA", "town")
    assert "not the exact place" in client.get(f"/events/{event.slug}").get_data(as_text=True)


def test_an_unknown_address_is_kept_without_a_point(alice):
    fill(alice, edit(alice.event), place="Qqqq 17", pin="", do="confirm")
    assert (alice.event.address, alice.event.lat) == ("Qqqq 17", None)


def test_a_change_is_shown_before_it_is_made_with_how_many_it_mails(alice):
    page = fill(alice, edit(alice.event), starts_time="10:00").get_data(as_text=True)
    assert "Save these changes?" in page and "This mails nobody" in page
    assert alice.event.sequence == 0
    answer = send(alice, page, edit(alice.event), do="confirm")
    assert answer.status_code == 303 and alice.event.sequence == 1


def test_what_is_typed_is_kept_on_the_server_and_can_be_forgotten(alice):
    event = alice.event
    page = alice.get(edit(event)).get_data(as_text=True)
    fields = {**fields_of(page, edit(event)), "title": "Half a tit", "starts_on": "not yet"}
    assert alice.post(f"/events/{event.slug}/manage/draft", data=fields).status_code == 200
    again = alice.get(edit(event)).get_data(as_text=True)
    assert "Half a tit" in again and "Your words from last time" in again
    assert db.session.get(Event, event.id).title == "Coyote Creek clean-up"
    send(alice, again, f"/events/{event.slug}/manage/draft/drop")
    assert db.session.scalars(select(Draft)).all() == []


def test_a_preview_shows_the_page_and_keeps_nothing(alice):
    page = alice.get(edit(alice.event)).get_data(as_text=True)
    fields = {**fields_of(page, edit(alice.event)), "title": "Only a thought"}
    shown = alice.post(f"/events/{alice.event.slug}/manage/preview", data=fields).get_data(as_text=True)
    assert "Only a thought" in shown and "A preview" in shown
    assert db.session.get(Event, alice.event.id).title == "Coyote Creek clean-up"


def test_the_second_of_two_organizers_sees_both_texts_and_keeps_theirs(alice, browser_of):
    olga = a_person("olga")
    a_membership(olga, alice.group, ORGANIZER)
    second = browser_of(olga)
    opened = second.get(edit(alice.event)).get_data(as_text=True)
    fill(alice, edit(alice.event), title="Alice's title", do="confirm")
    answer = send(second, opened, edit(alice.event), title="Olga's title", do="confirm")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Alice&#39;s title" in page and 'value="Olga&#39;s title"' in page
    assert send(second, page, edit(alice.event), do="confirm").status_code == 303
    assert db.session.get(Event, alice.event.id).title == "Olga's title"


def test_a_picture_is_stripped_and_shown(alice, client):
    photo = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "SPY-CAMERA", 6
    raw = io.BytesIO()
    photo.save(raw, "JPEG", exif=exif)
    page = alice.get(edit(alice.event)).get_data(as_text=True)
    fields = {
        **fields_of(page, edit(alice.event)),
        "picture_alt": "Red",
        "do": "confirm",
        "picture": (io.BytesIO(raw.getvalue()), "a.jpg"),
    }
    assert alice.post(edit(alice.event), data=fields, content_type="multipart/form-data").status_code == 303
    kept = picture_file(alice.event.picture).read_bytes()
    assert b"SPY-CAMERA" not in kept and Image.open(io.BytesIO(kept)).size == (20, 40)
    served = client.get(f"/pictures/{alice.event.picture}.webp")
    assert served.mimetype == "image/webp" and "sandbox" in served.headers["Content-Security-Policy"]


def test_what_is_no_picture_is_said(alice):
    page = alice.get(edit(alice.event)).get_data(as_text=True)
    fields = {**fields_of(page, edit(alice.event)), "picture": (io.BytesIO(b"<svg onload=alert(1)>"), "a.svg")}
    answer = alice.post(edit(alice.event), data=fields, content_type="multipart/form-data")
    assert answer.status_code == 422 and "not a picture we can read" in answer.get_data(as_text=True)


def test_a_description_is_marked_down_and_harmless(alice, client):
    evil = "**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://evil.example/p.png) https://example.org"
    fill(alice, edit(alice.event), description=evil, do="confirm")
    page = client.get(f"/events/{alice.event.slug}").get_data(as_text=True)
    assert "<strong>bold</strong>" in page and 'rel="nofollow ugc noopener"' in page
    assert "<script>alert" not in page and 'href="javascript' not in page and 'evil.example/p.png"' not in page


def test_cancelling_taking_back_and_copying(alice):
    event = alice.event
    fill(alice, f"/events/{event.slug}/manage/cancel", reason="The creek is up")
    assert (event.state, event.reason) == ("cancelled", "The creek is up")
    page = alice.get(edit(event)).get_data(as_text=True)
    send(alice, page, f"/events/{event.slug}/manage/restore")
    assert event.state == "published"
    answer = send(alice, page, f"/events/{event.slug}/manage/copy")
    copy = db.session.scalar(select(Event).where(Event.slug == answer.location.split("/")[2]))
    assert (copy.state, copy.title, copy.starts_at) == ("draft", event.title, None)
    assert copy.uid != event.uid
