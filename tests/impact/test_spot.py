"""A place that an event was made of is clean once what the event did is approved; whoever reported it hears of it."""

from datetime import datetime, timedelta

import pytest

from staytouch_events.db import db
from staytouch_events.events.actions import publish, save
from staytouch_events.events.times import times
from staytouch_events.impact.actions import add_pair, approve, drop_pair, send_back
from staytouch_events.pictures import keep_picture, picture_file
from staytouch_events.spots.actions import close, mark_cleaned, reopen
from staytouch_events.spots.models import CLEANED, CLOSED, PLANNED
from staytouch_events.spots.planning import make_event

from ..cast import NOW, a_group, a_person
from ..spots.cast import a_photo, a_spot, posted
from .cast import a_log

AFTER = datetime(2026, 11, 28, 12, 0)


@pytest.fixture
def planned(app):
    """A reported place and the event that cleans it up, which is over."""
    spot = a_spot(a_person("rita"))
    event = make_event(spot, a_group(), NOW)
    save(event, times(datetime(2026, 11, 24, 10, 0), datetime(2026, 11, 24, 11, 0), "America/Los_Angeles"), NOW)
    publish(event, NOW)
    db.session.commit()
    posted()
    return spot, event


def approved(event, *pairs):
    """A log of the event with pictures, approved an hour after it."""
    moment = NOW + timedelta(hours=2)
    log = a_log(event, now=moment)
    for before, after in pairs:
        add_pair(log, before, after, "", moment, hosts=True)
    approve(log, a_person("alice"), moment)
    db.session.commit()
    return log, moment


def a_picture() -> str:
    """The name of a kept picture."""
    return keep_picture(a_photo())


def test_the_approved_log_marks_it_cleaned_with_both_pictures_and_tells_who_reported_it(planned):
    spot, event = planned
    assert spot.state == PLANNED
    log, moment = approved(event, (a_picture(), a_picture()))
    assert spot.state == CLEANED and picture_file(spot.picture) and picture_file(spot.after_picture)
    (letter,) = [row for row in posted(moment + timedelta(minutes=11)) if row["To"].startswith("Rita")]
    assert letter["Subject"] == "Cleaned: Tires under the bridge"
    drop_pair(log.photos[0], hosts=True)
    db.session.commit()
    assert picture_file(spot.picture) and picture_file(spot.after_picture)


def test_pictures_that_come_later_join_it(planned):
    spot, event = planned
    log, moment = approved(event)
    assert (spot.state, spot.after_picture) == (CLEANED, None)
    add_pair(log, None, a_picture(), "", moment, hosts=True)
    db.session.commit()
    assert picture_file(spot.after_picture)


def test_the_picture_of_the_report_stays(planned):
    spot, event = planned
    spot.picture = first = a_picture()
    approved(event, (a_picture(), a_picture()))
    assert spot.picture == first


def test_a_place_that_was_closed_or_taken_up_again_is_left_alone(planned):
    spot, event = planned
    close(spot, "double", "", NOW)
    log, moment = approved(event)
    assert spot.state == CLOSED
    reopen(spot, moment)
    add_pair(log, None, a_picture(), "", moment, hosts=True)
    assert spot.state == PLANNED


def test_a_log_sent_back_later_opens_the_place_again(planned):
    spot, event = planned
    log, moment = approved(event)
    send_back(log, "Another creek", a_person("olga"), moment)
    db.session.commit()
    assert spot.state == PLANNED
    assert [row["Subject"] for row in posted(moment + timedelta(minutes=11)) if row["To"].startswith("Rita")] == []


def test_it_stays_clean_where_another_log_counts_or_an_organizer_said_so(planned):
    spot, event = planned
    log, moment = approved(event)
    other = a_log(event, team="Banks", now=moment)
    approve(other, a_person("olga"), moment)
    send_back(log, "Another creek", other.decided_by, moment)
    assert spot.state == CLEANED
    reopen(spot, moment)
    mark_cleaned(spot, None, moment + timedelta(hours=1))
    send_back(other, "Another creek", other.decided_by, moment)
    assert spot.state == CLEANED


def test_a_log_that_waits_marks_nothing(planned):
    spot, event = planned
    a_log(event, now=NOW + timedelta(hours=2))
    assert spot.state == PLANNED
