"""The organizers' board: shifts added, copied, moved with the event; people placed; leads edit their own."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import new_event, publish, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.outbox.models import Letter
from staytouch_events.volunteers.actions import claim
from staytouch_events.volunteers.hours import hours_of
from staytouch_events.volunteers.models import ASKED, HELD, NONE, Shift, SignUp
from staytouch_events.volunteers.queries import shifts_of
from staytouch_events.volunteers.shifts import copy_shifts, remove_shift, save_shift, save_template, use_template

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import a_role, a_shift

ZONE = "America/Los_Angeles"


@pytest.fixture
def crew(app, browser_of):
    """A group with a role, an event, and an organizer's browser."""
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    return {"group": group, "role": a_role(group), "event": an_event(group), "browser": browser_of(alice)}


def board(event) -> str:
    """Its address."""
    return f"/events/{event.slug}/manage/shifts"


def hours(event) -> list[str]:
    """Its shifts' hours in words, ASCII blanks."""
    return [hours_of(shift).replace("\u00a0", " ") for shift in shifts_of(event)]


def test_a_shift_is_added_in_the_places_own_hours(crew):
    answer = fill(
        crew["browser"], board(crew["event"]), starts_time="09:00", ends_time="10:30", target="3", minimum="1"
    )
    assert answer.status_code == 303
    (shift,) = shifts_of(crew["event"])
    assert (shift.starts_after, shift.lasts, shift.minimum, shift.target, shift.maximum) == (30, 90, 1, 3, 3)
    assert shift.starts_at.isoformat() == "2026-11-28T17:00:00+00:00"
    assert "9–10:30" in crew["browser"].get(board(crew["event"])).get_data(as_text=True)


def test_a_shift_may_go_over_midnight_or_be_on_another_day(crew):
    fill(crew["browser"], board(crew["event"]), starts_time="22:00", ends_time="01:00")
    fill(crew["browser"], board(crew["event"]), day="2026-11-27", starts_time="18:00", ends_time="19:00")
    assert hours(crew["event"]) == ["Fri 27 Nov, 6–7 pm", "10 pm–1 am"]


@pytest.mark.parametrize(
    ("day", "typed", "words"),
    [
        ((2027, 3, 14), {"starts_time": "02:30", "ends_time": "04:00"}, "this time does not exist"),
        ((2026, 11, 1), {"starts_time": "01:30", "ends_time": "04:00"}, "This time comes twice"),
        ((2026, 11, 28), {"minimum": "4"}, "more than the hands needed"),
        ((2026, 11, 28), {"target": "3", "maximum": "2"}, "less than the hands needed"),
        ((2026, 11, 28), {"locks_at": "2026-11-01T10:00", "opens_at": "2026-11-02T10:00"}, "locks before it opens"),
        ((2026, 11, 28), {"target": "-1"}, "whole number"),
    ],
)
def test_what_cannot_be_meant_is_told_and_kept(crew, day, typed, words):
    wall = datetime.combine(date(*day), time(0, 30))
    event = an_event(crew["group"], starts_wall=wall, ends_wall=wall + timedelta(hours=8), now=NOW - timedelta(days=40))
    answer = fill(crew["browser"], board(event), day=wall.date().isoformat(), notes="Kept words", **typed)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and words in text and "Kept words" in text
    assert not shifts_of(event)


def test_the_second_pass_of_an_hour_that_comes_twice_can_be_meant(crew):
    wall = datetime(2026, 11, 1, 0, 30)
    event = an_event(crew["group"], starts_wall=wall, ends_wall=wall + timedelta(hours=8), now=NOW - timedelta(days=40))
    fill(crew["browser"], board(event), starts_time="01:30", ends_time="03:00", later="1")
    assert shifts_of(event)[0].starts_at.isoformat() == "2026-11-01T09:30:00+00:00"


