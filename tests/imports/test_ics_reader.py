"""Calendars of other makers, read: zones of every name, rules with their changes, whole days, and why not."""

from datetime import UTC, datetime

import pytest

from staytouch_events.ics_rules import TOO_LONG, TOO_OFTEN, UNREADABLE
from staytouch_events.imports.html_to_markdown import to_markdown
from staytouch_events.imports.ics_dates import FLOATING, NO_END, UNKNOWN_ZONE
from staytouch_events.imports.ics_reader import (
    NO_START,
    OF_A_RULE,
    PRIVATE,
    TOO_MANY,
    TWICE,
    Caps,
    NotACalendar,
    Window,
    read_calendar,
    window_of_days,
    zone_said,
)

YEAR = Window(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def a_calendar(*entries: str, head: str = "") -> bytes:
    """A file of these entries, each the lines of a VEVENT."""
    parts = "".join(f"BEGIN:VEVENT\n{lines.strip()}\nEND:VEVENT\n" for lines in entries)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{parts}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*entries: str, head: str = "", caps: Caps | None = None, window: Window = YEAR):
    """What is read of them by a crew in San José."""
    return read_calendar(a_calendar(*entries, head=head), "America/Los_Angeles", window, caps or Caps())


def starts(reading) -> list[str]:
    """The instants."""
    return [f"{found.times['starts_at']:%m-%d %H:%M}" for found in reading.dates]


@pytest.mark.parametrize(
    ("tzid", "zone", "instant"),
    [
        ("Europe/Berlin", "Europe/Berlin", "07-01 07:00"),
        ("W. Europe Standard Time", "Europe/Berlin", "07-01 07:00"),
        ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin", "07-01 07:00"),
        ("US Mountain Standard Time", "America/Phoenix", "07-01 16:00"),
    ],
)
def test_a_zone_is_kept_whoever_named_it(tzid, zone, instant):
    found = read(f"UID:a\nSUMMARY:A\nDTSTART;TZID={tzid}:20260701T090000\nDURATION:PT2H")
    assert starts(found) == [instant] and found.dates[0].notes == ()
    assert found.dates[0].times["zone"] == zone and found.dates[0].times["starts_wall"] == datetime(2026, 7, 1, 9)
    assert found.dates[0].times["ends_wall"] == datetime(2026, 7, 1, 11)


