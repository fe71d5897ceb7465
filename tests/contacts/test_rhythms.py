"""Fine, due or overdue: by the nearest rhythm, from the last real contact, computed from rows."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event as sa_event

from staytouch_events.attendance.actions import mark
from staytouch_events.attendance.models import IN, UNDO
from staytouch_events.contacts import sorting
from staytouch_events.contacts.digests import save
from staytouch_events.contacts.models import EXCHANGE, MEETING, WROTE, Contact
from staytouch_events.contacts.reach_words import why_words
from staytouch_events.contacts.rhythm_queries import DUE, FINE, OVERDUE, UNPLANNED, due, standings
from staytouch_events.contacts.touch_queries import MET
from staytouch_events.conversations import meetings
from staytouch_events.db import db
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING

from ..cast import NOW, a_group, a_person, an_event
from ..conversations.cast import says, side_between
from .cast import exchanged
from .people_cast import ZONE, kept, rhythm, stands, talked

# Eleven weeks before the tests' day.
SEPTEMBER = datetime(2026, 9, 8, 9, 0)


@pytest.fixture
def alice(app):
    """Somebody who keeps people."""
    return a_person("alice", zone=ZONE)


@pytest.mark.parametrize("days, state", [(0, FINE), (55, FINE), (56, DUE), (83, DUE), (84, OVERDUE), (400, OVERDUE)])
def test_days_since_the_last_contact_decide(alice, days, state):
    minh = kept(alice, days_ago=500)
    rhythm(minh, 56, 84)
    talked(minh, days)
    assert stands(minh).state == state


def test_without_a_rhythm_nobody_is_ever_due(alice):
    assert stands(kept(alice, days_ago=900)).state == UNPLANNED


def test_a_contact_just_made_starts_the_clock(alice):
    """Whoever exchanged cards a minute ago is not due, whatever stood there before."""
    bob = a_person("bob")
    old = Contact(owner_id=alice.id, person_id=bob.id, shared={"name": "Bob"}, own={}, origin=EXCHANGE)
    old.created_at, old.met_at, old.ideal_days = NOW - timedelta(days=300), NOW, 28
    old.settle()
    db.session.add(old)
    db.session.commit()
    assert (stands(old).state, stands(old).days) == (FINE, 0)


def test_the_nearest_rhythm_wins(alice):
    minh = kept(alice, days_ago=100, kind="friend")
    assert stands(minh).wish.ideal == 28
    sorting.set_tag_rhythm(alice, "tools", (60, 90))
    sorting.set_tag_rhythm(alice, "creek", (10, None))
    rhythm(minh, None, None, "tools")
    assert (stands(minh).wish.ideal, stands(minh).wish.by) == (60, "tag")
    rhythm(minh, None, None, "tools", "creek")
    assert stands(minh).wish.ideal == 10
    rhythm(minh, 200, None, "tools")
    assert (stands(minh).wish.ideal, stands(minh).state) == (200, FINE)
    rhythm(minh, 0, None, "tools")
    assert stands(minh).state == UNPLANNED


def test_an_event_both_were_at_counts_and_says_why(alice):
    bob = a_person("bob", name="Bob Lee")
    minh = kept(alice, "Bob Lee", days_ago=300)
    minh.person_id = bob.id
    rhythm(minh, 56, 84)
    creek = an_event(a_group(), NOW - timedelta(days=100), starts_wall=SEPTEMBER, title="Coyote Creek")
    answers = [
        respond(creek, person, person.name, GOING, Party(1), "", NOW - timedelta(days=90)).rsvp
        for person in (alice, bob)
    ]
    db.session.commit()
    assert stands(minh).last.event[1] == "Coyote Creek"
    assert (stands(minh).state, why_words(stands(minh))) == (DUE, "11 weeks since Coyote Creek; you wanted 8 weeks")
    # Once somebody was checked in there, only who was checked in had come.
    mark(answers[0], IN, "a", creek.starts_at, by=None)
    db.session.commit()
    assert stands(minh).last is None
    mark(answers[1], IN, "b", creek.starts_at, by=None)
    db.session.commit()
    assert stands(minh).last.event[1] == "Coyote Creek"
    mark(answers[1], UNDO, "c", creek.starts_at + timedelta(minutes=1), by=None)
    db.session.commit()
    assert stands(minh).last is None


def test_an_event_to_come_or_that_one_did_not_come_to_is_none(alice):
    bob = a_person("bob")
    minh = kept(alice, days_ago=300)
    minh.person_id = bob.id
    group = a_group()
    coming = an_event(group)
    over = an_event(group, NOW - timedelta(days=100), starts_wall=SEPTEMBER)
    for event, answer in ((coming, GOING), (over, DECLINED)):
        respond(event, alice, "Alice", GOING, Party(1), "", NOW - timedelta(days=90))
        respond(event, bob, "Bob", answer, Party(1), "", NOW - timedelta(days=90))
    db.session.commit()
    assert stands(minh).last is None


def test_a_day_ends_at_the_owners_midnight(alice):
    """At 7:00 UTC on the 25th it is still the 24th in San José."""
    minh = kept(alice)
    rhythm(minh, 1)
    talked(minh)
    assert stands(minh, datetime(2026, 11, 25, 7, 0, tzinfo=UTC)).state == FINE
    assert stands(minh, datetime(2026, 11, 25, 9, 0, tzinfo=UTC)).state != FINE


def test_later_is_a_week_and_the_longest_overdue_come_first(alice):
    early, late = kept(alice, "Ada", days_ago=40, kind="friend"), kept(alice, "Zoe", days_ago=90, kind="friend")
    assert [row.contact.name for row in due(alice, NOW)] == ["Zoe", "Ada"]
    late.snoozed_until_on = (NOW + timedelta(days=7)).date()
    db.session.commit()
    assert [row.contact.name for row in due(alice, NOW)] == ["Ada"]
    assert [row.contact.name for row in due(alice, NOW + timedelta(days=7))] == ["Zoe", "Ada"]
    assert early.snoozed_until_on is None


def test_one_switch_turns_it_off(alice):
    kept(alice, days_ago=90, kind="friend")
    save(alice, {"is_on": False}, NOW)
    assert due(alice, NOW) == []


def test_a_thousand_people_cost_as_many_queries_as_two(alice):
    group, others = a_group(), [a_person(f"p{number}") for number in range(2)]
    for _event in range(3):
        event = an_event(group, NOW - timedelta(days=100), starts_wall=SEPTEMBER)
        respond(event, alice, "Alice", GOING, Party(1), "", NOW - timedelta(days=90))
    for person in others:
        minh = kept(alice, person.name, days_ago=30, kind="friend")
        minh.person_id = person.id
    db.session.commit()
    few = _queries(lambda: standings(alice, NOW))
    db.session.add_all(
        Contact(owner_id=alice.id, shared={}, own={"name": f"P {number}"}, origin="import", created_at=NOW)
        for number in range(1000)
    )
    db.session.commit()
    assert _queries(lambda: standings(alice, NOW)) == few


def _queries(act) -> int:
    asked = []
    db.session.expire_all()

    def note(*_args) -> None:
        asked.append(1)

    sa_event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        sa_event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_a_message_here_counts_and_so_does_an_appointment_that_was_kept(app):
    ana, bob = a_person("ana"), a_person("bob")
    exchanged(ana, bob, now=NOW - timedelta(days=90))
    assert last_of(ana, bob) == (90, MET)
    says(bob, ana, "Hi", NOW - timedelta(days=40))
    assert last_of(ana, bob) == (40, WROTE)
    fields = {"what": "Coffee", "place": "", "zone": "UTC", "minutes": 60}
    fields["times"] = [(NOW - timedelta(days=5)).isoformat()]
    proposal = meetings.propose(side_between(bob, ana), bob, fields, "", NOW - timedelta(days=6))
    meetings.take(proposal, 0, side_between(ana, bob), NOW - timedelta(days=6))
    db.session.commit()
    assert last_of(ana, bob) == (5, MEETING)


def last_of(owner, person) -> tuple[int, str]:
    """Days since the last contact, and what it was."""
    (row,) = standings(owner, NOW)
    assert row.contact.person_id == person.id
    return row.days, row.last.what
