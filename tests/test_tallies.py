"""What is counted of pages and calendars, and what is not: people, robots, pages that are not there."""

from datetime import timedelta

import pytest

from staytouch_events.access.feeds import calendar_token
from staytouch_events.tallies import CalendarReading, PageViews, program_of, purge_tallies, readings_of, views_of

from .cast import NOW, a_group, a_membership, a_person, an_event
from .conftest import both_databases

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1"}
GOOGLE = {"User-Agent": "Google-Calendar-Importer"}
PAGE, CALENDAR = "/events/coyote", "/groups/trash-punx/calendar.ics"


@pytest.fixture
def crew(app):
    """A crew with an event."""
    group = a_group()
    an_event(group, title="coyote")
    return group


@pytest.fixture
def written(app, client, clock):
    """A minute later, at the next look at anything."""

    def write() -> None:
        clock.moment += timedelta(minutes=2)
        client.get("/robots.txt")

    return write


@both_databases
def test_pages_are_counted_by_the_day_whoever_opens_them(crew, client, browser_of, clock, written):
    for _time in range(3):
        client.get(PAGE, headers=PHONE)
    written()
    client.get(PAGE, headers=PHONE)
    browser_of(a_person("bob")).get(PAGE, headers=PHONE)
    written()
    clock.moment += timedelta(days=1)
    client.get(PAGE, headers=PHONE)
    written()
    days = {row.on_day: row.number for row in PageViews.query.filter_by(path=PAGE)}
    assert days == {NOW.date(): 5, (NOW + timedelta(days=1)).date(): 1}
    assert views_of([PAGE]) == {PAGE: 6}


@pytest.mark.parametrize("agent", ["Googlebot/2.1 (+http://google.com/bot.html)", "WhatsApp/2.23", "Twitterbot", ""])
def test_robots_and_previews_are_no_views(crew, client, written, agent):
    client.get(PAGE, headers={"User-Agent": agent})
    written()
    assert views_of([PAGE]) == {}


def test_what_is_not_there_and_what_only_asks_for_headers_is_no_view(crew, client, written):
    client.get("/events/nowhere", headers=PHONE)
    client.head(PAGE, headers=PHONE)
    written()
    assert PageViews.query.all() == []


@both_databases
def test_a_calendar_remembers_programs_by_name_and_hour_alone(crew, client, clock, written):
    clock.moment = NOW.replace(hour=9, minute=47)
    client.get(CALENDAR, headers=GOOGLE)
    client.get(CALENDAR, headers=PHONE)
    written()
    clock.moment = NOW.replace(hour=14, minute=5)
    etag = client.get(CALENDAR, headers={"User-Agent": "Feedfetcher Microsoft Outlook; 14 subscribers"}).headers["ETag"]
    assert client.get(CALENDAR, headers={**GOOGLE, "If-None-Match": etag}).status_code == 304
    written()
    rows = readings_of([CALENDAR], clock.moment)[CALENDAR]
    at_two = NOW.replace(hour=14, minute=0, second=0, microsecond=0)
    assert [(row.program, row.read_at, row.subscribers) for row in rows] == [
        ("Google Calendar", at_two, None),
        ("Outlook", at_two, 14),
    ]
    assert {column.name for column in CalendarReading.__table__.c} == {"path", "program", "read_at", "subscribers"}


def test_nobodys_own_calendar_is_remembered(app, client, written):
    assert client.get(f"/calendars/{calendar_token(a_person('bob'))}.ics", headers=GOOGLE).status_code == 200
    written()
    assert CalendarReading.query.all() == []


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        ("iOS/18.1 (22B83) dataaccessd/1.0", "Apple Calendar"),
        ("macOS/15.1 (24B83) CalendarAgent/1014", "Apple Calendar"),
        ("Microsoft Exchange/15.20 (OutlookCalendarSync)", "Outlook"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0", "Thunderbird"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0", None),
        ("curl/8.5", None),
    ],
)
def test_a_program_is_known_by_what_it_calls_itself(agent, program):
    assert program_of(agent) == program


def test_a_program_that_came_no_more_for_two_weeks_reads_nothing(crew, client, clock, written):
    client.get(CALENDAR, headers=GOOGLE)
    written()
    assert readings_of([CALENDAR], clock.moment + timedelta(days=13))
    assert not readings_of([CALENDAR], clock.moment + timedelta(days=15))


def test_old_numbers_are_forgotten(crew, client, clock, written):
    client.get(PAGE, headers=PHONE)
    client.get(CALENDAR, headers=GOOGLE)
    written()
    assert purge_tallies(clock.moment + timedelta(days=300)) == 0
    assert purge_tallies(clock.moment + timedelta(days=402)) == 2


def test_the_dashboard_and_the_numbers_say_who_knows_of_a_change(crew, client, browser_of, clock, written):
    alice = a_person("alice")
    a_membership(alice, crew, "organizer")
    client.get(PAGE, headers=PHONE)
    client.get(CALENDAR, headers=GOOGLE)
    clock.moment += timedelta(hours=3)
    client.get(CALENDAR, headers={"User-Agent": "Thunderbird/128"})
    written()
    alices = browser_of(alice)
    page = alices.get("/events/coyote/manage/people/numbers").text
    assert "opened 1 time, you included" in page
    assert "Google Calendar (3 hours ago)" in page
    assert "Thunderbird" in alices.get("/dashboard").text
