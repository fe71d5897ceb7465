"""Repeating an event in the editor, its dates, and what everybody sees."""

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.models import CANCELLED, PUBLISHED, Event
from staytouch_events.groups.log_models import LogLine
from staytouch_events.series.models import Series

from ..cast import a_group, a_membership, a_person, an_event
from ..forms import fill, send
from .cast import a_series, events_of, make_all


@pytest.fixture
def crew(app):
    alice, group = a_person("alice"), a_group()
    a_membership(alice, group, "organizer")
    return alice, group


def manage(event: Event) -> str:
    return f"/events/{event.slug}/manage/series"


def test_a_draft_is_published_with_all_its_dates(browser_of, crew):
    alice, group = crew
    browser, draft = browser_of(alice), an_event(group, draft=True)
    assert "Every Saturday" in browser.get(manage(draft)).get_data(as_text=True)
    answer = fill(browser, manage(draft), ends="count", most="4", left_out="2026-12-12")
    assert answer.status_code == 303
    make_all()
    events = db.session.scalars(select(Event).order_by(Event.starts_at)).all()
    assert [f"{event.starts_wall:%m-%d}" for event in events] == ["11-28", "12-05", "12-19"]
    assert {event.state for event in events} == {PUBLISHED}
    assert "Left out" in browser.get(answer.location).get_data(as_text=True)


def test_words_and_dates_are_shown_while_it_is_chosen_and_nothing_changes(browser_of, crew):
    alice, group = crew
    event = an_event(group)
    chosen = "?how1=n1&day1=w1&how2=n3&day2=w5&how3=&day3=w0&ends=open"
    page = browser_of(alice).get(manage(event) + chosen).get_data(as_text=True)
    assert "The first Tuesday of the month + the third Saturday of the month" in page
    assert [day in page for day in ("Tuesday 1 December", "Saturday 19 December", "Tuesday 5 January")] == [True] * 3
    assert db.session.scalar(select(Series)) is None


def test_without_a_script_the_dates_are_shown_too_and_the_token_stays_out_of_the_address(browser_of, crew):
    alice, group = crew
    event = an_event(group)
    answer = fill(browser_of(alice), manage(event), how1="n1", day1="w1", do="show")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "The first Tuesday of the month" in page and "Tuesday 5 January" in page
    assert 'formmethod="get"' not in page and db.session.scalar(select(Series)) is None


def test_a_new_series_is_one_line_in_the_crews_log(browser_of, crew):
    alice, group = crew
    fill(browser_of(alice), manage(an_event(group)), ends="count", most="4")
    make_all()
    lines = db.session.scalars(select(LogLine).where(LogLine.group_id == group.id)).all()
    assert [(line.kind, line.by_id) for line in lines] == [("event_repeats", alice.id)]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"how1": ""}, "Choose how it repeats."),
        ({"how1": "date"}, "Choose a day from 1 to 31."),
        ({"how1": "n2", "day1": "d4"}, "Choose a day of the week."),
        ({"ends": "until", "until_on": "2026-11-01"}, "Choose a day after the first date."),
        ({"ends": "count"}, "How many?"),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(browser_of, crew, wrong, words):
    alice, group = crew
    answer = fill(browser_of(alice), manage(an_event(group)), **wrong)
    assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    assert db.session.scalar(select(Series)) is None


def test_the_editor_reaches_all_and_says_which_dates_keep_their_own(browser_of, app):
    it = a_series()
    browser = browser_of(it.alice)
    second = events_of(it.series)[1]
    edit = f"/events/{second.slug}/manage/edit"
    send(
        browser, fill(browser, edit, starts_time="14:00", ends_time="16:00").get_data(as_text=True), edit, do="confirm"
    )
    edit = f"/events/{it.first.slug}/manage/edit"
    review = fill(browser, edit, starts_time="09:00", reach="all").get_data(as_text=True)
    assert "5 more dates" in review
    answer = send(browser, review, edit, do="confirm")
    page = browser.get(answer.location).get_data(as_text=True)
    assert "These keep what you changed there" in page and "Saturday 5 December, 2\u00a0pm (time)" in page
    assert [event.starts_wall.hour for event in events_of(it.series)] == [9, 14, 9, 9, 9, 9]


def test_a_date_is_left_out_and_brought_back_and_a_wrong_one_is_told(browser_of, app):
    it = a_series()
    browser, path = browser_of(it.alice), f"{manage(it.first)}/dates"
    fill(browser, manage(it.first), path, on="2026-12-05", do="leave")
    assert events_of(it.series)[1].state == CANCELLED
    fill(browser, manage(it.first), path, on="2026-12-05", do="add")
    assert events_of(it.series)[1].state == PUBLISHED
    answer = fill(browser, manage(it.first), path, on="2026-12-12", do="add")
    assert answer.status_code == 422 and "There is a date that day already." in answer.get_data(as_text=True)
    past = fill(browser, manage(it.first), path, on="2026-01-12", do="add")
    assert past.status_code == 422 and "This has passed already." in past.get_data(as_text=True)


def test_everybody_sees_the_next_dates_and_whoever_is_signed_in_goes_to_all(browser_of, client, app):
    it, bob = a_series(), a_person("bob")
    path = f"/events/{it.first.slug}"
    page = client.get(path).get_data(as_text=True)
    assert "Every Saturday, 6 times" in page and "Sat 5 Dec" in page and "going to all" not in page
    browser = browser_of(bob)
    assert fill(browser, path, f"{path}/series/all").status_code == 303
    assert "You go to all dates" in browser.get(path).get_data(as_text=True)
    assert fill(browser, path, f"{path}/series/none").status_code == 303
    assert "going to all" in browser.get(path).get_data(as_text=True)


def test_ending_it(browser_of, app):
    it = a_series()
    browser, third = browser_of(it.alice), events_of(it.series)[2]
    fill(browser, manage(third), f"{manage(third)}/cancel", reason="We move")
    assert [event.state == CANCELLED for event in events_of(it.series)] == [False, False, True, True, True, True]
    assert "No more dates are made." in browser.get(manage(third)).get_data(as_text=True)


def test_others_do_not_manage_it(browser_of, app):
    it = a_series()
    assert browser_of(a_person("bob")).get(manage(it.first)).status_code == 403
