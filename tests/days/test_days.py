"""A day of an event, its sites, and what they take over; a full one leads to the nearest with room."""

from datetime import datetime
from email import message_from_bytes, policy

import pytest

from staytouch_events.attendance.briefing import day_of
from staytouch_events.db import db
from staytouch_events.events.actions import discard, new_event, save
from staytouch_events.events.models import DRAFT, PUBLISHED
from staytouch_events.outbox import pump
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.additions import lines_in_line
from staytouch_events.rsvps.models import GOING, WAITING
from staytouch_events.rsvps.question_queries import questions_of
from staytouch_events.series.actions import Plan, repeat
from staytouch_events.sites.actions import NewSite, add_site, end_day
from staytouch_events.sites.room import nearest_with_room, room_words, rooms_of
from staytouch_events.volunteers.queries import needs_of, shifts_of

from ..cast import NOW, a_group, a_person, an_event
from ..rsvps.cast import a_question
from ..rsvps.test_questions import Mailbox
from ..series.cast import SATURDAYS
from ..volunteers.cast import a_role, a_shift
from ..walks.letters import text_of
from .cast import a_day, a_site, at


def goes(event, who: str, adults: int = 1):
    rsvp = respond(event, a_person(who), who.title(), GOING, Party(adults, 0), "", NOW).rsvp
    db.session.commit()
    return rsvp


def test_a_site_takes_over_what_the_day_has_and_is_shown_with_it(app):
    group = a_group()
    day = an_event(group, title="Earth Day", summary="Come", capacity=9, names_hidden=True, draft=True)
    a_question(day)
    a_shift(day, a_role(group), target=3)
    site = a_site(day, capacity=20, meeting_point="At the bridge", lead="Bob", lead_phone="408")
    assert (site.title, site.summary, site.capacity, site.names_hidden) == ("Earth Day: Alma", "Come", 20, True)
    assert (site.starts_at, site.ends_at, site.state) == (day.starts_at, day.ends_at, DRAFT)
    assert (len(questions_of(site)), len(shifts_of(site))) == (1, 1)
    assert (day_of(site).lead, day_of(site).lead_phone) == ("Bob", "408")
    assert day.is_umbrella
    assert site.umbrella_id == day.id


def test_a_published_day_publishes_its_new_sites_and_counts_hands_at_them_alone(app):
    group = a_group()
    day = an_event(group, title="Earth Day")
    a_shift(day, a_role(group), target=3)
    site = a_site(day)
    assert site.state == PUBLISHED
    assert {number: need.hands for number, need in needs_of([day.id, site.id], NOW).items()} == {site.id: 3}


def test_hours_of_its_own(app):
    day = an_event(a_group())
    site = a_site(day, hours=(datetime(2026, 11, 28, 7, 0), datetime(2026, 11, 28, 9, 0)))
    assert (site.starts_wall.hour, site.ends_wall.hour) == (7, 9)
    assert site.starts_at < day.starts_at


def test_nobody_answers_the_day_itself(app):
    it = a_day()
    with pytest.raises(Refused, match="Choose the one you come to"):
        goes(it.day, "gia")
    assert goes(it.alma, "bob").standing == "seated"


def test_what_can_be_no_day(app):
    it = a_day()
    with pytest.raises(Refused, match="a site of a day itself"):
        a_site(it.alma)
    answered = an_event(it.group)
    goes(answered, "gia")
    with pytest.raises(Refused, match="answered it already"):
        a_site(answered)
    with pytest.raises(Refused, match="Say first when it starts"):
        add_site(new_event(it.group, NOW), NewSite("Alma", at(37.3)), NOW)
    repeats = an_event(it.group)
    repeat(repeats, Plan(SATURDAYS, most=2), NOW)
    with pytest.raises(Refused, match="It repeats"):
        a_site(repeats)
    with pytest.raises(Refused, match="too long together"):
        a_site(it.day, "x" * 115)
    for event in (it.day, it.alma):
        with pytest.raises(Refused, match="copied to its next date"):
            repeat(event, Plan(SATURDAYS, most=2), NOW)


def test_it_is_one_event_again_once_no_site_is_left(app):
    day = an_event(a_group(), draft=True)
    site = a_site(day)
    with pytest.raises(Refused, match="still has sites"):
        end_day(day, NOW)
    db.session.delete(site)
    db.session.commit()
    end_day(day, NOW)
    assert not day.is_umbrella


def test_a_site_that_all_see_leads_to_none_that_only_an_address_does(app):
    it = a_day(visibility="unlisted")
    assert nearest_with_room(it.alma, 1, NOW).site == it.bridge
    save(it.alma, {"visibility": "public"}, NOW)
    assert nearest_with_room(it.alma, 1, NOW) is None


def test_a_full_site_leads_to_the_nearest_with_room_for_the_party(app):
    it = a_day()
    goes(it.alma, "ann", 2)
    assert nearest_with_room(it.alma, 2, NOW).site == it.bridge
    goes(it.bridge, "ben")
    assert nearest_with_room(it.alma, 1, NOW).site == it.bridge
    assert nearest_with_room(it.alma, 2, NOW).site == it.coyote
    goes(it.coyote, "cay")
    assert nearest_with_room(it.alma, 2, NOW) is None
    assert room_words(nearest_with_room(it.alma, 1, NOW), "km") == "Bridge, 2.2 km away, has 1 spot left."


def test_nobody_is_led_to_a_site_that_is_closed_or_for_others(app):
    it = a_day()
    for name, value in (("visibility", "members"), ("answers_close_at", NOW)):
        site = a_site(it.day, f"With {name}", capacity=5)
        save(site, {name: value}, NOW)
        db.session.commit()
    names = [room.name for room in rooms_of(it.day, None, NOW)]
    assert "With visibility" not in names
    for site in (it.alma, it.bridge, it.coyote):
        goes(site, f"full-{site.id}", 2)
    assert nearest_with_room(it.alma, 1, NOW) is None


def test_whoever_waits_reads_where_there_is_room(app):
    it = a_day()
    first = goes(it.alma, "ann", 2)
    assert lines_in_line(first, NOW) == []
    waits = goes(it.alma, "ben", 2)
    assert waits.standing == WAITING
    (line,) = lines_in_line(waits, NOW)
    assert line.text == "Bridge, 1.4 mi away, has 2 spots left."
    assert line.link.endswith(f"/events/{it.bridge.slug}")


def test_the_letter_to_whoever_waits_says_where_there_is_room(app):
    it = a_day()
    goes(it.alma, "ann", 2)
    goes(it.alma, "ben", 2)
    mail = Mailbox()
    while pump.send_due(mail, NOW):
        pass
    told = next(text for text in map(words_of, mail.sent.values()) if "in line" in text)
    assert "Bridge, 1.4 mi away, has 2 spots left." in told
    assert f"/events/{it.bridge.slug}" in told
    assert not any("Room at another site" in text for text in map(words_of, mail.sent.values()) if text != told)


def words_of(sent: bytes) -> str:
    return text_of(message_from_bytes(sent, policy=policy.default))


def test_sites_of_a_draft_that_is_deleted_are_events_of_their_own(app):
    day = an_event(a_group(), title="Earth Day", draft=True)
    site = a_site(day)
    discard(day)
    db.session.commit()
    assert (site.umbrella_id, site.title) == (None, "Earth Day: Alma")
