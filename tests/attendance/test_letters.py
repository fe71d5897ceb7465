"""Letters about hours: asked for, issued, frozen, read back from paper, checked by their code."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest
from sqlalchemy import select

from staytouch_events.attendance import actions, hours_letters
from staytouch_events.attendance.hours import correct_hours, stays_at
from staytouch_events.attendance.models import IN, OUT, HoursLetter
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person
from ..forms import fill, send
from .cast import EARLY, LASTS, a_day, an_answer, manage

AFTER = NOW + LASTS + timedelta(minutes=1)
NAMES = ("Łucja Łódź", "Ştefan Ionuț", "Nguyễn Thị Ánh")


@pytest.fixture
def came(app, clock):
    """An event that is over, its organizer, and a guest who was there for an hour and a half."""
    event, alice = a_day(title="Creek & bank"), a_person("alice", name="Alice Moreno")
    a_membership(alice, event.group, ORGANIZER)
    rsvp = an_answer(event)
    actions.mark(rsvp, IN, "", NOW, by=None)
    actions.mark(rsvp, OUT, "", NOW + timedelta(minutes=90), by=None)
    db.session.commit()
    clock.moment = AFTER
    return event, alice, rsvp


def issued(rsvp, alice) -> HoursLetter:
    """The letter of this answer's event."""
    row = hours_letters.ask(rsvp.event.group, rsvp.person, rsvp.name, AFTER, event=rsvp.event)
    hours_letters.issue(row, alice, AFTER)
    db.session.commit()
    return row


def text_of(answer) -> str:
    """A page's words."""
    return answer.get_data(as_text=True)


def read_back(answer) -> str:
    """What stands on the paper, in one line."""
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_guest_asks_an_organizer_signs_and_the_mail_leads_to_it(came, browser_of, client):
    event, alice, rsvp = came
    page = manage(rsvp)
    assert f'action="{page}/letter"' in text_of(client.get(page))
    assert client.post(f"{page}/letter").status_code == 303
    assert client.post(f"{page}/letter").status_code == 303
    assert "We mail you when the crew has signed it" in text_of(client.get(page))
    browser, path = browser_of(alice), f"/groups/{event.group.slug}/manage/letters"
    assert "Gia asks for an hours letter" in text_of(browser.get("/dashboard"))
    row = db.session.scalars(select(HoursLetter)).one()
    assert send(browser, text_of(browser.get(path)), f"{path}/{row.id}", do="issue").status_code == 303
    letter = db.session.scalar(select(Letter).where(Letter.kind == "attendance.letter_ready"))
    subject, _sender, raw = render(letter, AFTER)
    assert letter.to_email == "gia@example.org" and f"/verify/{row.code}".encode() in raw
    assert "hours letter from Trash Punx" in subject
    assert f"/verify/{row.code}" in text_of(client.get(page))
    assert "asks for an hours letter" not in text_of(browser.get("/dashboard"))


@pytest.mark.parametrize("name", NAMES)
def test_the_paper_says_what_the_page_says(came, client, name):
    _event, alice, rsvp = came
    rsvp.name = name
    row = issued(rsvp, alice)
    words = read_back(client.get(f"/verify/{row.code}.pdf"))
    told = (name, "Trash Punx", "Creek & bank", "24 Nov 2026", "10–11:30", "1:30 h", "Alice Moreno", row.code)
    page = text_of(client.get(f"/verify/{row.code}")).replace("&amp;", "&").replace("\u00a0", " ")
    for part in (*told, "/groups/trash-punx"):
        assert part in words and part in page, part


def test_the_public_page_says_no_more_than_the_letter(came, client):
    _event, alice, rsvp = came
    rsvp.note = "a private note"
    row = issued(rsvp, alice)
    answer = client.get(f"/verify/{row.code}")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    for secret in ("example.org", "private note", "rsvps/", "William Street"):
        assert secret not in text_of(answer), secret


