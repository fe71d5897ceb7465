"""People from a file: looked over, doubles put together, taken back; what means nothing to us goes out again."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from staytouch_events.contacts import importing, keeping
from staytouch_events.contacts.importing import purge_files
from staytouch_events.contacts.models import Contact, ContactDate
from staytouch_events.contacts.reach_models import FromFile, PeopleFile
from staytouch_events.db import db
from staytouch_events.jobs.pump import run_due
from staytouch_events.pictures import picture_file
from staytouch_events.vcard_reader import read_vcards

from ..cast import NOW, a_person
from ..forms import fields_of, fill
from ..ground.phones import APPLE, GOOGLE, OUTLOOK
from .people_cast import kept

PHONE = APPLE + GOOGLE + OUTLOOK
BROKEN = b"BEGIN:VCARD\nFN:Nobody ends this\n"


@pytest.fixture
def alice(app):
    """Somebody who keeps people."""
    return a_person("alice")


def people() -> dict[str, Contact]:
    """Everybody kept, by name."""
    db.session.expire_all()
    return {row.name: row for row in db.session.scalars(select(Contact))}


def brought(browser, data: bytes = PHONE) -> tuple[str, str]:
    """The page that shows what a file holds: its address, its words."""
    token = fields_of(browser.get("/contacts/import").get_data(as_text=True), "/contacts/import")["csrf_token"]
    sent = {"file": (BytesIO(data), "phone.vcf"), "csrf_token": token}
    answer = browser.post("/contacts/import", data=sent, content_type="multipart/form-data")
    if answer.status_code == 422:
        return "", answer.get_data(as_text=True)
    return answer.location, browser.get(answer.location).get_data(as_text=True)


def take(browser, path: str, words: str, keep: list[int], **choices) -> None:
    """Keep those with a tick."""
    data = {**fields_of(words, path), **choices, "keep": [str(at) for at in keep]}
    assert browser.post(path, data=data).status_code == 303


def test_looked_over_before_anybody_is_kept(alice, browser_of):
    path, words = brought(browser_of(alice), PHONE + BROKEN)
    assert people() == {} and path
    for said in (
        "4 people in phone.vcf",
        "Dr. Ánh Nguyễn",
        "+1 (408) 555-0100",
        "X-SOCIALPROFILE",
        "this card breaks off",
    ):
        assert said in words


@pytest.mark.parametrize("data", [b"", b"no card at all", BROKEN])
def test_what_is_no_file_of_people_is_told(alice, browser_of, data):
    path, words = brought(browser_of(alice), data)
    assert not path and "wrong" in words and db.session.scalar(select(PeopleFile)) is None


def test_taken_in_and_out_again_with_nothing_lost(alice, browser_of):
    browser = browser_of(alice)
    path, words = brought(browser)
    take(browser, path, words, [0, 1, 3], tags="from my phone")
    run_due(NOW)
    kept_now = people()
    assert sorted(kept_now) == ["Dr. Ánh Nguyễn", "José Ramírez", "Jörg Müller"]
    anh = kept_now["Dr. Ánh Nguyễn"]
    assert anh.own["phones"] == [["cell", "+1 (408) 555-0100"], ["", "408-555-0101"]]
    assert picture_file(anh.own["photo"]) and db.session.scalar(select(func.count(ContactDate.id))) == 3
    assert db.session.scalar(select(func.length(PeopleFile.data))) == 0
    came = read_vcards(APPLE).cards[0]
    for version in ("3.0", "4.0"):
        out = read_vcards(browser.get(f"/contacts/people.vcf?version={version}&q=Nguyen").data).cards[0]
        assert (out.parts, out.phones, out.emails, out.links) == (came.parts, came.phones, came.emails, came.links)
        assert (out.org, out.title, out.note, out.birthday, out.uid) == (
            came.org,
            came.title,
            came.note,
            came.birthday,
            came.uid,
        )
        assert out.rest == came.rest and out.photo[:2] == b"\xff\xd8" and out.tags == ("from my phone",)


def test_doubles_are_put_together_and_ones_own_words_stand(alice, browser_of):
    """The number of one, the name of another; a second card of the same person within the file."""
    anh = kept(alice, "Annie", phones=[["", "408 555 0100"]])
    namesake = kept(alice, "José Ramírez")
    browser = browser_of(alice)
    path, words = brought(browser, PHONE + APPLE)
    assert "Same number as Annie" in words and "Same name as José Ramírez" in words
    take(browser, path, words, [0, 1, 4])
    kept_now = list(db.session.scalars(select(Contact).order_by(Contact.id)))
    db.session.expire_all()
    assert [row.name for row in kept_now] == ["Annie", "José Ramírez", "José Ramírez"]
    assert anh.own["phones"] == [["", "408 555 0100"], ["", "408-555-0101"]] and anh.own["company"]
    assert namesake.own == {"name": "José Ramírez"}


def test_a_file_is_taken_back(alice, browser_of):
    annie = kept(alice, "Annie", phones=[["", "408 555 0100"]])
    browser = browser_of(alice)
    path, words = brought(browser)
    take(browser, path, words, [0, 1, 2, 3])
    run_due(NOW)
    keeping.add_note(people()["Jörg Müller"], "Drives", NOW.date(), NOW)
    db.session.commit()
    photo = annie.own["photo"]
    answer = fill(browser, path, f"{path}/undo")
    words = browser.get(answer.location).get_data(as_text=True)
    assert "3 people are as before" in words and "1 stays" in words
    assert sorted(people()) == ["Annie", "Jörg Müller"]
    assert annie.own == {"name": "Annie", "phones": [["", "408 555 0100"]]} and annie.kept_vcard == ""
    assert picture_file(photo) is None
    assert importing.undo(db.session.scalar(select(PeopleFile)), NOW) == (0, 0)


def test_it_is_taken_in_once(alice, browser_of):
    browser = browser_of(alice)
    path, words = brought(browser, GOOGLE)
    for _time in range(2):
        take(browser, path, words, [0])
    assert [row.name for row in db.session.scalars(select(Contact))] == ["José Ramírez"]


def test_nobody_elses(alice, browser_of):
    path, _words = brought(browser_of(alice), GOOGLE)
    admin = browser_of(a_person("ada", is_admin=True))
    assert admin.get(path).status_code == 404 and admin.post(f"{path}/undo").status_code == 404


def test_too_many_for_one_person(alice, browser_of, monkeypatch):
    monkeypatch.setattr("staytouch_events.contacts.gathering.MOST_PEOPLE", 3)
    browser = browser_of(alice)
    path, words = brought(browser)
    data = {**fields_of(words, path), "keep": ["0", "1", "2", "3"]}
    answer = browser.post(path, data=data)
    assert "At most 3 people" in answer.get_data(as_text=True) and people() == {}


def test_files_are_forgotten(alice, browser_of):
    brought(browser_of(alice), GOOGLE)
    assert purge_files(NOW + importing.LOOKED_OVER / 2) == 0
    assert purge_files(NOW + importing.LOOKED_OVER * 2) == 1
    assert db.session.scalar(select(FromFile)) is None
