"""The pages of a log: who was there puts it down, on a phone, with an account or by the link to their answer."""

import io

import pytest
from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.impact.actions import MOST_PAIRS
from staytouch_events.impact.forms import LogForm
from staytouch_events.impact.items import ITEMS
from staytouch_events.impact.models import APPROVED, PROPOSED, RETURNED, ImpactLog, ImpactPhoto
from staytouch_events.impact.summary import log_summary
from staytouch_events.pictures import picture_file

from ..attendance.cast import a_day, a_helper, an_answer
from ..cast import a_membership, a_person
from ..forms import fields_of, fill, send
from ..spots.cast import a_photo
from .cast import OVER, TYPED, a_log, there


@pytest.fixture
def day(app, clock):
    """An event that is over, with an organizer."""
    event = a_day()
    a_membership(a_person("alice"), event.group, ORGANIZER)
    clock.moment = OVER
    return event


def logged() -> ImpactLog:
    """The only log there is."""
    db.session.rollback()
    return db.session.scalars(select(ImpactLog)).one()


def test_somebody_who_was_checked_in_puts_it_down(day, browser_of):
    bob = there(day, "bob", 1, 1, joined_at=OVER).person
    browser, path = browser_of(bob), f"/events/{day.slug}/impact/log"
    fields = fields_of(browser.get(path).get_data(as_text=True), path)
    assert (fields["adults"], fields["minors"], fields["hours"], fields["unit"]) == ("1", "1", "6", "mi")
    answer = fill(browser, path, bags_trash="42", weight="12,5", method="scale", n_tires="3")
    log = logged()
    assert answer.status_code == 303 and answer.location.endswith(f"/impact/log/{log.id}")
    assert (log.state, log.bags, log.grams, log.minutes) == (PROPOSED, 42, 5670, 360)
    assert (log.proposed_name, log.counts) == ("Bob", {"tires": 3})
    page = browser.get(answer.location).get_data(as_text=True)
    assert "It waits for an organizer." in page and 'value="12.5"' in page
    assert "42 bags" not in browser.get(f"/events/{day.slug}").get_data(as_text=True)
    assert "Nothing counted yet" in browser.get(f"/events/{day.slug}/impact").get_data(as_text=True)


def test_a_guest_does_it_by_the_link_to_their_answer(day, client):
    token = manage_token(there(day))
    assert "Put down what you did" in client.get(f"/rsvps/{token}").get_data(as_text=True)
    answer = fill(client, f"/rsvps/{token}/impact", bags_trash="7")
    assert answer.status_code == 303 and answer.headers["Cache-Control"] == "private, no-store"
    assert (logged().proposed_name, logged().bags) == ("Gia", 7)
    fill(client, answer.location, bags_trash="8")
    assert logged().bags == 8
    assert "7 bags" not in client.get(f"/rsvps/{token}").get_data(as_text=True)
    assert "8 bags" in client.get(f"/rsvps/{token}").get_data(as_text=True)


def test_nobody_else_does(day, client, browser_of):
    member = a_person("mia")
    a_membership(member, day.group, MEMBER)
    expected = an_answer(day, "late")
    assert client.get(f"/rsvps/{manage_token(expected)}/impact").status_code == 403
    assert "Put down what you did" not in client.get(f"/rsvps/{manage_token(expected)}").get_data(as_text=True)
    for browser in (browser_of(member), browser_of(a_person("charlie"))):
        assert browser.get(f"/events/{day.slug}/impact/log").status_code == 403
    assert browser_of(a_helper(day)).get(f"/events/{day.slug}/impact/log").status_code == 200


def test_a_log_is_its_writers_and_the_organizers_alone(day, client, browser_of):
    alice = day.group.memberships[0].person
    gia, other = there(day), there(day, "other", joined_at=OVER)
    log = a_log(day, gia.person)
    assert browser_of(other.person).get(f"/events/{day.slug}/impact/log/{log.id}").status_code == 404
    assert client.get(f"/rsvps/{manage_token(other)}/impact/{log.id}").status_code == 404
    assert browser_of(alice).get(f"/events/{day.slug}/impact/log/{log.id}").status_code == 200