def test_what_was_issued_is_frozen(came, client):
    event, alice, rsvp = came
    row = issued(rsvp, alice)
    before = text_of(client.get(f"/verify/{row.code}"))
    correct_hours(stays_at(rsvp, AFTER), 10, "Late", alice, AFTER)
    rsvp.name, event.group.name, alice.name = "Somebody", "Other", "Nobody"
    db.session.commit()
    assert text_of(client.get(f"/verify/{row.code}")) == before


def test_unknown_unissued_and_revoked_codes_are_the_same_nothing(came, browser_of, client):
    event, alice, rsvp = came
    asked = hours_letters.ask(event.group, rsvp.person, "Gia", AFTER, event=event)
    db.session.commit()
    for path in (f"/verify/{asked.code}", f"/verify/{asked.code}.pdf", "/verify/nothing", "/verify/nothing.pdf"):
        assert client.get(path).status_code == 404
    hours_letters.issue(asked, alice, AFTER)
    db.session.commit()
    assert client.get(f"/verify/{asked.code}").status_code == 200
    browser, path = browser_of(alice), f"/groups/{event.group.slug}/manage/letters"
    send(browser, text_of(browser.get(path)), f"{path}/{asked.id}", do="revoke")
    assert client.get(f"/verify/{asked.code}").status_code == 404
    assert client.get(f"/verify/{asked.code}.pdf").status_code == 404


def test_an_organizer_makes_one_at_once(came, browser_of):
    event, alice, rsvp = came
    browser, path = browser_of(alice), f"/events/{event.slug}/manage/hours"
    answer = send(browser, text_of(browser.get(path)), f"{path}/letter", who=f"r{rsvp.id}")
    assert answer.status_code == 303
    assert db.session.scalars(select(HoursLetter)).one().is_valid


def test_a_term_holds_its_days_alone(came, browser_of):
    event, _alice, rsvp = came
    rsvp.person.joined_at = NOW
    db.session.commit()
    browser = browser_of(rsvp.person)
    days = {"group": event.group.slug, "first_on": "2026-11-24", "last_on": "2026-11-24"}
    assert fill(browser, "/hours", "/hours/letters", **days).status_code == 303
    row = db.session.scalars(select(HoursLetter)).one()
    assert len(hours_letters.stays_in(row, AFTER)) == 1
    later = {**days, "first_on": "2026-11-25", "last_on": "2026-12-25"}
    assert fill(browser, "/hours", "/hours/letters", **later).status_code == 409
    wrong = {**days, "first_on": "2026-11-25"}
    answer = fill(browser, "/hours", "/hours/letters", **wrong)
    assert answer.status_code == 422 and "before the first day" in text_of(answer)
    with pytest.raises(Refused):
        hours_letters.ask(event.group, rsvp.person, "Gia", AFTER, term=(date(2025, 1, 1), date(2025, 12, 31)))


def test_a_letter_of_another_crew_is_not_there(came, browser_of):
    from ..cast import a_group

    _event, alice, rsvp = came
    row = issued(rsvp, alice)
    other = a_group("other-crew")
    a_membership(alice, other, ORGANIZER)
    browser = browser_of(alice)
    assert browser.post(f"/groups/{other.slug}/manage/letters/{row.id}", data={"do": "revoke"}).status_code == 404


def test_a_letter_is_about_one_persons_hours_with_one_crew_and_about_no_empty_ones(came):
    event, _alice, rsvp = came
    elsewhere, nothing = a_day(a_group("others")), a_day(event.group)
    for other in (elsewhere, nothing):
        row = respond(other, rsvp.person, "Gia", GOING, Party(), "", EARLY).rsvp
        actions.mark(row, IN, "", NOW, by=None)
        actions.mark(row, OUT, "", NOW if other is nothing else NOW + timedelta(minutes=30), by=None)
    bao = an_answer(event, "bao")
    actions.mark(bao, IN, "", NOW, by=None)
    term = (date(2026, 11, 1), date(2026, 11, 30))
    asked = [hours_letters.ask(event.group, who.person, who.name, AFTER, term=term) for who in (rsvp, bao)]
    assert [row.person_id for row in asked] == [rsvp.person_id, bao.person_id]
    assert [(stay.event.id, stay.minutes) for stay in hours_letters.stays_in(asked[0], AFTER)] == [(event.id, 90)]
