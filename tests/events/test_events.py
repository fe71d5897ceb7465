"""Writing, moving, postponing, cancelling events: what each does to the number, the address, the index."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from staytouch_events import listeners
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, discard, new_event, postpone, publish, restore, save
from staytouch_events.events.models import CANCELLED, POSTPONED, PUBLISHED, EventPlace
from staytouch_events.events.times import all_day_times, times
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.versions import read_versions
from staytouch_events.when import NoSuchTime, TwoSuchTimes, wall_time

from ..cast import NOW, a_group, a_person, an_event


def moved(event, days: int = 7) -> dict:
    """The times a week later."""
    starts = event.starts_wall + timedelta(days=days)
    return times(starts, starts + timedelta(hours=3), event.zone)


def test_time_place_and_status_raise_the_number_and_nothing_else_does(app):
    event = an_event(a_group())
    save(event, {"title": "Other", "capacity": 9}, NOW)
    assert event.sequence == 0
    save(event, moved(event), NOW)
    save(event, {"venue": "Elsewhere"}, NOW)
    cancel(event, "", NOW)
    restore(event, NOW)
    postpone(event, "", NOW)
    assert (event.sequence, event.state) == (5, POSTPONED)
    save(event, moved(event), NOW)
    assert (event.sequence, event.state) == (6, PUBLISHED)
    uid = event.uid
    respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW)
    assert (event.sequence, event.uid) == (6, uid)


def test_a_draft_lacks_nothing_before_it_is_shown_and_can_be_thrown_away(app):
    group = a_group()
    draft = new_event(group, NOW)
    with pytest.raises(Refused, match="title"):
        publish(draft, NOW)
    discard(draft)
    db.session.commit()
    with pytest.raises(Refused, match="cancelled, not deleted"):
        discard(an_event(group))


def test_what_is_cancelled_comes_back_until_its_start(app):
    event = an_event(a_group())
    cancel(event, "Rain", NOW)
    assert (event.state, event.reason) == (CANCELLED, "Rain")
    with pytest.raises(Refused):
        restore(event, event.starts_at)
    restore(event, NOW)
    assert (event.state, event.reason) == (PUBLISHED, "")


def test_a_change_past_the_one_function_is_refused(app):
    event = an_event(a_group())
    event.title = "Sneaked in"
    with pytest.raises(RuntimeError, match="changed"):
        db.session.flush()
    db.session.rollback()


def test_the_place_index_holds_just_what_anybody_may_find(app):
    event = an_event(a_group(), lat=37.3, lon=-121.9)
    line = lambda: db.session.scalar(select(EventPlace.event_id).where(EventPlace.event_id == event.id))  # noqa: E731
    assert line() == event.id
    save(event, {"visibility": "members"}, NOW)
    assert line() is None
    save(event, {"visibility": "public"}, NOW)
    assert line() == event.id


def test_an_event_made_unlisted_gets_an_address_that_nobody_guesses(app, client, browser_of):
    event, bob = an_event(a_group()), a_person("bob")
    respond(event, bob, "Bob", GOING, Party(1), "", NOW)
    old = event.slug
    save(event, {"visibility": "unlisted"}, NOW)
    db.session.commit()
    assert event.slug.startswith("coyote-creek-clean-up-") and len(event.slug.rsplit("-", 1)[1]) == 10
    assert client.get(f"/events/{old}").status_code == 404
    assert browser_of(bob).get(f"/events/{old}").headers["Location"] == f"/events/{event.slug}"


def test_addresses_can_be_read_and_never_clash(app):
    group = a_group()
    slugs = [an_event(group).slug for _ in range(3)]
    assert slugs[:2] == ["coyote-creek-clean-up", "coyote-creek-clean-up-2026-11-28"]
    assert len(set(slugs)) == 3


def test_the_hour_that_spring_skips_and_the_one_that_autumn_repeats(app):
    zone = "America/Los_Angeles"
    with pytest.raises(NoSuchTime):
        times(datetime(2027, 3, 14, 2, 30), datetime(2027, 3, 14, 4), zone)
    night = datetime(2026, 11, 1, 1, 30)
    with pytest.raises(TwoSuchTimes):
        times(night, datetime(2026, 11, 1, 4), zone)
    first, second = (times(night, datetime(2026, 11, 1, 4), zone, later)["starts_at"] for later in (False, True))
    assert second - first == timedelta(hours=1)
    assert wall_time(first, zone) == wall_time(second, zone) == night


def test_all_day_is_from_midnight_to_midnight_at_the_place(app):
    fields = all_day_times(datetime(2026, 11, 28), datetime(2026, 11, 29), "Asia/Tokyo")
    assert fields["starts_at"] == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert fields["ends_at"] - fields["starts_at"] == timedelta(hours=24)


def test_a_change_raises_the_versions_and_a_rollback_does_not(app):
    group = a_group()
    event = an_event(group)
    keys = [f"event:{event.id}", f"calendar:{group.id}", "lists"]
    before = read_versions(keys)
    save(event, {"title": "X"}, NOW)
    db.session.rollback()
    assert read_versions(keys) == before
    save(event, {"title": "X"}, NOW)
    db.session.commit()
    assert all(read_versions(keys)[key][0] == before[key][0] + 1 for key in keys)


def letters(kind: str) -> list[Letter]:
    """Letters of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind)))