def test_a_link_makes_nobody_an_organizer(day, client):
    alice = day.group.memberships[0].person
    mine, gia = there(day, "ally"), there(day)
    mine.person_id = alice.id
    db.session.commit()
    log = a_log(day, gia.person)
    assert client.get(f"/rsvps/{manage_token(mine)}/impact/{log.id}").status_code == 404
    fill(client, f"/rsvps/{manage_token(mine)}/impact", bags_trash="1", team="Mine", do="approve")
    states = db.session.scalars(select(ImpactLog.state)).all()
    assert states == [PROPOSED, PROPOSED]


def test_what_is_approved_is_its_writers_no_more(day, client):
    gia = there(day)
    log = a_log(day, gia.person)
    path = f"/rsvps/{manage_token(gia)}/impact/{log.id}"
    page = client.get(path).get_data(as_text=True)
    log.state = APPROVED
    db.session.commit()
    assert send(client, page, path, bags_trash="999").status_code == 403
    shown = client.get(path).get_data(as_text=True)
    assert "It counts." in shown and 'name="bags_trash"' not in shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bags_trash": "lots"}, "Type a whole number"),
        ({"bags_trash": "-3"}, "Type a whole number"),
        ({"bags_trash": "20001"}, "Type a whole number from 0 to 20000."),
        ({"weight": "12"}, "Say how it was weighed."),
        ({"weight": "1,240", "method": "scale"}, "Type it without a comma between thousands."),
        ({"weight": "9999999", "method": "scale"}, "Type a number up to 1,000,000"),
        ({"method": "ticket"}, "Type the weight, or have it estimated"),
        ({"length": "2"}, "Say along what."),
        ({"bags_trash": ""}, "a number of bags will do"),
    ],
)
def test_bad_input_is_told_and_what_was_typed_stays(day, client, changes, said):
    path = f"/rsvps/{manage_token(there(day))}/impact"
    answer = fill(client, path, **{"bags_trash": "42", "oddest": "A piano", **changes})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in page and 'value="A piano"' in page
    assert all(f'value="{text}"' in page for text in changes.values() if text not in ("", "ticket", "scale"))
    assert db.session.scalar(select(ImpactLog)) is None


def test_a_second_log_of_a_team_is_refused_with_its_fields_kept(day, client):
    a_log(day, team="Bridge")
    path = f"/rsvps/{manage_token(there(day))}/impact"
    answer = fill(client, path, bags_trash="5", team="bridge")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "has a log already" in page and 'value="bridge"' in page


def test_what_is_typed_in_kilos_is_kept_once_and_shown_to_each_in_theirs(day, client, browser_of):
    token = manage_token(there(day))
    typed = {"unit": "km", "weight": "10", "method": "scale", "length": "1.5", "ground": "shore", "area": "2"}
    fill(client, f"/rsvps/{token}/impact", bags_trash="1", **typed)
    log = logged()
    assert (log.grams, log.metres, log.square_metres) == (10_000, 1500, 20_000)
    path = f"/rsvps/{token}/impact/{log.id}"
    again = fields_of(client.get(path).get_data(as_text=True), path)
    assert (again["unit"], again["weight"], again["length"], again["area"]) == ("km", "10", "1.5", "2")
    fill(client, path, weight="12345.67", bags_trash="20000", bags_recycling="20000", bags_green="20000")
    again = fields_of(client.get(path).get_data(as_text=True), path)
    assert (logged().grams, again["weight"], again["length"]) == (12_345_670, "12345.67", "1.5")
    fill(client, path, method="bags", weight="")
    assert logged().grams > 400_000_000
    fill(client, path, weight="10", method="scale")
    assert (logged().grams, logged().metres) == (10_000, 1500)
    alice = browser_of(day.group.memberships[0].person)
    assert "22 lb" in alice.get(f"/events/{day.slug}/manage/impact").get_data(as_text=True)


def test_an_organizers_own_log_counts_at_once(day, browser_of):
    alice = browser_of(day.group.memberships[0].person)
    fill(alice, f"/events/{day.slug}/impact/log", bags_trash="12")
    assert logged().state == APPROVED
    assert "12 bags" in alice.get(f"/events/{day.slug}").get_data(as_text=True)


