"""Another rule from one date on: what stays, what falls out, what is asked about, what is new."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.models import CANCELLED, PUBLISHED
from staytouch_events.events.times import times_from
from staytouch_events.groups.log_models import LogLine
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import answer_of, settle
from staytouch_events.rsvps.additions import Party
from staytouch_events.rsvps.models import GOING
from staytouch_events.series import actions
from staytouch_events.series.actions import Plan
from staytouch_events.series.changing import change_rule, outcome
from staytouch_events.series.queries import date_of, dates_of
from staytouch_events.series.words import series_words
from staytouch_events.spoken import speaking

from ..cast import NOW, a_person
from ..forms import fill, send
from .cast import SATURDAYS, a_series, days_of, events_of, make_all, weeks

SUNDAYS = Plan([{"every": 1, "weekday": 6}], until_on=date(2027, 1, 5))
EVERY_SECOND = Plan([{"every": 2, "weekday": 5}], until_on=date(2027, 1, 5))
UNTIL = {"until_on": date(2027, 1, 5)}


def follow(event, plan, cancelled=(), by=None):
    """From this date on."""
    change_rule(date_of(event), plan, cancelled, "", NOW, by)
    db.session.commit()
    make_all()


def go(person, event):
    """They come."""
    settle(event, person, None, person.name, GOING, Party(), "", NOW)
    db.session.commit()


def on(series) -> list[str]:
    """The days of dates that are on."""
    return sorted(f"{event.starts_wall:%m-%d}" for event in events_of(series) if event.state == PUBLISHED)


def test_a_date_that_the_new_rule_names_keeps_its_event_and_others_are_called_off(app):
    it = a_series(plan=UNTIL)
    uids = {event.starts_wall.date(): event.uid for event in events_of(it.series)}
    follow(events_of(it.series)[1], EVERY_SECOND)
    assert on(it.series) == ["01-02", "11-28", "12-05", "12-19"]
    assert {event.starts_wall.date(): event.uid for event in events_of(it.series)} == uids
    assert db.session.scalar(select(Letter.id)) is None


def test_other_days_are_made_new_and_those_before_stay(app):
    it = a_series(plan=UNTIL)
    follow(events_of(it.series)[2], SUNDAYS)
    assert on(it.series) == ["01-03", "11-28", "12-05", "12-13", "12-20", "12-27"]
    assert len(days_of(it.series)) == 6 + 4


def test_so_many_times_are_said_to_count_from_the_date_that_the_rule_was_changed_at(app, client):
    it = a_series()
    assert series_words(it.series) == "Every Saturday, 6 times"
    third = events_of(it.series)[2]
    follow(third, Plan([{"every": 1, "weekday": 6}], most=4))
    assert series_words(it.series) == "Every Sunday, 4 times from Saturday 12 December"
    with speaking("es"):
        assert series_words(it.series) == "Cada domingo, 4 veces a partir del sábado 12 de diciembre"
    assert "4 times from Saturday 12 December" in client.get(f"/events/{third.slug}").get_data(as_text=True)


def test_a_rule_that_was_changed_at_the_first_date_counts_from_the_start(app):
    it = a_series()
    follow(events_of(it.series)[0], Plan(SATURDAYS, most=4))
    assert series_words(it.series) == "Every Saturday, 4 times"


def test_dates_with_answers_or_changed_by_hand_are_asked_about_and_stay_unless_called_off(app):
    it, bob = a_series(plan=UNTIL), a_person("bob")
    _first, second, third, fourth, *_rest = events_of(it.series)
    go(bob, third)
    go(a_person("gia", joined_at=None), fourth)
    save(second, times_from(second, datetime(2026, 12, 5, 14, 0)), NOW)
    found = outcome(date_of(second), SUNDAYS, NOW)
    assert [row.event for row in found.asked] == [second, third, fourth]
    assert [f"{row.on_date:%m-%d}" for row in found.falling] == ["12-26", "01-02"]
    follow(second, SUNDAYS, cancelled={fourth.starts_wall.date()})
    assert (second.state, third.state, fourth.state) == (PUBLISHED, PUBLISHED, CANCELLED)
    assert answer_of(third, bob).answer == GOING
    told = db.session.scalars(select(Letter.to_email).where(Letter.kind == "rsvps.cancelled")).all()
    assert told == ["gia@example.org"]


def test_what_was_added_stays_and_what_was_left_out_stays_out(app):
    it = a_series(plan=UNTIL)
    added = actions.add_date(it.series, date(2026, 12, 9), NOW)
    actions.leave_out(it.series, date(2026, 12, 13), "", NOW)
    follow(events_of(it.series)[1], SUNDAYS)
    assert added.state == PUBLISHED and "12-13" not in on(it.series) and "12-20" in on(it.series)


def test_back_to_the_old_rule_the_same_events_are_on_again(app):
    it = a_series(plan=UNTIL)
    second, fifth = events_of(it.series)[1], events_of(it.series)[4]
    actions.leave_out(it.series, fifth.starts_wall.date(), "", NOW)
    follow(second, EVERY_SECOND)
    follow(second, Plan(SATURDAYS, **UNTIL))
    assert on(it.series) == ["01-02", "11-28", "12-05", "12-12", "12-19"]
    assert len(dates_of(it.series)) == 6 and fifth.state == CANCELLED


def test_the_end_moves_too_and_a_count_is_counted_from_that_date(app):
    it = a_series(plan=UNTIL)
    follow(events_of(it.series)[1], Plan(SATURDAYS, most=7))
    assert on(it.series)[-1] == "12-26" and "01-16" in on(it.series) and "01-23" not in on(it.series)


def test_a_rule_with_many_days_does_not_call_off_what_lies_past_those_made_at_once(app):
    it = a_series(plan={})
    follow(events_of(it.series)[1], Plan([{"every": 1, "weekday": day} for day in range(7)]))
    assert {event.state for event in events_of(it.series)} == {PUBLISHED}


def test_an_open_series_goes_on_by_the_new_rule(app):
    it = a_series(plan={})
    follow(events_of(it.series)[1], Plan(SUNDAYS.rules))
    make_all(NOW + weeks(14))
    last = max(event.starts_wall for event in events_of(it.series) if event.state == PUBLISHED)
    assert last.weekday() == 6 and last.date() > date(2027, 8, 1)


def test_one_line_in_the_log_for_all_that_falls_out(app):
    it = a_series(plan=UNTIL)
    follow(events_of(it.series)[1], SUNDAYS, by=it.alice)
    assert [line.kind for line in db.session.scalars(select(LogLine))] == ["event_rule_changed"]


@pytest.mark.parametrize("why", ["ended", "over", "being made"])
def test_no_rule_is_changed_where_it_can_not_be(app, why):
    it = a_series(plan=UNTIL)
    row, now = date_of(events_of(it.series)[1]), NOW
    if why == "ended":
        actions.stop(it.series, NOW)
    elif why == "over":
        now = NOW + weeks(2)
    else:
        it.series.rules = [*SATURDAYS, {"every": 1, "weekday": 1}]
    with pytest.raises(Refused):
        outcome(row, SUNDAYS, now)


def rule_of(event) -> str:
    return f"/events/{event.slug}/manage/series/rule"


def test_what_changes_is_shown_first_and_then_done(browser_of, app):
    it, bob = a_series(plan=UNTIL), a_person("bob")
    second, third, fourth = events_of(it.series)[1:4]
    go(bob, third)
    go(a_person("gia", joined_at=None), fourth)
    browser, path = browser_of(it.alice), rule_of(second)
    assert "All dates that are made stay as they are." in browser.get(path).get_data(as_text=True)
    shown = fill(browser, path, day1="w6", do="show").get_data(as_text=True)
    assert "Saturday 12 December, 8:30\u00a0am: 1 going" in shown and "Sunday 6 December" in shown
    answer = send(browser, shown, path, left_out="2026-12-19")
    assert answer.status_code == 303
    make_all()
    assert (third.state, fourth.state) == (PUBLISHED, CANCELLED) and "12-06" in on(it.series)
    assert "Every Sunday, until" in browser.get(answer.location).get_data(as_text=True)


def test_nothing_is_done_that_was_not_looked_at(browser_of, app):
    it = a_series(plan=UNTIL)
    second, third = events_of(it.series)[1:3]
    browser, path = browser_of(it.alice), rule_of(second)
    answer = fill(browser, path, day1="w6")
    assert answer.status_code == 422 and "Look at what changes" in answer.get_data(as_text=True)
    go(a_person("bob"), third)
    answer = send(browser, answer.get_data(as_text=True), path, left_out="all")
    assert answer.status_code == 422 and third.state == PUBLISHED
    send(browser, answer.get_data(as_text=True), path, left_out="all")
    assert third.state == CANCELLED


@pytest.mark.parametrize(
    "wrong,words",
    [({"how1": ""}, "Choose how it repeats."), ({"ends": "until", "until_on": "2026-12-01"}, "Choose a day after")],
)
def test_a_rule_that_is_none_is_told_and_changes_nothing(browser_of, app, wrong, words):
    it = a_series(plan=UNTIL)
    path = rule_of(events_of(it.series)[1])
    answer = fill(browser_of(it.alice), path, **wrong)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    assert it.series.rules == SATURDAYS


def test_others_change_no_rule(browser_of, app):
    it = a_series(plan=UNTIL)
    assert browser_of(a_person("bob")).get(rule_of(it.first)).status_code == 403
