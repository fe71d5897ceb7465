"""A crew moves to another site: the same UIDs, addresses and codes, and feeds that are equal to the byte."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.events.models import CANCELLED, Event
from staytouch_events.events.queries import sites_of
from staytouch_events.groups.actions import save as save_group
from staytouch_events.groups.models import ORGANIZER, OWNER, Group, Membership
from staytouch_events.groups.queries import group_at
from staytouch_events.images import BadPicture
from staytouch_events.imports.ics_actions import import_calendar
from staytouch_events.imports.ics_reader import usual_window
from staytouch_events.organize.archiving import archive_group
from staytouch_events.organize.restoring import restore_group
from staytouch_events.outbox.models import Letter
from staytouch_events.pictures import keep_picture, picture_file, put_back
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.models import Rsvp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..days.cast import a_day
from ..forms import fill
from ..impact.test_spot import a_photo
from ..imports.test_ics_import import an_entry
from ..imports.test_ics_reader import a_calendar


@pytest.fixture
def crew(app, gazetteer_file) -> Group:
    """A crew that moved once, with a picture, a call-off, a date from a calendar and an answer of a guest."""
    group = a_group("punx")
    save_group(group, {"picture": keep_picture(a_photo())}, "trash-punx", NOW)
    a_membership(a_person("alice"), group, OWNER)
    a_membership(a_person("bob"), group)
    event = an_event(group)
    save(event, {"venue": "Selma Olinder Park"}, NOW + timedelta(minutes=1))
    cancel(an_event(group, title="Off"), "Storm", NOW)
    an_event(group, title="Not yet", draft=True)
    import_calendar(a_calendar(an_entry()), group, usual_window(NOW), NOW)
    answer = {"answer": "going", "standing": "seated", "answered_at": NOW, "created_at": NOW}
    db.session.add(Rsvp(event_id=event.id, person_id=a_person("gia", joined_at=None).id, name="Gia", **answer))
    db.session.commit()
    return group


def packed(group: Group, path):
    """Its archive in a file."""
    with path.open("wb") as out:
        archive_group(group, out, NOW)
    return path


def shown(app) -> list[bytes]:
    """What subscribers and links get of it."""
    client = app.test_client()
    feeds = [client.get(f"/groups/trash-punx/{name}").data for name in ("calendar.ics", "feed.atom")]
    slugs = db.session.scalars(select(Event.slug).where(Event.state != "draft").order_by(Event.slug)).all()
    codes = db.session.scalars(select(Event.code).order_by(Event.code)).all()
    pages = [client.get(f"/events/{slug}.ics").data for slug in slugs]
    return [*feeds, *pages, *(client.get(f"/e/{code}").headers.get("Location", "").encode() for code in codes)]


def test_restored_on_another_site_its_feeds_and_links_are_equal(crew, app, elsewhere, tmp_path):
    file, before = packed(crew, tmp_path / "crew.zip"), shown(app)
    assert before[0].count(b"BEGIN:VEVENT") == 3 and all(len(each) > 100 for each in before[:5])
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        assert shown(elsewhere) == before
        assert elsewhere.test_client().get("/groups/punx").headers["Location"].endswith("/groups/trash-punx")


def test_people_answers_and_pictures_come_along_and_nobody_is_mailed(crew, elsewhere, tmp_path):
    file, picture = packed(crew, tmp_path / "crew.zip"), crew.picture
    with elsewhere.app_context():
        group = restore_group(file, None, NOW)
        db.session.commit()
        rows = db.session.scalars(select(Membership).order_by(Membership.id)).all()
        assert [(row.person.name, row.role) for row in rows] == [("Alice", "owner"), ("Bob", "member")]
        answer = db.session.scalar(select(Rsvp))
        assert (answer.person.email, answer.standing, answer.event.venue) == (
            "gia@example.org",
            "seated",
            "Selma Olinder Park",
        )
        assert group.picture == picture and picture_file(picture) and picture_file(f"{picture}-s")
        assert db.session.scalar(select(Letter.id)) is None


def test_a_calendar_it_came_from_is_followed_on(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        # Its number is another one here.
        a_group("first")
        group = restore_group(file, None, NOW)
        report = import_calendar(a_calendar(an_entry("STATUS:CANCELLED")), group, usual_window(NOW), NOW)
        assert (report.made, report.cancelled) == (0, 1)
        assert db.session.scalar(select(Event.state).where(Event.title == "Sweep")) == CANCELLED


def test_it_is_restored_once(crew, elsewhere, tmp_path):
    file = packed(crew, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        for slug in (None, "another"):
            with pytest.raises(Refused):
                restore_group(file, slug, NOW)
            db.session.rollback()
        assert len(db.session.scalars(select(Event)).all()) == 4 and group_at("another") is None


def test_nothing_of_an_account_is_in_it(crew, tmp_path):
    bob = db.session.scalars(select(Membership).order_by(Membership.id)).all()[1].person
    bob.password_hash, bob.home_place, bob.home_lat = "a-hash", "Naglee Park", 37.33
    db.session.commit()
    with zipfile.ZipFile(packed(crew, tmp_path / "crew.zip")) as zipped:
        assert {"group.json", "calendar.ics", "members.csv", "answers.csv"} < set(zipped.namelist())
        everything = b"".join(zipped.read(name) for name in zipped.namelist())
        assert set(json.loads(zipped.read("group.json"))["people"][0]) == {"name", "email", "language"}
    assert b"bob@example.org" in everything
    assert not any(secret in everything for secret in (b"a-hash", b"Naglee", bob.public_id.encode()))


@pytest.mark.parametrize("change", [{"version": 4}, {"format": "another"}, {"events": [{}]}, {"people": None}])
def test_what_is_no_archive_that_we_know_is_refused(crew, elsewhere, tmp_path, change):
    told = json.loads(zipfile.ZipFile(packed(crew, tmp_path / "crew.zip")).read("group.json"))
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as zipped:
        zipped.writestr("group.json", json.dumps({**told, **change}))
    (tmp_path / "text.zip").write_text("hello")
    for name in ("other.zip", "text.zip"):
        with elsewhere.app_context(), pytest.raises(Refused):
            restore_group(tmp_path / name, None, NOW)


def test_only_pictures_are_put_back(app):
    for name, data in (("../../etc/passwd", a_photo().read()), ("a" * 32, b"hello")):
        with pytest.raises(BadPicture):
            put_back(name, data, data)
    assert picture_file("a" * 32) is None


def test_owners_download_it_by_a_button_and_organizers_do_not(app, browser_of):
    alice, oscar, group = a_person("alice"), a_person("oscar"), a_group()
    a_membership(alice, group, OWNER)
    a_membership(oscar, group, ORGANIZER)
    an_event(group)
    db.session.commit()
    page, path = f"/groups/{group.slug}/manage", f"/groups/{group.slug}/manage/archive"
    answer = fill(browser_of(alice), page, path)
    assert answer.mimetype == "application/zip" and "no-store" in answer.headers["Cache-Control"]
    assert 'filename="trash-punx-2026-11-24.zip"' in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.data)) as zipped:
        assert json.loads(zipped.read("group.json"))["events"][0]["slug"] == "coyote-creek-clean-up"
    assert "Download the crew" not in browser_of(oscar).get(page).get_data(as_text=True)


def test_the_sites_of_a_day_are_its_sites_there_too(app, elsewhere, tmp_path):
    it = a_day()
    uids = [site.uid for site in (it.alma, it.bridge, it.coyote)]
    file = packed(it.group, tmp_path / "crew.zip")
    with elsewhere.app_context():
        restore_group(file, None, NOW)
        db.session.commit()
        day = db.session.scalar(select(Event).where(Event.title == "Earth Day"))
        assert day.is_umbrella
        assert [site.uid for site in sites_of(day)] == uids
