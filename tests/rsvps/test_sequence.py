"""The letters around an event: when they go, to whom, what moves and stops them, and what one says to them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import delete, select

from staytouch_events.access.announcements import letters_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.attendance.actions import mark_oneself
from staytouch_events.attendance.models import IN
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, new_event, postpone, save
from staytouch_events.events.times import times
from staytouch_events.groups.models import OWNER
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.organize.people_queries import SURE, UNSURE, Filters, console_query
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.quiet import after_night
from staytouch_events.outbox.render import render
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, MAYBE
from staytouch_events.rsvps.sequence import STEPS, plan_missing

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill
from ..impact.cast import an_approved_log
from ..walks.letters import text_of

ALL = {"mails_day_before": True, "mails_morning": True, "mails_thanks": True}
# The Sunday on which clocks in California go back an hour, at 2:00.
SUNDAY = {"starts_wall": datetime(2027, 11, 7, 9), "ends_wall": datetime(2027, 11, 7, 12)}


def due(event) -> dict[str, datetime]:
    """When each letter of an event goes out."""
    db.session.flush()
    rows = db.session.scalars(select(Job).where(Job.kind.in_([step.kind for step in STEPS.values()])))
    return {row.kind.removeprefix("rsvps."): row.due_at for row in rows if row.key == str(event.id)}


def comes(event, who="bob", moment=NOW, answer=GOING, **fields):
    """Somebody's answer."""
    person = a_person(who, **fields)
    rsvp = respond(event, person, person.name, answer, Party(1), "", moment).rsvp
    db.session.commit()
    return rsvp


def sent(kind: str) -> list[str]:
    """Who is written to, in order."""
    db.session.flush()
    return [row.to_email.split("@")[0] for row in _letters(kind)]


def told(kind: str, moment: datetime) -> str:
    """The last letter of a kind, in words."""
    db.session.commit()
    return text_of(message_from_bytes(render(_letters(kind)[-1], moment)[2], policy=policy.default))


