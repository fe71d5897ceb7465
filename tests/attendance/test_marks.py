"""Marks: sent twice they are one, the last received counts, nothing is ever changed or deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from staytouch_events.attendance import actions
from staytouch_events.attendance.models import IN, OUT, UNDO, Mark, WalkUp
from staytouch_events.attendance.queries import attendees, expected, presence_of
from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party
from staytouch_events.versions import read_versions

from ..cast import NOW, a_person
from .cast import a_day, an_answer

MINUTE = timedelta(minutes=1)


def do(party, kind: str, minute: int, key: str = "", **more) -> None:
    """A mark by a helper, so many minutes after the start."""
    actions.mark(party, kind, key or f"key-{kind}-{minute:04d}", NOW + minute * MINUTE, by=None, **more)
    db.session.commit()


def count(model) -> int:
    """Rows of a table."""
    return db.session.scalar(select(func.count()).select_from(model))


def test_somebody_is_here_since_the_mark_and_with_the_whole_party(app):
    rsvp = an_answer(a_day(), adults=2, minors=1)
    do(rsvp, IN, 12)
    presence = presence_of(rsvp)
    assert (presence.here, presence.since, presence.adults, presence.minors) == (True, NOW + 12 * MINUTE, 2, 1)


def test_the_same_mark_again_is_the_same_mark(app):
    rsvp = an_answer(a_day())
    do(rsvp, IN, 1, "a-random-id")
    do(rsvp, UNDO, 2)
    do(rsvp, IN, 3, "a-random-id")
    assert count(Mark) == 2 and not presence_of(rsvp).came


def test_an_id_is_known_within_its_event_alone(app):
    first = an_answer(a_day())
    other = an_answer(a_day(first.event.group, title="Another"), "bao")
    do(first, IN, 1, "a-random-id")
    do(other, IN, 1, "a-random-id")
    assert presence_of(first).here and presence_of(other).here


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "<script>alert(1)</script>", "with blank in it"])
def test_an_id_of_the_wrong_shape_is_replaced_by_one_of_ours(app, key):
    rsvp = an_answer(a_day())
    actions.mark(rsvp, IN, key, NOW, by=None)
    db.session.commit()
    kept = db.session.scalar(select(Mark.key))
    assert kept != key and len(kept) == 13


def test_the_last_mark_received_counts(app):
    rsvp = an_answer(a_day())
    steps = ((IN, True), (IN, True), (UNDO, False), (UNDO, False), (IN, True), (OUT, False), (UNDO, True))
    for minute, (kind, here) in enumerate(steps):
        do(rsvp, kind, minute)
        assert presence_of(rsvp).here is here, (minute, kind)
    assert count(Mark) == len(steps)


def test_two_helpers_who_check_in_the_same_person_keep_the_first_time(app):
    rsvp = an_answer(a_day())
    do(rsvp, IN, 3)
    do(rsvp, IN, 4)
    assert presence_of(rsvp).since == NOW + 3 * MINUTE


def test_undoing_a_check_out_brings_back_the_first_time(app):
    rsvp = an_answer(a_day())
    for minute, kind in ((3, IN), (90, OUT), (91, UNDO)):
        do(rsvp, kind, minute)
    assert presence_of(rsvp).since == NOW + 3 * MINUTE and presence_of(rsvp).here


def test_who_was_never_here_cannot_leave(app):
    rsvp = an_answer(a_day())
    do(rsvp, OUT, 3)
    assert not presence_of(rsvp).came


def test_how_many_of_a_party_came_can_be_said_and_corrected(app):
    rsvp = an_answer(a_day(), adults=2, minors=2)
    do(rsvp, IN, 3, size=Party(1, 2))
    assert presence_of(rsvp).people == 3
    do(rsvp, IN, 9, size=Party(1, 1))
    presence = presence_of(rsvp)
    assert (presence.people, presence.since) == (2, NOW + 3 * MINUTE)
    with pytest.raises(Refused):
        actions.mark(rsvp, IN, "nobody-at-all", NOW, by=None, size=Party(0, 0))


def test_a_walk_up_is_a_name_and_sent_twice_it_is_one(app):
    event = a_day(capacity=1)
    an_answer(event)
    for _ in range(2):
        actions.walk_up(event, "Zoe", Party(1, 2), "walk-up-id-1", NOW, by=None)
        db.session.commit()
    assert (count(WalkUp), count(Mark)) == (1, 1)
    rows = attendees(event)
    assert [(row.party.name, row.people) for row in rows] == [("Gia", 1), ("Zoe", 3)]
    assert expected(rows) == 1


def test_people_who_are_there_are_held_by_no_capacity(app):
    event = a_day(capacity=2)
    an_answer(event, adults=2)
    for number in range(5):
        actions.walk_up(event, f"Walk {number}", Party(), f"walk-up-{number}", NOW, by=None)
    db.session.commit()
    assert sum(row.people for row in attendees(event) if row.presence.here) == 5


def test_a_walk_up_that_was_a_mistake_is_taken_back(app):
    event = a_day()
    party = actions.walk_up(event, "Zoe", Party(), "walk-up-id-1", NOW, by=None)
    db.session.commit()
    do(party, UNDO, 1)
    assert attendees(event) == [] and count(WalkUp) == 1


def test_who_said_no_and_came_is_on_the_list(app):
    from staytouch_events.rsvps.actions import withdraw

    rsvp = an_answer(a_day())
    withdraw(rsvp, NOW - timedelta(days=1))
    db.session.commit()
    assert attendees(rsvp.event) == []
    do(rsvp, IN, 1)
    assert [row.people for row in attendees(rsvp.event)] == [1]


def test_nobody_is_checked_in_at_an_event_that_is_off(app):
    rsvp = an_answer(a_day())
    cancel(rsvp.event, "", NOW)
    db.session.commit()
    with pytest.raises(Refused):
        actions.mark(rsvp, IN, "some-random-id", NOW, by=None)


def test_a_mark_keeps_who_made_it_and_raises_the_counter(app):
    rsvp, hana = an_answer(a_day()), a_person("hana")
    key = f"attendance:{rsvp.event_id}"
    actions.mark(rsvp, IN, "some-random-id", NOW, by=hana)
    db.session.commit()
    mark = db.session.scalar(select(Mark))
    assert (mark.made_by_id, mark.source, mark.received_at) == (hana.id, "helper", NOW)
    assert read_versions([key])[key][0] == 1
    actions.mark(rsvp, IN, "some-random-id", NOW, by=hana)
    db.session.commit()
    assert read_versions([key])[key][0] == 1