def test_an_organizer_approves_corrects_and_sends_back(day, client, browser_of):
    log, alice = a_log(day, there(day).person), browser_of(day.group.memberships[0].person)
    desk = f"/events/{day.slug}/manage/impact"
    page = alice.get(desk).get_data(as_text=True)
    assert "1 log to approve" in page and "Put down by Gia." in page
    empty = send(alice, page, f"{desk}/{log.id}", do="return", reason="")
    assert empty.status_code == 422 and "they read it" in empty.get_data(as_text=True)
    send(alice, page, f"{desk}/{log.id}", do="return", reason="Whose bags?")
    assert (logged().state, logged().reason) == (RETURNED, "Whose bags?")
    path = f"/events/{day.slug}/impact/log/{log.id}"
    fill(alice, path, bags_trash="40", do="approve")
    assert (logged().state, logged().bags) == (APPROVED, 40)
    assert "Bags of trash: 42 → 40" in alice.get(desk).get_data(as_text=True)
    assert "40 bags" in client.get(f"/events/{day.slug}").get_data(as_text=True)
    assert "An impact log to approve" not in alice.get("/dashboard").get_data(as_text=True)


def test_the_dashboard_says_what_waits(day, browser_of):
    a_log(day)
    page = browser_of(day.group.memberships[0].person).get("/dashboard").get_data(as_text=True)
    assert f"An impact log to approve: {day.title}" in page and "42 bags." in page


def test_photos_stand_beside_each_other_without_their_place(day, client):
    gia = there(day)
    log = a_log(day, gia.person)
    path = f"/rsvps/{manage_token(gia)}/impact/{log.id}"
    files = {"before": (a_photo(), "b.jpg"), "after": (a_photo(), "a.jpg"), "caption": "The bank"}
    assert client.post(f"{path}/photos", data=files).status_code == 303
    photo = logged().photos[0]
    assert b"PLANTED-MAKER" not in picture_file(photo.before).read_bytes()
    assert 'alt="Before: The bank"' in client.get(path).get_data(as_text=True)
    names = photo.before, photo.after
    client.post(f"{path}/photos/{photo.id}/remove")
    assert logged().photos == [] and not any(picture_file(name) for name in names)


def test_enough_photos_are_enough_and_leave_no_file_behind(day, client, app):
    gia = there(day)
    log = a_log(day, gia.person)
    log.photos.extend(ImpactPhoto(before="x") for _ in range(MOST_PAIRS))
    db.session.commit()
    folder = app.config["SETTINGS"].pictures
    before = set(folder.glob("*"))
    path = f"/rsvps/{manage_token(gia)}/impact/{log.id}/photos"
    answer = client.post(path, data={"after": (a_photo(), "a.jpg")})
    assert answer.status_code == 409 and "Eight pairs are enough" in answer.get_data(as_text=True)
    assert set(folder.glob("*")) == before


def test_a_file_that_is_no_photo_is_told_at_its_field(day, client):
    gia = there(day)
    path = f"/rsvps/{manage_token(gia)}/impact/{a_log(day, gia.person).id}/photos"
    answer = client.post(path, data={"after": (io.BytesIO(b"not a picture"), "a.jpg")})
    assert answer.status_code == 422 and "not a picture we can read" in answer.get_data(as_text=True)
    assert "Choose a photo first." in client.post(path, data={}).get_data(as_text=True)


def test_where_syringes_lay_is_for_organizers(day, client, browser_of):
    gia = there(day)
    fill(client, f"/rsvps/{manage_token(gia)}/impact", bags_trash="1", n_syringes="4", syringe_place="UNDER-THE-PIER")
    alice = browser_of(day.group.memberships[0].person)
    page = alice.get(f"/events/{day.slug}/manage/impact").get_data(as_text=True)
    assert "UNDER-THE-PIER" in page
    send(alice, page, f"/events/{day.slug}/manage/impact/{logged().id}", do="approve")
    for path in ("", "/impact", "/impact.csv"):
        assert "UNDER-THE-PIER" not in client.get(f"/events/{day.slug}{path}").get_data(as_text=True)
    assert "syringe_place" not in log_summary(logged(), "mi")
    assert "Syringes" in client.get(f"/events/{day.slug}/impact").get_data(as_text=True)


def test_every_item_has_a_field(app):
    with app.test_request_context():
        form = LogForm(formdata=None, data=TYPED)
        assert {f"n_{key}" for key in ITEMS} == {field.name for field in form if field.name.startswith("n_")}
