"""Weather-dependent events: the plan, the hour of deciding, and putting off to a new date in one step."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, new_event, postpone, save
from staytouch_events.events.deciding import go_ahead
from staytouch_events.events.models import POSTPONED, PUBLISHED, Event
from staytouch_events.events.postponing import reschedule, usual_confirm_by
from staytouch_events.events.times import all_day_times, times, times_from
from staytouch_events.events.weather import backup_wall, decides_at, decides_wall, weather_words
from staytouch_events.groups.models import MEMBER, OWNER
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE
from staytouch_events.volunteers.queries import shifts_of

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill, send
from ..volunteers.cast import a_role, a_shift
from ..walks.letters import invitation_in, link_in, text_of

# Of an event on Saturday 8:30: decided on Friday at 6 pm, else on Sunday at 9.
PLAN = {"weather_dependent": True, "decides_before": 14 * 60 + 30, "backup_after": 24 * 60 + 30}
SUNDAY = datetime(2026, 11, 29, 9, 0)
FRIDAY_SIX = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


def a_wet_event(**fields) -> Event:
    """An event that depends on the weather, of a crew with an organizer and a member."""
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    a_membership(a_person("bob"), group, MEMBER)
    return an_event(group, **{**PLAN, **fields})


def letters(kind: str) -> list[Letter]:
    """The letters of a kind."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def read(letter: Letter, now=NOW):
    """A letter as it goes out."""
    return message_from_bytes(render(letter, now)[2], policy=policy.default)


def vevent(event: Event) -> icalendar.Event:
    """The public entry of an event, read back."""
    return icalendar.Event.from_ical(event.vevent)


def test_the_plan_is_said_in_words_on_the_page_in_letters_and_in_the_calendar(client):
    event = a_wet_event()
    assert weather_words(event) == "We decide by Fri 27 Nov, 6\xa0pm; backup date Sun 29 Nov, 9\xa0am"
    page = client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert "If it rains: we decide by Fri 27 Nov, 6\xa0pm." in page and "Backup date: Sun 29 Nov, 9\xa0am." in page
    respond(event, a_person("gia"), "Gia", GOING, Party(1), "", NOW)
    assert "backup date Sun 29 Nov" in text_of(read(letters("rsvps.answered")[0]))
    entry = vevent(event)
    assert entry["STATUS"] == "TENTATIVE" and "If it rains: We decide by Fri 27 Nov" in entry["DESCRIPTION"]


def test_what_the_weather_does_not_decide_is_confirmed_and_says_nothing_of_it(client):
    event = an_event(a_group())
    assert vevent(event)["STATUS"] == "CONFIRMED" and "rains" not in vevent(event)["DESCRIPTION"]
    assert "rains" not in client.get(f"/events/{event.slug}").get_data(as_text=True)


def test_a_copy_keeps_the_distance_to_its_own_date(app):
    event = a_wet_event()
    copy = new_event(event.group, NOW, copy_of=event)
    assert decides_wall(copy) is None and weather_words(copy) == ""
    save(copy, times(datetime(2026, 12, 12, 8, 30), datetime(2026, 12, 12, 11, 30), "America/Los_Angeles"), NOW)
    assert decides_wall(copy) == datetime(2026, 12, 11, 18, 0)
    assert backup_wall(copy) == datetime(2026, 12, 13, 9, 0)


def test_the_form_of_a_copy_keeps_the_plan_though_its_fields_are_empty_yet(app, browser_of):
    event = a_wet_event()
    copy = new_event(event.group, NOW, copy_of=event)
    db.session.commit()
    alice = browser_of(event.group.memberships[0].person)
    dated = {"starts_on": "2026-12-12", "starts_time": "08:30", "ends_time": "11:30", "do": "save"}
    assert fill(alice, f"/events/{copy.slug}/manage/edit", **dated).status_code == 303
    db.session.refresh(copy)
    assert decides_wall(copy) == datetime(2026, 12, 11, 18, 0) and copy.backup_after == PLAN["backup_after"]