def test_a_zone_of_its_own_making_decides_the_instant():
    own = (
        "BEGIN:VTIMEZONE\nTZID:Our clock\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\n"
        "TZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    found = read("UID:a\nSUMMARY:A\nDTSTART;TZID=Our clock:20260701T090000\nDURATION:PT1H", head=own)
    assert starts(found) == ["07-01 03:30"]


def test_what_names_no_zone_is_in_the_calendars_or_the_crews_and_says_so():
    entries = ("UID:a\nSUMMARY:A\nDTSTART:20260701T090000\nDTEND:20260701T100000",)
    ours = read(*entries)
    assert (starts(ours), ours.dates[0].notes) == (["07-01 16:00"], (FLOATING,))
    theirs = read(*entries, head="X-WR-TIMEZONE:Europe/Berlin\n")
    assert (starts(theirs), theirs.zone) == (["07-01 07:00"], "Europe/Berlin")
    unknown = read("UID:a\nSUMMARY:A\nDTSTART;TZID=Nowhere:20260701T090000\nDTEND;TZID=Nowhere:20260701T100000")
    assert (starts(unknown), unknown.dates[0].notes) == (["07-01 16:00"], (UNKNOWN_ZONE,))


def test_an_instant_is_shown_on_the_calendars_clock():
    found = read("UID:a\nSUMMARY:A\nDTSTART:20260701T090000Z\nDURATION:PT1H", head="X-WR-TIMEZONE:Europe/Berlin\n")
    assert starts(found) == ["07-01 09:00"] and found.dates[0].times["starts_wall"] == datetime(2026, 7, 1, 11)


def test_a_rule_holds_its_wall_time_and_takes_its_changes():
    found = read(
        "UID:a\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20260320T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5\n"
        "RDATE;TZID=Europe/Berlin:20260401T120000\nEXDATE:20260327T170000Z",
        "UID:a\nSUMMARY:Moved\nRECURRENCE-ID:20260403T160000Z\nDTSTART:20260404T080000Z\nDURATION:PT1H",
        "UID:a\nSUMMARY:Off\nRECURRENCE-ID:20260410T160000Z\nDTSTART:20260410T160000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
    )
    assert starts(found) == ["03-20 17:00", "04-01 10:00", "04-04 08:00", "04-10 16:00", "04-17 16:00"]
    assert [date.title for date in found.dates] == ["A", "A", "Moved", "Off", "A"]
    assert [date.cancelled for date in found.dates] == [False, False, False, True, False]
    assert found.dates[2].recurrence == "20260403T160000Z"


def test_whole_days_stay_whole_days():
    found = read("UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260703").dates[0].times
    assert found["all_day"] and found["starts_wall"] == datetime(2026, 7, 1)
    assert found["ends_wall"] == datetime(2026, 7, 3) and found["ends_at"] == datetime(2026, 7, 3, 7, tzinfo=UTC)
    one = read("UID:a\nSUMMARY:A\nDTSTART;VALUE=DATE:20260701").dates[0].times
    assert one["ends_wall"] == datetime(2026, 7, 2)


def test_what_has_no_end_gets_an_hour_and_says_so():
    found = read("UID:a\nSUMMARY:A\nDTSTART:20260701T090000Z\nDTEND:20260701T090000Z").dates[0]
    assert (found.times["ends_at"], found.notes) == (datetime(2026, 7, 1, 10, tzinfo=UTC), (NO_END,))


def test_what_is_left_says_why():
    timed = "SUMMARY:A\nDTSTART:20260701T090000Z\nDURATION:PT1H\n"
    found = read(
        "UID:a\n" + timed,
        "UID:a\n" + timed,
        "UID:b\nCLASS:PRIVATE\n" + timed,
        "UID:c\nSUMMARY:No start",
        "UID:d\nRRULE:FREQ=HOURLY\n" + timed,
        "UID:e\nRRULE:FREQ=DAILY;BYHOUR=1,2,3\n" + timed,
    )
    assert starts(found) == ["07-01 09:00"]
    assert sorted(left.why for left in found.left) == sorted([TWICE, PRIVATE, NO_START, TOO_OFTEN, TOO_OFTEN])
    assert all("A" not in left.title for left in found.left if left.why == PRIVATE)


def test_the_web_reads_so_much_and_no_more():
    one, two = (f"UID:{uid}\nSUMMARY:{uid}\nDTSTART:2026070{uid}T090000Z\nDURATION:PT1H" for uid in (1, 2))
    found = read(one, two, caps=Caps(dates=1))
    assert [date.uid for date in found.dates] == ["1"]
    assert [(left.title, left.why) for left in found.left] == [("2", TOO_MANY)] and found.uids == {"1"}
    old = "UID:a\nSUMMARY:A\nDTSTART:19010101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    assert [left.why for left in read(old, caps=Caps(steps=10_000)).left] == [TOO_LONG]


def test_a_rule_makes_at_most_a_thousand_dates():
    window = Window(datetime(2020, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC))
    found = read("UID:a\nSUMMARY:A\nDTSTART:20200101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY", window=window)
    assert len(found.dates) == 1000 and [left.why for left in found.left] == [OF_A_RULE] and not found.uids


def test_a_rule_that_never_comes_true_ends_with_the_window():
    never = "RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"
    assert starts(read(f"UID:a\nSUMMARY:A\nDTSTART:20260101T090000Z\nDURATION:PT1H\n{never}")) == ["01-01 09:00"]


def test_a_rule_that_stays_where_it_is_is_left_alone():
    stays = "RRULE:FREQ=DAILY;INTERVAL=0;BYMONTH=2"
    found = read(f"UID:a\nSUMMARY:A\nDTSTART:20260101T090000Z\nDURATION:PT1H\n{stays}")
    assert [left.why for left in found.left] == [UNREADABLE] and found.dates == []


def test_rules_are_worked_out_only_while_there_is_time():
    weekly = "UID:{0}\nSUMMARY:{0}\nDTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    entries = weekly.format("a"), "UID:b\nSUMMARY:b\nDTSTART:20260102T090000Z\nDURATION:PT1H"
    found = read(*entries, caps=Caps(seconds=0))
    assert [left.why for left in found.left] == [TOO_LONG] and starts(found) == ["01-02 09:00"]
    assert len(read(*entries, caps=Caps(seconds=3600)).dates) == 4


@pytest.mark.parametrize("body", [b"", b"hello", b"<html></html>", b"\xff\x00", b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar_is_refused(body):
    for reading in (lambda: read_calendar(body, "UTC", YEAR, Caps()), lambda: zone_said(body)):
        with pytest.raises(NotACalendar):
            reading()


def test_days_are_whole_ones_at_the_calendars_clock():
    window = window_of_days(datetime(2018, 6, 1), datetime(2019, 6, 30), "Europe/Berlin", datetime.now(UTC))
    assert window == Window(datetime(2018, 5, 31, 22, tzinfo=UTC), datetime(2019, 6, 30, 22, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("", ""),
        ("One\nTwo\n\nThree", "One  \nTwo\n\nThree"),
        ("# 5 * snake_case [x]", "\\# 5 \\* snake\\_case \\[x\\]"),
        ("see https://example.org/a_b_c now", "see https://example.org/a_b_c now"),
        ("<p>Bring <b>gloves </b>and<br>boots</p><p>Yes</p>", "Bring **gloves** and  \nboots\n\nYes"),
        ('<a href="https://example.org/x">the page</a>', "[the page](https://example.org/x)"),
        ('<a href="javascript:alert(1)">press</a>', "press"),
        ("<ul><li>one</li><li>two</li></ul><script>x()</script>", "- one\n- two"),
    ],
)
def test_html_becomes_markdown_and_plain_words_stay_as_they_are(said, shown):
    assert to_markdown(said) == shown