def _letters(kind: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def test_each_goes_at_its_hour_on_the_clocks_of_the_place_also_where_they_change(app):
    event = an_event(a_group(), **SUNDAY, **ALL)
    assert due(event) == {
        "day_before": datetime(2027, 11, 6, 17, tzinfo=UTC),
        "morning": datetime(2027, 11, 7, 15, tzinfo=UTC),
        "thanks": datetime(2027, 11, 8, 18, tzinfo=UTC),
    }


def test_an_event_that_is_older_than_a_step_is_given_it_once_and_none_whose_hour_has_passed(app):
    event = an_event(a_group(), **ALL)
    without = an_event(event.group, mails_day_before=False, mails_morning=False, mails_thanks=False)
    planned, thanks = due(event), due(event)["thanks"]
    db.session.execute(delete(Job))
    for moment in (thanks + timedelta(days=1), thanks):
        plan_missing(moment)
        assert due(event) == {}
    plan_missing(event.ends_at)
    assert due(event) == {"thanks": thanks}
    for _again in range(2):
        plan_missing(NOW)
        assert due(event) == planned and due(without) == {}


def test_a_letter_that_is_due_while_the_site_starts_still_goes(app):
    event = an_event(a_group(), **ALL)
    at = due(event)["day_before"]
    plan_missing(at + timedelta(minutes=5))
    assert due(event)["day_before"] == at


def test_an_early_start_is_told_of_two_hours_before(app):
    event = an_event(a_group(), starts_wall=datetime(2026, 11, 28, 6), **ALL)
    assert due(event)["morning"] == event.starts_at - timedelta(hours=2)


def test_they_move_with_the_event_and_none_goes_for_what_is_off(app):
    event = an_event(a_group(), **ALL)
    before = due(event)
    starts = event.starts_wall + timedelta(days=7)
    save(event, times(starts, starts + timedelta(hours=3), event.zone), NOW)
    assert due(event) == {name: at + timedelta(days=7) for name, at in before.items()}
    postpone(event, "", NOW)
    assert due(event) == {}


def test_a_cancelled_event_writes_to_nobody(app):
    event = an_event(a_group(), **ALL)
    comes(event)
    at = due(event)["thanks"]
    cancel(event, "", NOW)
    db.session.commit()
    run_due(at)
    assert sent("rsvps.reminder") == sent("rsvps.good_morning") == sent("impact.thanks") == []


@pytest.mark.parametrize("name", sorted(STEPS))
def test_the_organizers_and_each_person_may_do_without(app, name):
    event = an_event(a_group(), **ALL)
    comes(event)
    comes(event, "gia", unwanted=[name])
    kind = {"day_before": "rsvps.reminder", "morning": "rsvps.good_morning", "thanks": "impact.thanks"}[name]
    run_due(due(event)[name])
    assert sent(kind) == ["bob"]
    save(event, {f"mails_{name}": False}, NOW)
    assert name not in due(event) and len(due(event)) == 2
    assert getattr(new_event(event.group, NOW, copy_of=event), f"mails_{name}") is False


def test_the_morning_is_for_who_has_a_seat(app):
    event = an_event(a_group(), capacity=1, **ALL)
    comes(event)
    comes(event, "gia")
    comes(event, "may", answer=MAYBE)
    run_due(due(event)["morning"])
    assert sent("rsvps.good_morning") == ["bob"]
    assert "today is the day" in told("rsvps.good_morning", event.starts_at - timedelta(hours=1))


def test_a_yes_on_the_day_before_is_kept_and_seen_until_there_is_another_date(app, client, clock):
    event = an_event(a_group())
    bob, _gia = comes(event), comes(event, "gia")
    path = f"/rsvps/{manage_token(bob)}"
    clock.moment = due(event)["day_before"]
    run_due(clock.moment)
    assert "Yes, still coming" in told("rsvps.reminder", clock.moment)
    assert "Still coming?" in client.get(path).get_data(as_text=True) and bob.sure_at is None
    assert client.post(f"{path}/confirm").status_code == 303
    db.session.refresh(bob)
    assert bob.sure_at == clock.moment
    page = client.get(path).get_data(as_text=True)
    assert "Still coming?" not in page and "You said again that you come." in page
    assert [row.name for row in console_query(event, Filters(standing=SURE))] == ["Bob"]
    assert [row.name for row in console_query(event, Filters(standing=UNSURE))] == ["Gia"]
    starts = event.starts_wall + timedelta(days=7)
    save(event, times(starts, starts + timedelta(hours=3), event.zone), clock.moment)
    assert bob.sure_at is None


def test_before_it_is_asked_a_yes_is_none_and_whoever_cant_after_all_is_not_counted_on(app, client, clock):
    event = an_event(a_group())
    bob = comes(event)
    path = f"/rsvps/{manage_token(bob)}"
    db.session.commit()
    assert client.post(f"{path}/confirm").status_code == 303
    db.session.refresh(bob)
    assert bob.sure_at is None
    clock.moment = event.starts_at - timedelta(hours=3)
    client.post(f"{path}/confirm")
    client.post(f"{path}/withdraw")
    db.session.refresh(bob)
    assert bob.sure_at is None and console_query(event, Filters(standing=SURE)) == []


def test_who_was_there_is_thanked_with_hours_what_it_came_to_and_the_next_date(app):
    group = a_group()
    event = an_event(group, starts_wall=datetime(2026, 11, 28, 9))
    after = an_event(group, title="Willows", starts_wall=datetime(2026, 12, 5, 9))
    bob, _gia = comes(event, joined_at=NOW), comes(event, "gia")
    mark_oneself(bob, IN, "k" * 16, event.starts_at)
    at = due(event)["thanks"]
    an_approved_log(event, now=event.ends_at)
    db.session.commit()
    run_due(at)
    assert sent("impact.thanks") == ["bob"]
    words = told("impact.thanks", at)
    assert "3:00 h" in words and "bags" in words and "Willows" in words
    assert f"/events/{after.slug}" in words and f"/events/{event.slug}#met" in words


def test_thanks_that_come_days_late_come_not_at_all(app):
    event = an_event(a_group())
    comes(event)
    run_due(due(event)["thanks"] + timedelta(days=3))
    assert sent("impact.thanks") == []


def test_where_nobody_was_checked_in_all_with_a_seat_are_thanked_and_a_guest_is_told_no_names(app):
    event = an_event(a_group())
    comes(event, joined_at=None)
    comes(event, "may", answer=MAYBE)
    run_due(due(event)["thanks"])
    assert sent("impact.thanks") == ["bob"]
    words = told("impact.thanks", event.ends_at + timedelta(days=1))
    assert "#met" not in words and "Put down what you did" in words


@pytest.mark.parametrize(
    ("clock_there", "leaves"),
    [("12:00", "12:00"), ("20:59", "20:59"), ("21:00", "08:00"), ("23:30", "08:00"), ("07:59", "08:00")],
)
def test_what_can_wait_leaves_by_day_where_its_reader_is(clock_there, leaves):
    hour, minute = map(int, clock_there.split(":"))
    # Tokyo is nine hours ahead, and has no other hours in summer.
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=UTC) - timedelta(hours=9)
    there = after_night(moment, "Asia/Tokyo") + timedelta(hours=9)
    assert f"{there:%H:%M}" == leaves and there >= moment + timedelta(hours=9)
    assert there - moment - timedelta(hours=9) <= timedelta(hours=11)