def test_the_form_moves_the_plan_with_the_date_and_asks_before_it_mails(app, browser_of):
    event = a_wet_event()
    respond(event, a_person("gia"), "Gia", GOING, Party(1), "", NOW)
    db.session.commit()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/edit"
    review = fill(alice, path, starts_on="2026-12-05", do="save").get_data(as_text=True)
    assert "We decide by Fri 4 Dec, 6\xa0pm; backup date Sun 6 Dec, 9\xa0am" in review
    assert fill(alice, path, starts_on="2026-12-05", do="confirm").status_code == 303
    db.session.refresh(event)
    assert decides_wall(event) == datetime(2026, 12, 4, 18, 0)
    said = text_of(read(letters("rsvps.changed")[0]))
    assert "If it rains" in said and "Fri 27 Nov" in said and "Fri 4 Dec" in said


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"decides_wall": ""}, "decides_wall", "By when do you decide?"),
        ({"decides_wall": "2026-11-28T08:30"}, "decides_wall", "Decide before it starts."),
        ({"backup_wall": "2026-11-28T09:00"}, "backup_wall", "The backup date has to be after the first."),
        ({"backup_wall": "2027-03-14T02:30"}, "backup_wall", "Clocks go forward that night"),
        ({"backup_wall": "2027-11-07T01:30"}, "backup_wall", "This time comes twice"),
        ({"decides_wall": "soon"}, "decides_wall", "Not a valid datetime value."),
    ],
)
def test_a_plan_that_cannot_be_is_told_at_its_field(app, browser_of, typed, field, words):
    event = a_wet_event()
    alice = browser_of(event.group.memberships[0].person)
    answer = fill(alice, f"/events/{event.slug}/manage/edit", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page.split(f'id="{field}-wrong"')[1].split("</p>")[0]


def test_without_the_tick_there_is_no_plan(app, browser_of):
    event = a_wet_event()
    alice = browser_of(event.group.memberships[0].person)
    assert fill(alice, f"/events/{event.slug}/manage/edit", weather_dependent=None, do="confirm").status_code == 303
    db.session.refresh(event)
    assert (event.decides_before, event.backup_after) == (None, None) and vevent(event)["STATUS"] == "CONFIRMED"


def due(kind: str, event: Event) -> datetime | None:
    """When a job of an event is due."""
    return db.session.scalar(select(Job.due_at).where(Job.kind == kind, Job.key == str(event.id)))


def test_the_organizers_are_asked_at_the_hour_and_the_hour_moves_with_the_event(app):
    event = a_wet_event()
    assert due("events.decide", event) == decides_at(event) == FRIDAY_SIX
    save(event, times(datetime(2026, 12, 5, 8, 30), datetime(2026, 12, 5, 11, 30), event.zone), NOW)
    later = FRIDAY_SIX + timedelta(days=7)
    assert due("events.decide", event) == later
    db.session.commit()
    run_due(later - timedelta(minutes=1))
    assert letters("events.decide") == []
    run_due(later)
    asked = letters("events.decide")
    assert [letter.to_email for letter in asked] == ["alice@example.org"]
    said = text_of(read(asked[0], later))
    assert link_in(read(asked[0], later), f"/events/{event.slug}/manage/weather")
    assert "Postpone to Sun 6 Dec" in said and f"/events/{event.slug}/manage/postpone" in said


@pytest.mark.parametrize("step", [cancel, postpone, None])
def test_nobody_is_asked_about_what_is_off_put_off_or_decided(app, step):
    event = an_event(a_group(), **PLAN)
    step(event, "", NOW) if step else go_ahead(event, NOW)
    assert due("events.decide", event) is None


def test_its_on_confirms_the_calendars_and_tells_each_who_holds_it_once(app):
    event = a_wet_event(capacity=1)
    for who, answer in (("gia", GOING), ("gil", GOING), ("gus", MAYBE), ("gabe", DECLINED)):
        respond(event, a_person(who), who.title(), answer, Party(1), "", NOW)
    number = event.sequence
    go_ahead(event, NOW)
    assert (vevent(event)["STATUS"], vevent(event)["SEQUENCE"]) == ("CONFIRMED", number + 1)
    told = letters("rsvps.goes_ahead")
    assert [letter.to_email for letter in told] == ["gia@example.org", "gus@example.org"]
    method, entry = invitation_in(read(told[0]))
    assert (method, str(entry["STATUS"])) == ("REQUEST", "CONFIRMED") and "the weather holds" in text_of(read(told[0]))
    with pytest.raises(Refused):
        go_ahead(event, NOW)


def test_the_page_with_the_two_buttons(app, browser_of, client):
    event = a_wet_event()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/weather"
    page = alice.get(path).get_data(as_text=True)
    assert "Postpone to Sun 29 Nov, 9\xa0am" in page and event.weather_decided_at is None
    assert send(alice, page, path).status_code == 303
    db.session.refresh(event)
    assert event.weather_decided_at == NOW
    assert "the weather holds" in client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert "You said: it's on." in alice.get(path).get_data(as_text=True)


def test_a_new_date_asks_the_weather_anew(app):
    event = a_wet_event()
    go_ahead(event, NOW)
    save(event, times(datetime(2026, 12, 5, 8, 30), datetime(2026, 12, 5, 11, 30), event.zone), NOW)
    assert event.weather_decided_at is None and due("events.decide", event) is not None


def test_the_dashboard_shows_the_decision_from_the_day_before_on(app, browser_of, clock):
    event = a_wet_event()
    alice = browser_of(event.group.memberships[0].person)
    assert "Is Coyote Creek clean-up on?" not in alice.get("/dashboard").get_data(as_text=True)
    clock.moment = FRIDAY_SIX - timedelta(hours=23)
    assert "Is Coyote Creek clean-up on?" in alice.get("/dashboard").get_data(as_text=True)


def to_backup(event: Event, now=NOW, until: datetime | None = None) -> None:
    """Put an event off to its backup date."""
    moved = times_from(event, backup_wall(event))
    reschedule(event, moved, "The creek is up", until or usual_confirm_by(moved["starts_at"], now), now)


def test_one_step_moves_the_date_with_all_that_hangs_on_it(app):
    closes = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
    event = a_wet_event(answers_close_at=closes, promotes_until_at=closes)
    shift = a_shift(event, a_role(event.group))
    started, number, began = event.starts_at, event.sequence, shift.starts_at
    to_backup(event)
    later = timedelta(days=1, minutes=30)
    assert event.starts_wall == SUNDAY and event.ends_wall == SUNDAY + timedelta(hours=3)
    assert (event.state, event.sequence, event.previous_starts_at) == (PUBLISHED, number + 1, started)
    assert event.answers_close_at == event.promotes_until_at == closes + later
    assert due("rsvps.day_before", event) == event.starts_at - timedelta(hours=24)
    assert shifts_of(event)[0].starts_at == began + later
    assert decides_wall(event) == SUNDAY - timedelta(minutes=PLAN["decides_before"]) and event.backup_after is None


def test_two_organizers_who_press_at_once_move_it_once(app):
    event = a_wet_event()
    moved, number = times_from(event, backup_wall(event)), event.sequence
    reschedule(event, moved, "", NOW + timedelta(days=3), NOW)
    with pytest.raises(Refused):
        reschedule(event, moved, "", NOW + timedelta(days=3), NOW)
    assert event.sequence == number + 1


def test_a_postponed_event_without_a_date_gets_one_in_the_same_step(app):
    event = a_wet_event()
    postpone(event, "Storm", NOW)
    assert event.state == POSTPONED
    reschedule(event, times_from(event, SUNDAY), "Sunday then", NOW + timedelta(days=3), NOW)
    assert (event.state, event.reason, event.starts_wall) == (PUBLISHED, "Sunday then", SUNDAY)


def test_search_engines_hear_of_the_new_date(client):
    event = a_wet_event()
    to_backup(event)
    db.session.commit()
    page = client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert '"https://schema.org/EventRescheduled"' in page
    assert '"previousStartDate": "2026-11-28T08:30:00-08:00"' in page
    assert "A new date: it was Sat 28 Nov, 8:30\xa0am." in page and "The creek is up" in page


def test_back_on_its_first_date_there_is_no_new_one(client):
    event = a_wet_event()
    first = event.starts_wall
    to_backup(event)
    save(event, times_from(event, first), NOW)
    db.session.commit()
    page = client.get(f"/events/{event.slug}").get_data(as_text=True)
    assert "A new date" not in page and "previousStartDate" not in page and "EventScheduled" in page


def test_the_postpone_page_offers_the_backup_date_and_says_whom_it_mails(app, browser_of):
    event = a_wet_event()
    respond(event, a_person("gia"), "Gia", GOING, Party(1), "", NOW)
    db.session.commit()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/postpone"
    page = alice.get(path).get_data(as_text=True)
    assert "This mails 1 person at once." in page and "Backup date: Sun 29 Nov, 9\xa0am" in page
    assert send(alice, page, path, reason="Storm").status_code == 303
    db.session.refresh(event)
    assert (event.starts_wall, event.reason) == (SUNDAY, "Storm")
    assert "Backup date:" not in alice.get(path).get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"to": "date", "starts_on": ""}, "starts_on", "Choose the day."),
        ({"to": "date", "starts_on": "2026-12-05", "starts_time": ""}, "starts_time", "When does it start?"),
        ({"to": "date", "starts_on": "2026-11-20"}, "starts_on", "This is over already."),
        ({"to": "date", "starts_on": "2026-11-28"}, "starts_on", "This is the date it has."),
        ({"to": "date", "starts_on": "2027-03-14", "starts_time": "02:30"}, "starts_time", "Clocks go forward"),
        ({"to": "date", "starts_on": "2027-11-07", "starts_time": "01:30"}, "starts_time", "This time comes twice"),
        ({"confirm_by": "2026-11-29T09:00"}, "confirm_by", "Choose an hour between now and the new start."),
        ({"confirm_by": "2026-11-24T09:00"}, "confirm_by", "Choose an hour between now and the new start."),
        ({"to": "never"}, "to", "Not a valid choice."),
    ],
)
def test_what_cannot_be_a_new_date_is_told_at_its_field(app, browser_of, typed, field, words):
    event = a_wet_event()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/postpone"
    answer = fill(alice, path, reason="Kept as typed", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Kept as typed" in page
    assert words in page.split(f'id="{field}-wrong"')[1].split("</p>")[0]
    db.session.refresh(event)
    assert event.starts_wall == datetime(2026, 11, 28, 8, 30)


def test_another_date_and_one_not_known_yet(app, browser_of):
    event = a_wet_event()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/postpone"
    assert fill(alice, path, to="unknown").status_code == 303
    db.session.refresh(event)
    assert event.state == POSTPONED
    assert fill(alice, path, to="date", starts_on="2026-12-05", starts_time="10:00").status_code == 303
    db.session.refresh(event)
    assert (event.state, event.starts_wall) == (PUBLISHED, datetime(2026, 12, 5, 10, 0))


def test_an_all_day_event_is_put_off_by_the_day(app, browser_of):
    event = a_wet_event()
    days = all_day_times(datetime(2026, 11, 28), datetime(2026, 11, 30), event.zone)
    save(event, days | {"backup_after": 7 * 24 * 60}, NOW)
    db.session.commit()
    alice, path = browser_of(event.group.memberships[0].person), f"/events/{event.slug}/manage/postpone"
    assert "Backup date: Sat 5 Dec<" in alice.get(path).get_data(as_text=True)
    assert fill(alice, path).status_code == 303
    db.session.refresh(event)
    assert (event.starts_wall, event.ends_wall) == (datetime(2026, 12, 5), datetime(2026, 12, 7))


@pytest.mark.parametrize(("hours", "before"), [(240, 24), (48, 24), (30, 15), (2, 1)])
def test_people_confirm_a_day_before_or_halfway_when_that_is_near(hours, before):
    start = NOW + timedelta(hours=hours)
    assert usual_confirm_by(start, NOW) == start - timedelta(hours=before)