def test_shifts_move_with_their_event_by_the_clock_of_the_place(crew):
    event = crew["event"]
    shift = a_shift(event, crew["role"], starts_after=30, locks_after=-24 * 60)
    before = shift.starts_at
    # Over the change of clocks in March: the same hours there, another distance in UTC.
    starts = datetime(2027, 3, 20, 10)
    save(event, times(starts, starts + timedelta(hours=3), ZONE), NOW)
    assert hours(event) == ["10:30–11:30 am"]
    assert shift.starts_at - before == timedelta(days=112, minutes=30)
    assert shift.closes_at.isoformat() == "2027-03-19T17:00:00+00:00"


def test_an_event_made_from_another_brings_its_shifts_along(crew):
    a_shift(crew["event"], crew["role"], starts_after=60)
    copy = new_event(crew["group"], NOW, copy_of=crew["event"])
    assert hours(copy) == ["60 min after the start, for 60 min"]
    starts = datetime(2026, 12, 5, 14)
    save(copy, times(starts, starts + timedelta(hours=3), ZONE), NOW)
    assert hours(copy) == ["3–4 pm"]
    publish(copy, NOW)
    assert shifts_of(copy)[0].starts_at.isoformat() == "2026-12-05T23:00:00+00:00"


def test_an_earlier_events_shifts_and_the_usual_ones_are_one_step_each_and_come_once(crew):
    source, target = an_event(crew["group"], title="Before", starts_wall=datetime(2026, 11, 21, 9)), crew["event"]
    a_shift(source, crew["role"], target=4)
    a_shift(source, crew["role"], starts_after=60)
    assert copy_shifts(target, source, NOW) == 2
    assert copy_shifts(target, source, NOW) == 0
    assert hours(target) == ["8:30–9:30 am", "9:30–10:30 am"]
    save_template(target)
    other = an_event(crew["group"], title="Another", starts_wall=datetime(2026, 12, 5, 14))
    assert use_template(other, NOW) == 2
    assert hours(other) == ["2–3 pm", "3–4 pm"]
    assert [shift.target for shift in shifts_of(other)] == [4, 1]


def test_copying_over_http_takes_only_the_groups_own_events(crew):
    source = an_event(crew["group"], title="Before", starts_wall=datetime(2026, 11, 21, 9))
    a_shift(source, crew["role"])
    path = board(crew["event"])
    assert fill(crew["browser"], path, f"{path}/copy").status_code == 303
    assert len(shifts_of(crew["event"])) == 1
    strange = an_event(a_group("gutter-roses"))
    a_shift(strange)
    assert fill(crew["browser"], path, f"{path}/copy", **{"from": str(strange.id)}).status_code == 404


def test_other_hours_are_told_to_who_has_the_shift_and_nobody_loses_a_place(crew):
    shift = a_shift(crew["event"], crew["role"], target=2)
    row = claim(shift, a_person("bob"), "Bob", NOW)
    before = row.sequence
    save_shift(shift, {"starts_after": 60, "target": 1, "maximum": 1}, NOW)
    save_shift(shift, {"notes": "Bring water"}, NOW)
    db.session.commit()
    assert (row.standing, row.sequence) == (HELD, before + 1)
    kinds = [letter.kind for letter in db.session.scalars(select(Letter).where(Letter.to_email == "bob@example.org"))]
    assert kinds == ["volunteers.news", "volunteers.changed"]


def test_a_shift_that_is_taken_off_leaves_the_seat_and_is_told_or_not(crew):
    shift, other = a_shift(crew["event"], crew["role"]), a_shift(crew["event"], crew["role"], starts_after=90)
    bob = a_person("bob")
    row, silent = claim(shift, bob, "Bob", NOW), claim(other, bob, "Bob", NOW)
    remove_shift(shift, NOW, tell=True)
    remove_shift(other, NOW, tell=False)
    db.session.commit()
    assert (row.standing, silent.standing, row.rsvp.standing) == (NONE, NONE, "seated")
    letters = db.session.scalars(select(Letter).where(Letter.kind == "volunteers.news"))
    assert sorted(letter.facts["news"] for letter in letters) == ["gone", HELD]
    assert shifts_of(crew["event"]) == []