def test_the_reminder_moves_with_the_event_and_is_for_those_who_answered_before_it(app):
    event = an_event(a_group())
    respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW)
    (job,) = db.session.scalars(select(Job).where(Job.kind == "rsvps.day_before"))
    assert job.due_at == event.starts_at - timedelta(hours=24)
    save(event, moved(event), NOW)
    db.session.commit()
    assert job.due_at == event.starts_at - timedelta(hours=24)
    late = job.due_at + timedelta(hours=1)
    respond(event, a_person("charlie"), "Charlie", GOING, Party(1), "", late)
    db.session.commit()
    run_due(late)
    (letter,) = letters("rsvps.reminder")
    assert (letter.to_email, letter.until) == ("bob@example.org", event.starts_at)


def test_no_reminder_of_what_is_off_or_put_off(app):
    group = a_group()
    for change in (cancel, postpone):
        event = an_event(group)
        change(event, "", NOW)
        db.session.commit()
    assert db.session.scalars(select(Job).where(Job.kind == "rsvps.day_before")).all() == []


def test_the_reminder_of_an_all_day_event_is_for_nine_the_day_before(app):
    event = an_event(a_group())
    save(event, all_day_times(datetime(2026, 11, 28), datetime(2026, 11, 29), event.zone), NOW)
    (job,) = db.session.scalars(select(Job).where(Job.kind == "rsvps.day_before"))
    assert wall_time(job.due_at, event.zone) == datetime(2026, 11, 27, 9)


def test_several_changes_are_one_letter_and_a_cancellation_goes_at_once(app):
    event = an_event(a_group())
    respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW)
    save(event, moved(event), NOW)
    save(event, {"venue": "Elsewhere"}, NOW)
    (letter,) = letters("rsvps.changed")
    assert letter.due_at == NOW + timedelta(minutes=10)
    assert letter.facts["before"]["venue"] == "William Street Park"
    cancel(event, "", NOW)
    db.session.commit()
    assert letter.state == "dropped"
    (gone,) = letters("rsvps.cancelled")
    assert gone.due_at == NOW


def test_a_change_of_nothing_that_matters_mails_nobody(app):
    event = an_event(a_group())
    respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW)
    save(event, {"title": "Other", "summary": "New"}, NOW)
    assert letters("rsvps.changed") == []


def test_every_listener_is_connected(app):

    for happening, listener in listeners():
        assert listener in list(happening.receivers_for(None))
