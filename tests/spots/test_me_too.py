""" "Me too": counted once a person, by a tap or by the button of a mail; news of the place, and its end."""

import pytest
from sqlalchemy import select

from staytouch_events.access.spots import watch_token
from staytouch_events.db import db
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused
from staytouch_events.spots.actions import confirm, mark_cleaned, me_too, me_too_as_guest
from staytouch_events.spots.models import WAITING, Watcher
from staytouch_events.spots.queries import echoes

from ..cast import NOW, a_person
from ..forms import fields_of
from .cast import a_spot, a_waiting_spot, link_of, posted, told


def page(browser, path: str) -> str:
    """A page's words."""
    return browser.get(path).get_data(as_text=True)


def test_somebody_signed_in_is_counted_once_by_one_tap(app, client, browser_of):
    spot, bob = a_spot(), a_person("bob")
    browser, path = browser_of(bob), f"/spots/{spot.slug}/me-too"
    typed = fields_of(page(browser, f"/spots/{spot.slug}"), path)
    for _ in range(2):
        assert browser.post(path, data=typed).status_code == 303
    assert echoes([spot.id]) == {spot.id: 1}
    assert "You say so too" in page(browser, f"/spots/{spot.slug}")
    for shown in (page(client, f"/spots/{spot.slug}"), page(client, "/spots")):
        assert "1 more says so" in shown and "bob" not in shown.lower()
    assert posted() == []


def test_a_guest_is_counted_by_the_button_of_a_mail(app, client):
    spot = a_spot()
    path = f"/spots/{spot.slug}/me-too"
    answers = [client.post(path, data={"email": f"{who}@example.org"}) for who in ("gia", "gus", "gia")]
    assert [answer.status_code for answer in answers] == [200] * 3 and answers[0].data == answers[1].data
    assert "Set-Cookie" not in answers[0].headers
    assert echoes([spot.id]) == {}
    letters = posted(NOW)
    assert [letter["To"] for letter in letters] == ["gia@example.org", "gus@example.org", "gia@example.org"]
    link = link_of(letters[0], "Yes, me too")
    assert "Yes, me too" in page(client, link) and echoes([spot.id]) == {}
    for _ in range(2):
        assert client.post(link).status_code == 303
    assert echoes([spot.id]) == {spot.id: 1}
    assert "You say so too" in page(client, link)


def test_whoever_reported_it_is_not_counted_beside_it(app):
    rita = a_person("rita")
    spot = a_spot(rita)
    me_too(spot, rita, NOW)
    assert echoes([spot.id]) == {}


def test_the_same_page_ends_the_mail_and_begins_it_again(app, client):
    spot = a_spot(a_person("rita", email=None))
    watcher = me_too_as_guest(spot, "gia@example.org", "en", NOW)
    db.session.commit()
    link = link_of(posted(NOW)[0], "Yes, me too")
    client.post(link)
    assert "No more mail about this" in page(client, link)
    client.post(f"{link}/end")
    assert "Write to me again" in page(client, link)
    db.session.expire_all()
    mark_cleaned(spot, None, NOW)
    db.session.commit()
    assert posted() == [] and echoes([spot.id]) == {spot.id: 1}
    client.post(link)
    db.session.expire_all()
    assert watcher.ended_at is None


def test_a_letter_that_waits_is_dropped_once_its_reader_wants_no_more(app, client):
    spot = a_spot(a_person("rita", email=None))
    watcher = me_too_as_guest(spot, "gia@example.org", "en", NOW)
    confirm(watcher, NOW)
    db.session.commit()
    link = link_of(posted(NOW)[0], "Yes, me too")
    mark_cleaned(spot, None, NOW)
    db.session.commit()
    client.post(f"{link}/end")
    assert posted() == []


@pytest.mark.parametrize("email", ["", "nobody", "two@example.org, three@example.org"])
def test_what_is_no_address_is_told_at_its_field_and_stays(app, client, email):
    spot = a_spot()
    answer = client.post(f"/spots/{spot.slug}/me-too", data={"email": email})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'role="alert"' in shown and email in shown
    assert len(db.session.scalars(select(Watcher)).all()) == 1


def test_a_robot_is_not_counted_and_nobody_can_say_so_of_what_is_clean_or_waits(app, client):
    spot, waiting = a_spot(), a_waiting_spot()
    before = len(db.session.scalars(select(Letter)).all())
    assert client.post(f"/spots/{spot.slug}/me-too", data={"email": "g@example.org", "website": "x"}).status_code == 200
    assert client.post(f"/spots/{waiting.slug}/me-too", data={"email": "g@example.org"}).status_code == 404
    assert len(db.session.scalars(select(Letter)).all()) == before
    mark_cleaned(spot, None, NOW)
    db.session.commit()
    assert "me-too" not in page(client, f"/spots/{spot.slug}")
    assert client.post(f"/spots/{spot.slug}/me-too", data={"email": "g@example.org"}).status_code == 409
    with pytest.raises(Refused):
        me_too(spot, a_person("bob"), NOW)


def test_a_letter_names_the_place_and_why_it_came(app):
    spot = a_spot(a_person("rita"))
    watcher = me_too_as_guest(spot, "gia@example.org", "en", NOW)
    confirm(watcher, NOW)
    db.session.commit()
    posted(NOW)
    mark_cleaned(spot, None, NOW)
    db.session.commit()
    letters = {letter["To"].split("<")[-1].strip(">"): told(letter) for letter in posted()}
    assert "You reported this place" in letters["rita@example.org"]
    assert "You said “me too” of this place" in letters["gia@example.org"]
    assert all(spot.title in words and "/spots/mine/" in words for words in letters.values())


@pytest.mark.parametrize("step", ["", "/end"])
def test_a_link_that_we_did_not_sign_or_that_was_revoked_is_not_found(app, client, step):
    spot = a_waiting_spot()
    watcher = db.session.scalar(select(Watcher))
    ours = watch_token(watcher)
    name, _dot, signature = ours.partition(".")
    forged = f"{name}.{'a' * len(signature)}"
    watcher.generation += 1
    db.session.commit()
    for token in (forged, ours):
        assert client.get(f"/spots/mine/{token}").status_code == 404
        assert client.post(f"/spots/mine/{token}{step}").status_code == 404
    db.session.rollback()
    assert (watcher.confirmed_at, watcher.ended_at, spot.state) == (None, None, WAITING)
    assert client.post(f"/spots/mine/{watch_token(watcher)}{step}").status_code == 303


def test_only_the_report_itself_brings_a_place_on_the_map(app):
    spot = a_waiting_spot()
    other = Watcher(spot=spot, person=a_person("bob"), created_at=NOW)
    db.session.add(other)
    confirm(other, NOW)
    assert spot.state == WAITING
