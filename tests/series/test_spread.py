"""This one, this and following, or all; what was changed by hand on one date survives."""

from datetime import datetime, timedelta

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.reach import ALL, FOLLOWING, ONE, hold, spread
from staytouch_events.events.times import times_from
from staytouch_events.series.facts import own_groups
from staytouch_events.series.queries import dates_of

from ..cast import NOW
from .cast import a_series, events_of, make_all, weeks


def change(event, reach, **fields):
    """What the editor does."""
    hold(event, reach)
    spread(event, save(event, fields, NOW), reach, NOW)
    db.session.commit()


def to(event, hour: int) -> dict:
    """The same day at another hour."""
    return times_from(event, event.starts_wall.replace(hour=hour, minute=0))


def hours(series) -> list[str]:
    return [f"{event.starts_wall:%d %H}" for event in events_of(series)]


def test_all_after_one_date_was_moved_by_hand(app):
    it = a_series()
    first, second, third, *_rest = events_of(it.series)
    change(second, ONE, **times_from(second, datetime(2026, 12, 6, 14, 0)))
    change(first, ALL, **to(first, 9))
    assert hours(it.series) == ["28 09", "06 14", "12 09", "19 09", "26 09", "02 09"]
    assert [own_groups(row) for row in dates_of(it.series)] == [set(), {"when"}, set(), set(), set(), set()]
    change(third, ALL, title="Creek day")
    assert {event.title for event in events_of(it.series)} == {"Creek day"}
    assert hours(it.series)[1] == "06 14"


def test_this_and_following_leaves_the_earlier_and_reaches_dates_to_be_made(app):
    it = a_series(plan={})
    change(events_of(it.series)[2], FOLLOWING, capacity=12, **to(events_of(it.series)[2], 10))
    assert [event.capacity for event in events_of(it.series)][:4] == [None, None, 12, 12]
    assert hours(it.series)[1:3] == ["05 08", "12 10"]
    make_all(NOW + weeks(14))
    assert (events_of(it.series)[-1].capacity, events_of(it.series)[-1].starts_wall.hour) == (12, 10)
    # Earlier dates were not changed by hand: a later change of all reaches them.
    change(events_of(it.series)[3], ALL, capacity=20)
    assert {event.capacity for event in events_of(it.series)} == {20}


def test_one_date_alone_is_its_own(app):
    it = a_series()
    change(events_of(it.series)[1], ONE, title="Longest night")
    assert [event.title for event in events_of(it.series)].count("Longest night") == 1
    change(events_of(it.series)[0], ALL, title="Creek day")
    assert [event.title for event in events_of(it.series)].count("Longest night") == 1


def test_a_place_is_kept_whole_and_hours_of_answers_go_with_the_date(app):
    it = a_series()
    first, second, third, *_rest = events_of(it.series)
    change(second, ONE, venue="Olinder Park")
    change(first, ALL, venue="Kelley Park", meeting_point="At the bridge")
    assert (second.venue, second.meeting_point, third.venue) == ("Olinder Park", "At the bridge", "Kelley Park")
    change(first, ALL, answers_close_at=first.starts_at - timedelta(hours=2))
    assert third.answers_close_at == third.starts_at - timedelta(hours=2)


def test_what_is_over_stays_as_it_was(app):
    it = a_series()
    first, *_others, last = events_of(it.series)
    later = NOW + weeks(3)
    spread(last, save(last, {"title": "Creek day"}, later), ALL, later)
    assert first.title == "Coyote Creek clean-up"
