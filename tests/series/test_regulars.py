"""Going to all: every date answered like anybody's, also those made later, and one letter."""

from datetime import date

from sqlalchemy import select

from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.people.models import Person
from staytouch_events.rsvps.actions import Party, answer_of, respond
from staytouch_events.rsvps.models import DECLINED, GOING, SEATED, WAITING
from staytouch_events.series import actions
from staytouch_events.series.leaving import pass_on_regulars
from staytouch_events.series.models import Regular
from staytouch_events.series.regulars import come_to_all, leave_all

from ..cast import NOW, a_person
from ..spots.cast import posted, told
from .cast import a_series, events_of, make_all


def standings(it, person: Person) -> list[str]:
    answers = [answer_of(event, person) for event in events_of(it.series)]
    return [answer.standing if answer else "-" for answer in answers]


def test_each_date_is_answered_by_seat_or_line_and_one_letter_tells_of_all(app):
    it, bob = a_series(plan={"most": 3}, capacity=2), a_person("bob")
    second = events_of(it.series)[1]
    respond(second, a_person("cam"), "Cam", GOING, Party(2), "", NOW)
    respond(events_of(it.series)[2], bob, "Bob", DECLINED, Party(1), "", NOW)
    db.session.commit()
    posted()
    come_to_all(it.series, bob, "Bob", Party(1), NOW)
    db.session.commit()
    assert standings(it, bob) == [SEATED, WAITING, "none"]
    (letter,) = [letter for letter in posted() if "bob@" in letter["To"]]
    assert "Every Saturday" in told(letter) and "Sat 28 Nov" in told(letter) and "You're in line" in told(letter)
    assert "Sat 12 Dec" not in told(letter)


def test_dates_made_later_are_answered_too_until_one_comes_no_more(app):
    it, bob = a_series(plan={"most": 2}), a_person("bob")
    come_to_all(it.series, bob, "Bob", Party(2), NOW)
    it.series.most = 4
    actions.plan_season(it.series, NOW)
    db.session.commit()
    make_all()
    assert standings(it, bob) == [SEATED] * 4
    assert [answer_of(event, bob).party for event in events_of(it.series)] == [2] * 4
    leave_all(it.series, bob, NOW)
    leave_all(it.series, bob, NOW)
    actions.add_date(it.series, date(2027, 1, 16), NOW)
    db.session.commit()
    assert {answer_of(event, bob).answer for event in events_of(it.series)[:4]} == {DECLINED}
    assert standings(it, bob)[4] == "-"
    assert [letter["Subject"] for letter in posted()] == ["You're off all dates of Trash Punx"]


def test_a_date_that_takes_no_such_party_is_left_alone(app):
    it, bob = a_series(plan={"most": 2}), a_person("bob")
    save(events_of(it.series)[1], {"largest_party": 1}, NOW)
    come_to_all(it.series, bob, "Bob", Party(2), NOW)
    assert standings(it, bob) == [SEATED, "-"]


def test_a_guest_says_so_by_the_link_to_an_answer(client, app):
    it, gia = a_series(plan={"most": 3}), a_person("gia", joined_at=None)
    rsvp = respond(it.first, gia, "Gia", GOING, Party(1), "", NOW).rsvp
    db.session.commit()
    path = f"/rsvps/{manage_token(rsvp)}"
    assert "going to all" in client.get(path).get_data(as_text=True)
    assert db.session.scalar(select(Regular)) is None
    answer = client.post(f"{path}/all")
    assert answer.status_code == 303 and "Set-Cookie" not in answer.headers
    assert standings(it, gia) == [SEATED] * 3
    assert "You go to all dates" in client.get(path).get_data(as_text=True)
    client.post(f"{path}/none")
    assert standings(it, gia) == ["none"] * 3


def test_a_guests_dates_become_the_persons(app):
    it, gia, bob = a_series(plan={"most": 1}), a_person("gia", joined_at=None), a_person("bob")
    come_to_all(it.series, gia, "Gia", Party(1), NOW)
    pass_on_regulars(gia, person=bob, now=NOW)
    assert db.session.scalar(select(Regular.person_id)) == bob.id
