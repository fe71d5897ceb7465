"""The sites go with their day; what one has of its own stays."""

from datetime import datetime, timedelta

from staytouch_events.access.reach import people_reached
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, publish, restore, save
from staytouch_events.events.deciding import KIND as DECISION
from staytouch_events.events.deciding import go_ahead
from staytouch_events.events.models import CANCELLED, POSTPONED, PUBLISHED
from staytouch_events.events.postponing import reschedule
from staytouch_events.events.reach import ALL, ONE, others, spread
from staytouch_events.events.times import times_from
from staytouch_events.jobs.models import Job
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_person, an_event
from .cast import a_day, a_site


def states(it) -> list[str]:
    return [it.alma.state, it.bridge.state, it.coyote.state]


def change(day, reach, **fields):
    """What the editor does."""
    spread(day, save(day, fields, NOW), reach, NOW)
    db.session.commit()


def test_a_draft_is_published_with_its_sites(app):
    day = an_event(a_group(), draft=True)
    site = a_site(day)
    publish(day, NOW)
    assert site.state == PUBLISHED


def test_cancelling_the_day_cancels_its_sites_and_taking_it_back_brings_those_back(app):
    it = a_day()
    cancel(it.bridge, "Flooded", NOW - timedelta(hours=1))
    cancel(it.day, "Storm", NOW)
    assert states(it) == [CANCELLED] * 3
    assert (it.alma.reason, it.bridge.reason) == ("Storm", "Flooded")
    restore(it.day, NOW + timedelta(minutes=1))
    assert states(it) == [PUBLISHED, CANCELLED, PUBLISHED]


def test_the_day_waits_for_a_date_with_its_sites_and_moves_with_them(app):
    it = a_day()
    save(it.bridge, times_from(it.bridge, datetime(2026, 11, 28, 7, 0)), NOW)
    postpone(it.day, "Rain", NOW)
    assert states(it) == [POSTPONED] * 3
    later = times_from(it.day, datetime(2026, 12, 5, 9, 30))
    reschedule(it.day, later, "", NOW + timedelta(days=3), NOW)
    assert states(it) == [PUBLISHED] * 3
    assert [f"{site.starts_wall:%d %H:%M}" for site in (it.alma, it.bridge)] == ["05 09:30", "05 07:00"]


def test_it_says_how_many_people_the_sites_have(app):
    it = a_day()
    respond(it.alma, a_person("gia"), "Gia", GOING, Party(1, 0), "", NOW)
    db.session.commit()
    assert (people_reached(it.day), people_reached(it.bridge)) == (1, 0)


def test_a_change_reaches_all_sites_or_none_and_leaves_what_a_site_has_of_its_own(app):
    it = a_day()
    save(it.bridge, {"summary": "Bring boots", "title": "Bridges"}, NOW)
    change(it.day, ONE, summary="Come along")
    assert it.alma.summary == ""
    change(it.day, ALL, summary="Come all", title="Creek Day", capacity=500, venue="Everywhere")
    # What was said on the day's page alone is no longer what the sites had.
    assert [site.summary for site in (it.alma, it.bridge)] == ["", "Bring boots"]
    assert [site.title for site in (it.alma, it.bridge)] == ["Creek Day: Alma", "Bridges"]
    assert (it.alma.capacity, it.alma.venue) == (2, "Alma")
    change(it.day, ALL, names_hidden=True)
    assert it.alma.names_hidden
    assert len(others(it.day, ALL, NOW)) == 3


def test_an_hour_moves_where_the_site_had_it(app):
    it = a_day()
    save(it.bridge, times_from(it.bridge, datetime(2026, 11, 28, 7, 0)), NOW)
    change(it.day, ALL, **times_from(it.day, datetime(2026, 11, 28, 10, 0)))
    assert [site.starts_wall.hour for site in (it.alma, it.bridge)] == [10, 7]


def test_the_weather_is_decided_once_for_all(app):
    it = a_day(weather_dependent=True, decides_before=600)
    assert [job.key for job in db.session.query(Job).where(Job.kind == DECISION)] == [str(it.day.id)]
    go_ahead(it.day, NOW)
    assert it.alma.weather_decided_at == NOW
