"""What a crew gives: proposed to its organizers when somebody came far enough, given by them, seen by nobody else."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from staytouch_events.attendance.actions import mark, walk_up
from staytouch_events.attendance.models import IN, UNDO
from staytouch_events.db import db
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.impact.models import GIVEN, LATER, Award, Recognition
from staytouch_events.impact.recognitions import decide, define, reached_in, stop, take_back, tallies
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party
from staytouch_events.rsvps.models import GOING, SEATED, Rsvp

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill, send
from ..spots.cast import posted, told


def came(person, group, day: int) -> Rsvp:
    """Somebody was at an event of the group, three hours."""
    early = NOW - timedelta(days=60)
    event = an_event(group, early, title=f"Day {day}", starts_wall=datetime(2026, 10, day, 9, 0))
    told = {"answer": GOING, "standing": SEATED, "answered_at": early, "created_at": early}
    rsvp = Rsvp(event=event, person=person, name=person.name, **told)
    db.session.add(rsvp)
    db.session.flush()
    mark(rsvp, IN, "", event.starts_at, by=None)
    db.session.commit()
    return rsvp


@pytest.fixture
def crew(app):
    """A crew with an organizer and a vest at two events."""
    group = a_group()
    alice = a_person("alice")
    a_membership(alice, group, ORGANIZER)
    vest = define(group, {"name": "The vest", "about": "Denim", "after_events": 2, "after_hours": None}, NOW)
    db.session.commit()
    return group, alice, vest


def names(group) -> list[str]:
    """Who has come far enough."""
    return [row.tally.person.name for row in reached_in([group], NOW)]


def test_who_was_at_so_many_events_has_come_far_enough(crew):
    group, _alice, _vest = crew
    bob = a_person("bob")
    came(bob, group, 3)
    assert names(group) == []
    second = came(bob, group, 10)
    came(bob, a_group("others"), 11)
    assert names(group) == ["Bob"]
    mark(second, UNDO, "", second.event.ends_at, by=None)
    assert names(group) == []


def test_hours_count_and_a_walk_up_who_is_known(crew):
    group, _alice, _vest = crew
    define(group, {"name": "A mug", "about": "", "after_events": None, "after_hours": 6}, NOW)
    bob = a_person("bob")
    event = came(bob, group, 3).event
    assert names(group) == []
    other = an_event(group, NOW - timedelta(days=60), title="Other", starts_wall=datetime(2026, 10, 20, 9, 0))
    walk_up(other, "Bob", Party(1, 0), "", other.starts_at, by=None, person=bob)
    assert sorted(row.recognition.name for row in reached_in([group], NOW)) == ["A mug", "The vest"]
    (tally,) = tallies(group.id, NOW)
    assert (tally.events, tally.minutes, event.group_id) == (2, 360, group.id)


def test_it_is_given_once_and_told_in_the_persons_language(crew):
    group, alice, vest = crew
    bob = a_person("bob", language="es")
    for day in (3, 10):
        came(bob, group, day)
    decide(vest, bob, GIVEN, "For the tuba", alice, NOW)
    decide(vest, bob, GIVEN, "Again", alice, NOW)
    db.session.commit()
    assert names(group) == []
    (letter,) = posted(NOW + timedelta(minutes=11))
    assert letter["Subject"] == "Para ti, de Trash Punx: The vest" and "For the tuba" in told(letter)


def test_not_now_is_not_asked_again_until_it_is_taken_back(crew):
    group, alice, vest = crew
    bob = a_person("bob")
    for day in (3, 10):
        came(bob, group, day)
    decide(vest, bob, LATER, "", alice, NOW)
    db.session.commit()
    assert names(group) == [] and posted() == []
    take_back(vest, bob.id, NOW)
    assert names(group) == ["Bob"]


def test_what_was_given_by_mistake_is_taken_back_before_anybody_hears(crew):
    _group, alice, vest = crew
    bob = a_person("bob")
    decide(vest, bob, GIVEN, "", alice, NOW)
    take_back(vest, bob.id, NOW + timedelta(minutes=5))
    db.session.commit()
    assert posted(NOW + timedelta(minutes=11)) == [] and db.session.scalar(select(Award)) is None


def test_what_is_given_no_more_is_not_given(crew):
    group, alice, vest = crew
    bob = a_person("bob")
    for day in (3, 10):
        came(bob, group, day)
    stop(vest, NOW)
    assert names(group) == []
    with pytest.raises(Refused):
        decide(vest, bob, GIVEN, "", alice, NOW)


def test_from_the_dashboard_to_ones_own_hours(crew, browser_of, client):
    group, alice, vest = crew
    bob = a_person("bob")
    a_membership(bob, group, MEMBER)
    for day in (3, 10):
        came(bob, group, day)
    host, mine = browser_of(alice), browser_of(bob)
    assert "1 person has come far enough: The vest" in host.get("/dashboard").get_data(as_text=True)
    page = host.get("/groups/trash-punx/manage/recognition").get_data(as_text=True)
    assert "1 person has come far enough" in page and "2 events" in page and "6:00 h" in page
    send(host, page, f"/groups/trash-punx/manage/recognition/{vest.id}/people/{bob.id}", do="give")
    assert "The vest" in mine.get("/hours").get_data(as_text=True)
    assert "The vest" not in host.get("/hours").get_data(as_text=True)
    for path in ("/groups/trash-punx", "/groups/trash-punx/impact", "/impact"):
        assert "The vest" not in client.get(path).get_data(as_text=True)


def test_an_organizer_defines_gives_by_hand_and_stops(crew, browser_of):
    group, alice, _vest = crew
    bob = a_person("bob")
    a_membership(bob, group, MEMBER)
    host, path = browser_of(alice), "/groups/trash-punx/manage/recognition"
    assert "Give it a name." in fill(host, path, name="").get_data(as_text=True)
    assert fill(host, path, name="A mug", after_events="0").status_code == 422
    assert fill(host, path, name="A mug").status_code == 303
    mug = db.session.scalar(select(Recognition).where(Recognition.name == "A mug"))
    one = f"{path}/{mug.id}"
    assert fill(host, one, f"{one}/give", person=str(bob.id), words="For the coffee").status_code == 303
    page = host.get(path).get_data(as_text=True)
    assert "For the coffee" in page and "by hand" in page
    stranger = a_person("stranger")
    assert fill(host, one, f"{one}/give", person=str(stranger.id)).status_code == 422
    fill(host, one, do="stop")
    page = host.get(path).get_data(as_text=True)
    assert "Give or change A mug" not in page and "For the coffee" in page
