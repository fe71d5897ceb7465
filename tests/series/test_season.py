"""Dates are made a season ahead, in wall time, with all that an event has; and the next season by itself."""

from datetime import date, datetime, timedelta
from threading import Thread

from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.discover.follows import ask, confirm
from staytouch_events.events.models import CANCELLED, PUBLISHED, Event
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.question_queries import questions_of
from staytouch_events.series import actions
from staytouch_events.series.queries import date_of
from staytouch_events.series.season import AT_ONCE, MOST_AHEAD

from ..cast import NOW
from .cast import a_series, days_of, events_of, make_all, weeks

SUNDAYS = [{"every": 1, "weekday": 6}]


def test_each_date_is_an_event_with_its_own_page_and_uid(app):
    it = a_series()
    events = events_of(it.series)
    assert days_of(it.series) == ["11-28", "12-05", "12-12", "12-19", "12-26", "01-02"]
    assert len({event.uid for event in events}) == len({event.slug for event in events}) == 6
    assert {event.state for event in events} == {PUBLISHED}
    assert {(event.title, event.venue) for event in events} == {("Coyote Creek clean-up", "William Street Park")}


def test_half_past_two_over_both_clock_changes(app):
    now = datetime.fromisoformat("2026-02-20T00:00+00:00")
    spring = a_series(SUNDAYS, now=now, plan={"most": 40}, starts_wall=datetime(2026, 2, 22, 2, 30))
    make_all(now + weeks(16))
    at = {event.starts_wall.date(): event for event in events_of(spring.series)}
    walls = {day: f"{event.starts_wall:%H:%M}" for day, event in at.items()}
    # 2:30 does not exist on 8 March: it is the hour after. On 1 November it comes twice or once: 1:00 does, 2:30 not.
    assert walls.pop(date(2026, 3, 8)) == "03:30"
    assert set(walls.values()) == {"02:30"} and date(2026, 10, 25) in walls and date(2026, 11, 1) in walls
    assert f"{at[date(2026, 3, 1)].starts_at:%H:%M}" == "10:30"
    assert f"{at[date(2026, 3, 15)].starts_at:%H:%M}" == "09:30"
    assert f"{at[date(2026, 11, 1)].starts_at:%H:%M}" == "10:30"
    assert all(event.ends_at > event.starts_at for event in at.values())


def test_an_hour_that_comes_twice_is_the_first(app):
    now = datetime.fromisoformat("2026-10-20T00:00+00:00")
    it = a_series(SUNDAYS, now=now, plan={"most": 2}, starts_wall=datetime(2026, 10, 25, 1, 30))
    assert f"{events_of(it.series)[1].starts_at:%m-%d %H:%M}" == "11-01 08:30"


def test_first_tuesday_and_third_saturday_with_one_left_out(app):
    rules = [{"nth": 1, "weekday": 1}, {"nth": 3, "weekday": 5}]
    it = a_series(rules, plan={"most": 5, "left_out": (date(2027, 1, 5),)})
    assert days_of(it.series) == ["11-28", "12-01", "12-19", "01-16"]


def test_questions_come_along(app):
    from staytouch_events.rsvps import questions

    it = a_series(plan={"most": 1})
    questions.add(it.first, {"kind": "short", "words": "Boots?", "help": "", "choices": [], "required": False})
    actions.add_date(it.series, date(2026, 12, 3), NOW)
    assert [question.words for question in questions_of(events_of(it.series)[1])] == ["Boots?"]


def test_an_open_series_goes_on_by_itself_half_a_season_on(app):
    it = a_series(plan={})
    assert len(events_of(it.series)) == 27
    due = db.session.scalar(select(Job.due_at).where(Job.kind == "series.season"))
    assert NOW + weeks(12) < due < NOW + weeks(15)
    make_all(due - timedelta(hours=1))
    assert len(events_of(it.series)) == 27
    make_all(due)
    assert len(events_of(it.series)) == 40


def test_a_daily_looking_rule_makes_no_more_than_a_list_shows(app):
    it = a_series([{"every": 1, "weekday": day} for day in range(7)], plan={})
    assert len(events_of(it.series)) == MOST_AHEAD


def test_one_job_makes_a_few_and_goes_on(app):
    it = a_series(plan={"most": 1})
    it.series.most = 20
    actions.plan_season(it.series, NOW)
    db.session.commit()
    assert run_due(NOW) == 1
    assert len(events_of(it.series)) == 1 + AT_ONCE


def test_two_workers_make_each_date_once(app):
    it = a_series(plan={"most": 1})
    it.series.most = 12
    actions.plan_season(it.series, NOW)
    db.session.commit()

    def work() -> None:
        with app.app_context():
            make_all(NOW)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    make_all(NOW)
    db.session.rollback()
    assert len(set(days_of(it.series))) == len(days_of(it.series)) == 12
    assert db.session.scalar(select(func.count(Event.id))) == 12


def test_followers_hear_of_all_dates_in_one_letter(app):
    it = a_series(plan={"most": 1})
    confirm(ask("fan@example.org", "at_once", "en", NOW, group=it.group, asked=None), "at_once", NOW)
    db.session.commit()
    it.series.most = 12
    actions.plan_season(it.series, NOW)
    db.session.commit()
    make_all(NOW)
    make_all(NOW + timedelta(minutes=11))
    assert db.session.scalar(select(func.count(Letter.id)).where(Letter.kind == "discover.news")) == 1


def test_a_date_is_left_out_and_brought_back(app):
    it = a_series()
    day = date(2026, 12, 12)
    actions.leave_out(it.series, day, "Rain", NOW)
    event = events_of(it.series)[2]
    assert (event.state, event.reason) == (CANCELLED, "Rain")
    actions.plan_season(it.series, NOW)
    db.session.commit()
    make_all()
    assert len(events_of(it.series)) == 6
    assert actions.add_date(it.series, day, NOW) == event
    assert event.state == PUBLISHED


def test_a_date_moved_by_hand_is_not_made_again(app):
    from staytouch_events.events.actions import save
    from staytouch_events.events.times import times_from

    it = a_series()
    event = events_of(it.series)[1]
    save(event, times_from(event, datetime(2026, 12, 6, 8, 30)), NOW)
    actions.plan_season(it.series, NOW)
    db.session.commit()
    make_all()
    assert days_of(it.series)[:3] == ["11-28", "12-06", "12-12"]


def test_stopping_keeps_what_is_made_and_cancelling_from_a_date_does_not(app):
    it = a_series(plan={})
    actions.stop(it.series, NOW)
    db.session.commit()
    make_all(NOW + weeks(14))
    assert len(events_of(it.series)) == 27
    third = events_of(it.series)[2]
    assert actions.cancel_from(date_of(third), "We move away", NOW) == 25
    assert [event.state for event in events_of(it.series)][:3] == [PUBLISHED, PUBLISHED, CANCELLED]


def test_a_crew_without_organizers_makes_no_more(app):
    from staytouch_events.groups.models import Membership

    it = a_series(plan={})
    db.session.delete(db.session.scalar(select(Membership)))
    db.session.commit()
    make_all(NOW + weeks(14))
    assert len(events_of(it.series)) == 27 and it.series.ended_at is not None


def test_what_repeats_is_not_repeated_again(app):
    it = a_series()
    try:
        actions.repeat(it.first, actions.Plan(SUNDAYS), NOW)
    except Refused as refused:
        assert "already" in str(refused)
    else:
        raise AssertionError("an event became two series")