def test_the_board_places_moves_answers_and_removes(crew):
    shift = a_shift(crew["event"], crew["role"])
    other = a_shift(crew["event"], a_role(crew["group"], name="Sharps", approval=True), starts_after=90)
    one, two = f"{board(crew['event'])}/{shift.id}", f"{board(crew['event'])}/{other.id}"
    assert fill(crew["browser"], one, f"{one}/people", name="").status_code == 422
    assert fill(crew["browser"], one, f"{one}/people", name="Walk-in").status_code == 303
    full = fill(crew["browser"], one, f"{one}/people", name="One more")
    assert full.status_code == 409 and "All places are taken" in full.get_data(as_text=True)
    (row,) = db.session.scalars(select(SignUp))
    number = row.id
    fill(crew["browser"], one, f"{one}/people/{number}", do="move", to=str(other.id))
    asking = claim(other, a_person("bob"), "Bob", NOW)
    db.session.commit()
    assert (asking.standing, db.session.get(SignUp, number).standing) == (ASKED, NONE)
    assert "Bob asks" in crew["browser"].get(board(crew["event"])).get_data(as_text=True)
    fill(crew["browser"], two, f"{two}/people/{asking.id}", do="no")
    moved = db.session.scalar(select(SignUp).where(SignUp.shift_id == other.id, SignUp.standing == HELD))
    fill(crew["browser"], two, f"{two}/people/{moved.id}", do="remove")
    db.session.rollback()
    assert {row.standing for row in db.session.scalars(select(SignUp))} == {NONE}


def test_a_lead_edits_the_shifts_of_their_role_and_no_others(crew, browser_of):
    bob = a_person("bob")
    a_membership(bob, crew["group"], MEMBER)
    browser = browser_of(bob)
    assert browser.get(board(crew["event"])).status_code == 403
    led = a_role(crew["group"], name="Music", lead_id=bob.id)
    mine, other = a_shift(crew["event"], led), a_shift(crew["event"], crew["role"])
    claim(mine, a_person("gia", email="planted@example.org"), "Gia", NOW)
    db.session.commit()
    page = browser.get(board(crew["event"])).get_data(as_text=True)
    assert "Music" in page and "Gia" in page and "Driver" not in page
    one = f"{board(crew['event'])}/{mine.id}"
    assert "planted@" not in browser.get(one).get_data(as_text=True)
    assert fill(browser, one, target="2", maximum="2").status_code == 303
    assert fill(browser, board(crew["event"])).status_code == 303
    assert fill(browser, board(crew["event"]), role_id=str(crew["role"].id)).status_code == 422
    assert browser.get(f"{board(crew['event'])}/{other.id}").status_code == 403
    assert browser.post(f"{board(crew['event'])}/save").status_code == 403
    db.session.rollback()
    assert db.session.get(Shift, mine.id).target == 2


def test_who_left_the_crew_leads_nothing(crew, browser_of):
    bob = a_person("bob")
    a_role(crew["group"], name="Music", lead_id=bob.id)
    assert browser_of(bob).get(board(crew["event"])).status_code == 403


def test_without_roles_the_board_leads_to_them(app, browser_of):
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, ORGANIZER)
    page = browser_of(alice).get(board(an_event(group))).get_data(as_text=True)
    assert "/groups/trash-punx/manage/roles" in page


def test_people_and_the_sheet_name_each_persons_jobs(crew):
    claim(a_shift(crew["event"], crew["role"]), a_person("bob"), "Bob", NOW)
    db.session.commit()
    path = f"/events/{crew['event'].slug}/manage/people"
    assert "Driver, 8:30–9:30" in crew["browser"].get(path).get_data(as_text=True)
    assert "Driver, 8:30–9:30" in crew["browser"].get(f"{path}.csv").get_data(as_text=True)
