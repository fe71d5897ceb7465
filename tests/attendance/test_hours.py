"""Hours: from check-in to check-out or the planned end; over midnight and a clock change; corrected with a trace."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event as hooks
from sqlalchemy import select

from staytouch_events.attendance import actions
from staytouch_events.attendance.hours import stays_at, stays_of, stays_with
from staytouch_events.attendance.models import IN, OUT, HourCorrection
from staytouch_events.db import db
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from .cast import EARLY, LASTS, a_day, an_answer, manage

AFTER = NOW + LASTS + timedelta(minutes=1)


def stay(party, came: datetime, left: datetime | None = None, now: datetime = AFTER):
    """The time of a party with these marks."""
    actions.mark(party, IN, "", came, by=None)
    if left:
        actions.mark(party, OUT, "", left, by=None)
    db.session.commit()
    return stays_at(party, now)


def at(hours: float) -> datetime:
    """So long after the start."""
    return NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        (0.2, None, 168),
        (0.2, 2.2, 120),
        (-0.5, 1, 90),
        (-3, 1, 120),
        (0, 3.5, 210),
        (5, None, 180),
        (-2, -1.5, 0),
    ],
)
def test_from_check_in_to_check_out_or_the_planned_end(app, came, left, minutes):
    found = stay(an_answer(a_day()), at(came), None if left is None else at(left), at(6))
    assert found.minutes == minutes


def test_nothing_is_counted_before_it_is_over_but_of_who_has_left(app):
    event = a_day()
    assert stay(an_answer(event), at(0), now=at(1)) is None
    assert stay(an_answer(event, "bao"), at(0), at(0.5), now=at(1)).minutes == 30
    assert [row.party.name for row in stays_of(event, at(1))] == ["Bao"]
    assert [row.party.name for row in stays_of(event, AFTER)] == ["Bao", "Gia"]


def test_over_midnight_and_the_hour_that_comes_twice(app):
    group = a_group()
    night = an_event(
        group, starts_wall=datetime(2026, 10, 31, 22, 0), ends_wall=datetime(2026, 11, 1, 4, 0), now=NOW - timedelta(40)
    )
    rsvp = an_answer_early(night)
    found = stay(rsvp, datetime(2026, 11, 1, 6, 0, tzinfo=UTC))
    assert found.minutes == 6 * 60 and found.times == "11\u00a0pm–4\u00a0am"


def test_over_the_hour_that_is_skipped(app):
    group = a_group()
    night = an_event(
        group, starts_wall=datetime(2026, 3, 7, 22, 0), ends_wall=datetime(2026, 3, 8, 4, 0), now=NOW - timedelta(300)
    )
    assert stay(an_answer_early(night), night.starts_at).minutes == 5 * 60


def an_answer_early(event):
    """Somebody who answered in time for an event that is over."""
    from staytouch_events.rsvps.actions import respond
    from staytouch_events.rsvps.models import GOING

    gia = a_person("gia", joined_at=None)
    return respond(event, gia, "Gia", GOING, Party(), "", event.starts_at - timedelta(days=2)).rsvp


def test_each_person_of_the_party_counts(app):
    found = stay(an_answer(a_day(), adults=1, minors=2), at(0), at(1))
    assert (found.minutes, found.people_minutes) == (60, 180)


def test_an_organizer_corrects_and_it_is_traced(browser_of):
    event, alice = a_day(), a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    found = stay(an_answer(event), at(0), at(1))
    browser, path = browser_of(alice), f"/events/{event.slug}/manage/hours"
    for hours, minutes in (("2", "30"), ("2", "15")):
        answer = fill(browser, path, who=found.who, hours=hours, minutes=minutes, why="Drove the bags")
        assert answer.status_code == 303
    kept = db.session.scalars(select(HourCorrection).order_by(HourCorrection.id)).all()
    assert [(row.was, row.minutes, row.made_by_id, row.why, row.made_at) for row in kept] == [
        (60, 150, alice.id, "Drove the bags", NOW),
        (150, 135, alice.id, "Drove the bags", NOW),
    ]
    assert stays_at(found.party, AFTER).minutes == 135
    page = browser.get(path).get_data(as_text=True)
    assert "from 2:30 h to 2:15 h, by Alice. Drove the bags" in page


def test_a_correction_needs_a_reason_and_a_number_and_keeps_what_was_typed(browser_of):
    event, alice = a_day(), a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    found = stay(an_answer(event), at(0), at(1))
    browser, path = browser_of(alice), f"/events/{event.slug}/manage/hours"
    answer = fill(browser, path, who=found.who, hours="2", minutes="77", why="")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Say why in a few words." in page and 'value="77"' in page
    assert fill(browser, path, who=found.who, hours="25", why="x").status_code == 422
    assert fill(browser, path, who="r99", hours="2", why="x").status_code == 404
    assert db.session.scalars(select(HourCorrection)).all() == []


def test_ones_own_hours_by_year(browser_of, clock):
    event = a_day(title="Creek")
    rsvp = an_answer(event, "bob", adults=2, joined_at=NOW)
    stay(rsvp, at(0), at(1.5))
    clock.moment = AFTER
    page = browser_of(rsvp.person).get("/hours").get_data(as_text=True)
    assert "2026" in page and "Creek" in page and "1:30 h" in page and "3:00 h for 2 people" in page
    assert "No hours yet" in browser_of(a_person("charlie")).get("/hours").get_data(as_text=True)
    assert stays_with(rsvp.person, AFTER)[0].minutes == 90


def test_a_guest_sees_theirs_by_the_link_of_the_answer(client, clock):
    rsvp = an_answer(a_day())
    stay(rsvp, at(0), at(1.5))
    clock.moment = AFTER
    assert "1:30 h" in client.get(manage(rsvp)).get_data(as_text=True)


def test_how_many_came_is_for_organizers_alone(app, browser_of, clock):
    event, alice, bob = a_day(), a_person("alice"), a_person("bob")
    a_membership(alice, event.group, ORGANIZER)
    a_membership(bob, event.group)
    stay(an_answer(event, adults=2, minors=1), at(0))
    clock.moment = AFTER
    path = f"/events/{event.slug}"
    assert "3 people came, 1 under 18" in browser_of(alice).get(path).get_data(as_text=True)
    for browser in (browser_of(bob), app.test_client()):
        assert "came" not in browser.get(path).get_data(as_text=True)


def test_ones_own_hours_cost_as_many_queries_with_twenty_days_as_with_two(app, browser_of):
    gia, group, seen = a_person("gia"), a_group(), []
    browser = browser_of(gia)

    def cost(days: int) -> int:
        for _ in range(days):
            rsvp = respond(a_day(group), gia, "Gia", GOING, Party(), "", EARLY).rsvp
            actions.mark(rsvp, IN, "", NOW, by=None)
            actions.mark(rsvp, OUT, "", NOW + timedelta(hours=1), by=None)
        db.session.commit()
        hooks.listen(db.engine, "before_cursor_execute", listener := lambda *told: seen.append(told[2]))
        seen.clear()
        assert "No hours yet" not in browser.get("/hours").get_data(as_text=True)
        hooks.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    cost(1)
    assert cost(1) == cost(18)
