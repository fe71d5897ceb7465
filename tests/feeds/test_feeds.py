"""Calendars over HTTP: what is in them, and when a reader is told that nothing changed."""

from datetime import datetime, timedelta

import brotli
import icalendar

from staytouch_events.access.feeds import calendar_token
from staytouch_events.access.rsvps import manage_token
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, save
from staytouch_events.events.times import times
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING, MAYBE

from ..cast import NOW, a_group, a_person, an_event


def entries(response) -> list[icalendar.Event]:
    """What a reader finds in a feed."""
    return icalendar.Calendar.from_ical(response.data).walk("VEVENT")


def test_a_group_feed_holds_its_public_events_as_the_window_says(client):
    group = a_group()
    for weeks, title in ((-5, "long ago"), (-3, "lately"), (2, "soon"), (60, "far ahead")):
        an_event(group, title=title, starts_wall=datetime(2026, 11, 24, 9) + timedelta(weeks=weeks))
    an_event(group, title="hidden", visibility="unlisted")
    an_event(group, title="ours", visibility="members")
    answer = client.get("/groups/trash-punx/calendar.ics")
    assert [str(entry["SUMMARY"]) for entry in entries(answer)] == ["lately", "soon"]
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert b"METHOD" not in answer.data and b"ATTENDEE" not in answer.data
    assert "Set-Cookie" not in answer.headers


def test_an_unchanged_feed_is_the_same_bytes_and_answers_304(client):
    group = a_group()
    an_event(group, capacity=3)
    first = client.get("/groups/trash-punx/calendar.ics")
    again = client.get("/groups/trash-punx/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/groups/trash-punx/calendar.ics").data == first.data


def test_an_answer_leaves_a_group_feed_as_it_was_and_a_change_does_not(client):
    event = an_event(a_group(), capacity=1)
    first = client.get("/groups/trash-punx/calendar.ics").headers["ETag"]
    respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW)
    db.session.commit()
    assert client.get("/groups/trash-punx/calendar.ics").headers["ETag"] == first
    save(event, {"title": "New title"}, NOW)
    db.session.commit()
    changed = client.get("/groups/trash-punx/calendar.ics", headers={"If-None-Match": first})
    assert changed.status_code == 200 and b"New title" in changed.data


def test_the_day_rolls_the_etag(client, clock):
    an_event(a_group())
    first = client.get("/groups/trash-punx/calendar.ics").headers["ETag"]
    clock.moment = NOW + timedelta(days=1)
    assert client.get("/groups/trash-punx/calendar.ics").headers["ETag"] != first


