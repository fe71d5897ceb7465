"""A log: put down by who was there, counted once it is approved, corrected with a trace."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.events.models import Event
from staytouch_events.groups.models import ORGANIZER
from staytouch_events.impact.actions import add_pair, approve, correct, drop_pair, propose, send_back
from staytouch_events.impact.models import APPROVED, PROPOSED, RETURNED, ImpactChange, ImpactPhoto
from staytouch_events.impact.offers import offer
from staytouch_events.impact.queries import totals
from staytouch_events.refusals import Refused

from ..attendance.cast import a_day
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..spots.cast import posted, told
from .cast import FIELDS, OVER, a_log, an_approved_log, there

LATER = OVER + timedelta(minutes=20)


def bags(event) -> int:
    """What the event's approved logs come to."""
    return totals(select(Event).where(Event.id == event.id)).bags


def test_it_counts_once_it_is_approved_and_no_more_once_it_is_sent_back(app):
    event, alice = a_day(), a_person("alice")
    log = a_log(event)
    assert (log.state, bags(event)) == (PROPOSED, 0)
    approve(log, alice, OVER)
    approve(log, alice, OVER + timedelta(hours=1))
    assert (log.state, bags(event), log.decided_at) == (APPROVED, 42, OVER)
    send_back(log, "Those were last week's", alice, OVER)
    assert (log.state, bags(event)) == (RETURNED, 0)
    approve(log, alice, OVER)
    assert bags(event) == 42


def test_nothing_is_put_down_before_it_starts_or_where_it_was_off(app):
    group = a_group()
    with pytest.raises(Refused):
        a_log(an_event(group))
    off = a_day(group)
    cancel(off, "Rain", NOW)
    with pytest.raises(Refused):
        a_log(off)


def test_a_team_has_one_log_so_that_nothing_counts_twice(app):
    event = a_day()
    a_log(event, team="Bridge")
    a_log(event, team="Culvert", bags_trash=8)
    a_log(event)
    for team in ("bridge", "BRIDGÉ", ""):
        with pytest.raises(Refused):
            a_log(event, team=team)
    other = a_log(event, team="Third")
    with pytest.raises(Refused):
        correct(other, {**FIELDS, "team": "culvert"}, a_person("alice"), OVER, hosts=True)
    correct(other, {**FIELDS, "team": "third"}, a_person("bo"), OVER, hosts=True)


def test_a_weight_reckoned_from_bags_is_an_estimate_and_is_marked_in_every_total(app):
    event = a_day()
    log = an_approved_log(event, method="bags", bags_recycling=2, bags_green=1)
    assert round(log.grams / 453.59237) == 42 * 15 + 2 * 6 + 27
    an_approved_log(event, team="Scale", grams=10_000, method="scale")
    found = totals(select(Event).where(Event.id == event.id))
    assert found.estimated == log.grams and found.grams == log.grams + 10_000
    correct(log, {**FIELDS, "method": "bags", "bags_trash": 1}, a_person("alice"), OVER, hosts=True)
    assert round(log.grams / 453.59237) == 15


def test_a_correction_leaves_a_trace_with_who_and_what(app):
    event, alice, bob = a_day(), a_person("alice"), a_person("bob")
    log = a_log(event, bob, items={"tires": 2})
    correct(log, {**FIELDS, "bags_trash": 40, "items": {"tires": 3, "rope": 1}}, bob, OVER, hosts=True)
    assert db.session.scalar(select(ImpactChange)) is None
    correct(log, {**FIELDS, "bags_trash": 41, "items": {"tires": 3}}, alice, OVER, hosts=True)
    change = db.session.scalar(select(ImpactChange))
    assert (change.made_by_id, change.changed) == (alice.id, {"bags_trash": [40, 41], "rope": [1, None]})
    assert (log.proposed_name, log.counts) == ("Bob", {"tires": 3})
    approve(log, alice, OVER)
    correct(log, {**FIELDS, "bags_trash": 43}, bob, OVER, hosts=True)
    assert db.session.query(ImpactChange).count() == 2


def test_whoever_wrote_it_changes_nothing_once_it_was_approved(app):
    bob = a_person("bob")
    log = an_approved_log(a_day())
    log.photos.append(ImpactPhoto(before="x"))
    db.session.flush()
    changes = (
        lambda: correct(log, {**FIELDS, "bags_trash": 999}, bob, OVER, hosts=False),
        lambda: add_pair(log, "y", None, "", OVER, hosts=False),
        lambda: drop_pair(log.photos[0], hosts=False),
    )
    for change in changes:
        with pytest.raises(Refused):
            change()
    assert (log.bags, len(log.photos)) == (42, 1)


def test_sent_back_and_corrected_by_its_writer_it_waits_again(app):
    bob = a_person("bob")
    log = a_log(a_day(), bob)
    send_back(log, "Really 42?", a_person("alice"), OVER)
    correct(log, {**FIELDS, "bags_trash": 24}, bob, OVER, hosts=True)
    assert (log.state, log.reason) == (PROPOSED, "")


def test_people_and_hours_are_offered_from_check_in_and_each_only_once(app):
    event = a_day()
    there(event, "gia", 2, 1)
    there(event, "bo")
    known = offer(event, OVER)
    assert (known.adults, known.minors, known.minutes) == (3, 1, 4 * 180)
    assert known.typed() == {"adults": 3, "minors": 1, "hours": 12.0}
    log = a_log(event, team="Bridge", adults=2, minors=1, minutes=540)
    assert offer(event, OVER).typed() == {"adults": 1, "minors": 0, "hours": 3.0}
    assert offer(event, OVER, besides=log).typed()["adults"] == 3
    assert offer(an_event(event.group, starts_wall=event.starts_wall), OVER).typed() == {}


def test_organizers_hear_once_of_all_that_waits_and_its_writer_of_the_decision(app):
    event, alice, bob = a_day(), a_person("alice"), a_person("bob", language="es")
    a_membership(alice, event.group, ORGANIZER)
    log = a_log(event, bob)
    a_log(event, team="Bridge")
    (letter,) = posted(LATER)
    assert letter["To"] == "Alice <alice@example.org>" and "42 bags" in told(letter) and "Bridge" in told(letter)
    a_log(event, team="Third", now=LATER)
    assert posted(LATER + timedelta(minutes=20)) == []
    approve(log, alice, LATER)
    db.session.commit()
    (letter,) = posted(LATER + timedelta(minutes=20))
    assert letter["To"] == "Bob <bob@example.org>" and "42 bolsas" in told(letter)


def test_a_decision_that_was_taken_back_at_once_is_not_told(app):
    event, alice, bob = a_day(), a_person("alice"), a_person("bob")
    log = a_log(event, bob)
    approve(log, alice, OVER)
    send_back(log, "Which bags?", alice, OVER + timedelta(minutes=1))
    db.session.commit()
    (letter,) = posted(LATER)
    assert "Which bags?" in told(letter) and letter["Subject"].startswith("Please look again")


def test_an_organizer_who_did_it_all_alone_hears_nothing(app):
    event, alice = a_day(), a_person("alice")
    a_membership(alice, event.group, ORGANIZER)
    log = propose(event, FIELDS, alice, "Alice", OVER)
    approve(log, alice, OVER)
    db.session.commit()
    assert posted(LATER) == []