def test_a_letter_waits_for_its_readers_morning_and_a_cancellation_does_not(app):
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], quiet_hours=True)
    event = an_event(a_group())
    comes(event, zone="Asia/Tokyo")
    run_due(due(event)["day_before"])
    (reminder,) = _letters("rsvps.reminder")
    assert f"{reminder.due_at + timedelta(hours=9):%H:%M}" == "08:00" and reminder.due_at > event.starts_at - timedelta(
        hours=24
    )
    cancel(event, "", event.starts_at - timedelta(hours=20))
    db.session.flush()
    assert [row.due_at for row in _letters("rsvps.cancelled")] == [event.starts_at - timedelta(hours=20)]


def test_all_choices_stand_on_one_page_behind_the_link_of_any_letter(app, client):
    event = an_event(a_group(), title="Creek")
    bob = comes(event, joined_at=None)
    db.session.commit()
    path = f"/mail/{letters_token(bob.person)}"
    page = client.get(path).get_data(as_text=True)
    assert "The day before: still coming?" in page and "Creek" in page and "What crews talk about" not in page
    chosen = {"day_before": "y", "morning": "y", f"event-{event.id}": "y"}
    answer = client.post(path, data=chosen)
    assert answer.status_code == 303 and "Set-Cookie" not in answer.headers
    db.session.refresh(bob.person)
    db.session.refresh(bob)
    assert (bob.person.unwanted, bob.announced) == (["thanks"], True)
    client.post(f"{path}/least")
    db.session.refresh(bob.person)
    db.session.refresh(bob)
    assert sorted(bob.person.unwanted) == sorted(STEPS) and not bob.announced
    assert "Only what you can" in client.get(f"{path}?least=1").get_data(as_text=True)


def test_whoever_has_an_account_chooses_of_each_crew_too(app, browser_of):
    group, alice = a_group(), a_person("alice")
    membership = a_membership(alice, group, OWNER)
    db.session.commit()
    browser = browser_of(alice)
    path = browser.get("/settings/mail").headers["Location"]
    page = browser.get(path).get_data(as_text=True)
    assert "What crews talk about" in page and "Answers to events you organize" in page
    assert fill(browser, path, **{f"talk-{group.id}": "daily", f"answers-{group.id}": "never"}).status_code == 303
    db.session.refresh(membership)
    page = browser.get(path).get_data(as_text=True)
    assert membership.answer_mail == "never"
    assert '<option selected value="daily">' in page


def test_a_way_that_is_not_offered_is_refused_in_words(app, browser_of):
    group, alice = a_group(), a_person("alice")
    a_membership(alice, group, OWNER)
    db.session.commit()
    browser = browser_of(alice)
    path = browser.get("/settings/mail").headers["Location"]
    assert fill(browser, path, **{f"talk-{group.id}": "hourly"}).status_code == 422