def test_if_none_match_wins_over_if_modified_since_which_is_parsed(client):
    an_event(a_group())
    answer = client.get("/groups/trash-punx/calendar.ics")
    ask = lambda **headers: client.get("/groups/trash-punx/calendar.ics", headers=headers).status_code  # noqa: E731
    modified = answer.headers["Last-Modified"]
    assert ask(**{"If-Modified-Since": modified}) == 304
    assert ask(**{"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}) == 200
    assert ask(**{"If-Modified-Since": "nonsense"}) == 200
    assert ask(**{"If-Modified-Since": modified, "If-None-Match": '"another"'}) == 200


def test_head_and_compression(client):
    an_event(a_group())
    plain = client.get("/groups/trash-punx/calendar.ics")
    head = client.head("/groups/trash-punx/calendar.ics")
    assert (head.data, head.headers["ETag"]) == (b"", plain.headers["ETag"])
    packed = client.get("/groups/trash-punx/calendar.ics", headers={"Accept-Encoding": "gzip;q=0.5, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_cancelled_event_stays_cancelled_in_the_feed(client):
    event = an_event(a_group())
    cancel(event, "Rain", NOW)
    db.session.commit()
    (entry,) = entries(client.get("/groups/trash-punx/calendar.ics"))
    assert (str(entry["STATUS"]), str(entry["UID"]), entry["SEQUENCE"]) == ("CANCELLED", event.uid, 1)


def test_a_postponed_event_is_tentative_at_its_old_time_until_the_new_date(client):
    event = an_event(a_group())
    postpone(event, "", NOW)
    db.session.commit()
    (entry,) = entries(client.get("/groups/trash-punx/calendar.ics"))
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("TENTATIVE", f"Postponed: {event.title}")
    assert entry["DTSTART"].dt == event.starts_at
    later = datetime(2026, 12, 5, 8, 30)
    save(event, times(later, later + timedelta(hours=3), event.zone), NOW)
    db.session.commit()
    (entry,) = entries(client.get("/groups/trash-punx/calendar.ics"))
    assert (str(entry["STATUS"]), str(entry["SUMMARY"]), entry["SEQUENCE"]) == ("CONFIRMED", event.title, 2)


def test_an_event_that_becomes_unlisted_is_taken_out_with_nothing_told(client):
    event = an_event(a_group(), description="secret words", lat=37.3, lon=-121.9)
    save(event, {"visibility": "unlisted"}, NOW)
    db.session.commit()
    answer = client.get("/groups/trash-punx/calendar.ics")
    (entry,) = entries(answer)
    assert (str(entry["STATUS"]), str(entry["SUMMARY"]), str(entry["UID"])) == (
        "CANCELLED",
        "No longer listed",
        event.uid,
    )
    assert entry["DTSTART"].dt == event.starts_at
    for told in (b"secret", b"GEO", b"LOCATION", b"/events/", event.title.encode()):
        assert told not in answer.data
    save(event, {"visibility": "public"}, NOW)
    db.session.commit()
    (entry,) = entries(client.get("/groups/trash-punx/calendar.ics"))
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_a_personal_calendar_holds_seats_and_maybes_and_dies_with_its_address(client, browser_of):
    group, bob = a_group(), a_person("bob")
    going = an_event(group, title="Going", private_note="Gate code 12")
    respond(going, bob, "Bob", GOING, Party(1), "", NOW)
    respond(an_event(group, title="Maybe"), bob, "Bob", MAYBE, Party(1), "", NOW)
    full = an_event(group, title="Full", capacity=1)
    respond(full, a_person("charlie"), "Charlie", GOING, Party(1), "", NOW)
    respond(full, bob, "Bob", GOING, Party(1), "", NOW)
    an_event(group, title="Nothing said")
    db.session.commit()
    url = f"/calendars/{calendar_token(bob)}.ics"
    answer = client.get(url)
    found = {str(entry["SUMMARY"]): entry for entry in entries(answer)}
    assert set(found) == {"Going", "Maybe"}
    assert str(found["Going"]["UID"]) == going.uid
    assert "Gate code 12" in str(found["Going"]["DESCRIPTION"])
    assert found["Going"]["ATTENDEE"] == "mailto:bob@example.org"
    assert answer.headers["X-Robots-Tag"] == "noindex" and "private" in answer.headers["Cache-Control"]
    assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    save(going, {"title": "Going, moved"}, NOW)
    db.session.commit()
    assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    bob.generation += 1
    db.session.commit()
    assert client.get(url).status_code == 404


def test_an_answers_own_entry_has_its_attendee(client):
    event = an_event(a_group())
    rsvp = respond(event, a_person("bob"), "Bob", GOING, Party(1), "", NOW).rsvp
    db.session.commit()
    (entry,) = entries(client.get(f"/rsvps/{manage_token(rsvp)}.ics"))
    assert (str(entry["UID"]), entry["ATTENDEE"].params["PARTSTAT"]) == (event.uid, "ACCEPTED")


def test_an_event_file_is_the_same_for_everyone(client, browser_of):
    event = an_event(a_group())
    anonymous = client.get(f"/events/{event.slug}.ics")
    assert browser_of(a_person("bob")).get(f"/events/{event.slug}.ics").data == anonymous.data
    assert event.slug in anonymous.headers["Content-Disposition"]
