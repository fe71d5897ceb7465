"""The question after an event: once, some hours after its end, unless somebody put something down."""

from datetime import datetime, timedelta

from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, restore, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import MEMBER, ORGANIZER
from staytouch_events.impact.nudges import KIND
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import Letter

from ..attendance.cast import LASTS, a_day
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..spots.cast import posted, told
from .cast import OVER, a_log

ASKED = NOW + LASTS + timedelta(hours=3)


def a_crew():
    """A crew with an organizer and a member."""
    group = a_group()
    a_membership(a_person("alice"), group, ORGANIZER)
    a_membership(a_person("bob"), group, MEMBER)
    return group


def planned() -> list[datetime]:
    """When questions are due."""
    return list(db.session.scalars(select(Job.due_at).where(Job.kind == KIND)))


def asked(now: datetime) -> list[str]:
    """To whom the question went."""
    return [letter["To"] for letter in posted(now) if letter["Subject"].startswith("What did you do?")]


def test_the_organizers_are_asked_once(app):
    a_day(a_crew())
    assert asked(ASKED - timedelta(minutes=1)) == []
    assert asked(ASKED) == ["Alice <alice@example.org>"]
    assert asked(ASKED + timedelta(days=3)) == []


def test_the_question_leads_to_the_form(app):
    event = a_day(a_crew())
    (letter,) = posted(ASKED)
    assert f"/events/{event.slug}/impact/log" in told(letter) and "42 bags?" in told(letter)


def test_nobody_is_asked_what_is_known(app):
    a_log(a_day(a_crew()), now=OVER)
    run_due(ASKED)
    assert db.session.scalar(select(Letter.id).where(Letter.kind == KIND)) is None


def test_a_question_that_was_answered_meanwhile_is_not_sent(app):
    event = a_day(a_crew())
    run_due(ASKED)
    a_log(event, now=ASKED)
    assert asked(ASKED) == []


def test_it_moves_with_the_event_and_goes_with_it(app):
    event = an_event(a_crew())
    (first,) = planned()
    later = times(datetime(2026, 12, 5, 8, 30), datetime(2026, 12, 5, 11, 30), event.zone)
    save(event, later, NOW)
    (second,) = planned()
    assert second - first == timedelta(days=7)
    cancel(event, "Rain", NOW)
    assert planned() == []
    restore(event, NOW)
    assert planned() == [second]


def test_nobody_weighs_a_meeting(app):
    an_event(a_crew(), kind="meetup")
    assert planned() == []
