"""Dates of a calendar elsewhere become events, follow it, and stay as they are where somebody changed them here."""

from datetime import UTC, datetime

from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.models import CANCELLED, PUBLISHED, Event
from staytouch_events.groups.models import Group
from staytouch_events.imports.ics_actions import CANCELLED_THERE, import_calendar
from staytouch_events.imports.ics_reader import usual_window

from ..cast import NOW, a_group
from .test_ics_reader import a_calendar

WHERE = "LOCATION:Guadalupe Hall\\, 12 Main St\\, San Jose\\, CA"
WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"


def an_entry(*more: str, title: str = "Sweep", start: str = "20261201T180000", uid: str = "a@there") -> str:
    """One entry, in Berlin."""
    timed = f"DTSTART;TZID=Europe/Berlin:{start}\nDURATION:PT2H"
    return "\n".join((f"UID:{uid}", f"SUMMARY:{title}", timed, *more))


def bring(group: Group, *entries: str):
    """Import them."""
    return import_calendar(a_calendar(*entries), group, usual_window(NOW), NOW)


def numbers(report) -> tuple[int, int, int, int]:
    """(made, changed, cancelled, as before)."""
    return report.made, report.changed, report.cancelled, report.same


def events() -> list[Event]:
    """All of them, in order."""
    return list(db.session.scalars(select(Event).order_by(Event.starts_at)))


def test_each_date_is_an_event_with_a_uid_of_its_own_and_twice_doubles_nothing(app, gazetteer_file):
    group = a_group()
    assert numbers(bring(group, an_entry(WEEKLY, WHERE))) == (3, 0, 0, 0)
    found = events()
    assert [event.starts_at.hour for event in found] == [17, 17, 17] and len({event.uid for event in found}) == 3
    assert all("there" not in event.uid and event.state == PUBLISHED for event in found)
    first = found[0]
    assert (first.venue, first.address) == ("Guadalupe Hall", "12 Main St, San Jose, CA")
    assert first.place_name == "San Jose, CA" and first.precision == "town" and first.zone == "Europe/Berlin"
    assert numbers(bring(group, an_entry(WEEKLY, WHERE))) == (0, 0, 0, 3)
    assert numbers(bring(a_group("others"), an_entry(WEEKLY))) == (3, 0, 0, 0)


def test_only_what_changed_there_changes_here(app, gazetteer_file):
    group = a_group()
    bring(group, an_entry(), an_entry(uid="b@there", title="Plant"))
    slugs, sequences = [event.slug for event in events()], [event.sequence for event in events()]
    again = bring(group, an_entry(start="20261201T190000"), an_entry(uid="b@there", title="Plant"))
    assert numbers(again) == (0, 1, 0, 1)
    moved = next(event for event in events() if event.title == "Sweep")
    assert moved.starts_at == datetime(2026, 12, 1, 18, tzinfo=UTC)
    assert sorted(event.slug for event in events()) == sorted(slugs)
    assert sum(event.sequence for event in events()) == sum(sequences) + 1


def test_what_was_changed_here_stays_and_is_said_once(app, gazetteer_file):
    group = a_group()
    bring(group, an_entry())
    save(events()[0], {"title": "Our sweep"}, NOW)
    again = bring(group, an_entry(title="Their sweep", start="20261201T190000"))
    assert again.ours == [("Our sweep", ["title"])] and again.changed == 1
    assert events()[0].title == "Our sweep" and events()[0].starts_at.hour == 18
    later = bring(group, an_entry(title="Their sweep", start="20261201T190000"))
    assert later.ours == [] and numbers(later) == (0, 0, 0, 1)


def test_what_is_cancelled_or_taken_out_there_is_called_off_here(app, gazetteer_file):
    group = a_group()
    bring(group, an_entry(WEEKLY), an_entry(uid="b@there", title="Plant"))
    out = "EXDATE;TZID=Europe/Berlin:20261208T180000"
    plant = an_entry("STATUS:CANCELLED", uid="b@there", title="Plant")
    assert numbers(bring(group, an_entry(WEEKLY, out), plant)) == (0, 0, 2, 2)
    off = [event for event in events() if event.state == CANCELLED]
    assert {(event.title, event.starts_at.day) for event in off} == {("Sweep", 8), ("Plant", 1)}
    assert numbers(bring(group, an_entry(WEEKLY, out), plant)) == (0, 0, 0, 4)
    assert numbers(bring(group, an_entry(WEEKLY, out), an_entry(uid="b@there", title="Plant"))) == (0, 1, 0, 3)


def test_a_file_without_an_entry_says_nothing_of_it(app, gazetteer_file):
    group = a_group()
    bring(group, an_entry())
    assert numbers(bring(group, an_entry(uid="c@there"))) == (1, 0, 0, 0)
    assert {event.state for event in events()} == {PUBLISHED}


def test_what_was_cancelled_before_we_knew_it_is_not_made(app, gazetteer_file):
    report = bring(a_group(), an_entry("STATUS:CANCELLED"))
    assert [left.why for left in report.left] == [CANCELLED_THERE] and events() == []


def test_a_room_is_no_town_though_one_is_called_so(app, gazetteer_file):
    bring(a_group(), *(an_entry(f"LOCATION:{word}", uid=word) for word in ("Gym", "Plaza", "Home")))
    assert {(event.venue, event.lat) for event in events()} == {("Gym", None), ("Plaza", None), ("Home", None)}


def test_a_room_has_no_point_and_a_link_is_online(app, gazetteer_file):
    bring(a_group(), an_entry("LOCATION:Seminarraum"), an_entry("LOCATION:https://meet.example.org/x", uid="b"))
    room, call = sorted(events(), key=lambda event: event.online)
    assert (room.venue, room.lat, room.online) == ("Seminarraum", None, False)
    assert (call.online_url, call.venue) == ("https://meet.example.org/x", "")


def test_a_point_of_the_calendar_is_the_pin(app, gazetteer_file):
    bring(a_group(), an_entry("LOCATION:Hall", "GEO:37.33391;-121.89012"))
    event = events()[0]
    assert (event.lat, event.precision, event.place_name) == (37.33391, "pin", "San Jose, CA")
