"""One's own agenda: what one answered, what one's crews have on, and nobody else's."""

from datetime import datetime, timedelta

import pytest

from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import DECLINED, GOING, MAYBE
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..volunteers.cast import a_shift


@pytest.fixture
def bob(app, browser_of):
    """A member's browser, on 24 November."""
    person, group = a_person("bob"), a_group()
    a_membership(person, group)
    browser = browser_of(person)
    browser.person, browser.group = person, group
    return browser


def agenda(browser, query: str = "") -> str:
    """The page's text."""
    return browser.get(f"/agenda{query}").get_data(as_text=True)


def section(page: str, name: str) -> str:
    """What stands under a heading of this id, up to the next section."""
    return page.split(f'id="{name}"', 1)[1].split("<section", 1)[0]


def test_an_empty_agenda_says_the_next_step(bob):
    page = agenda(bob)
    assert "Nothing yet" in page and "when=weekend" in page and 'id="open"' not in page


def test_answers_stand_with_what_they_came_to(bob):
    other = a_group("river-rats")
    full = an_event(other, title="Full one", capacity=1)
    respond(full, a_person("charlie"), "Charlie", GOING, Party(1), "", NOW)
    respond(full, bob.person, "Bob", GOING, Party(1), "", NOW, join_line=True)
    respond(an_event(other, title="Perhaps"), bob.person, "Bob", MAYBE, Party(1), "", NOW)
    respond(an_event(other, title="Surely"), bob.person, "Bob", GOING, Party(2), "", NOW)
    respond(an_event(other, title="Never"), bob.person, "Bob", DECLINED, Party(1), "", NOW)
    off = an_event(other, title="Off")
    respond(off, bob.person, "Bob", GOING, Party(1), "", NOW)
    cancel(off, "", NOW)
    db.session.commit()
    yours = section(agenda(bob), "yours")
    assert "Number 1." in yours and "You may come" in yours and "2 spots are yours." in yours
    assert "Never" not in yours and "Cancelled" in yours


def test_ones_crews_ask_for_what_is_unanswered(bob):
    answered, declined = an_event(bob.group, title="Answered"), an_event(bob.group, title="Declined")
    an_event(bob.group, title="Asked")
    an_event(a_group("river-rats"), title="Somebody else's")
    an_event(bob.group, title="A draft", draft=True)
    respond(answered, bob.person, "Bob", GOING, Party(1), "", NOW)
    respond(declined, bob.person, "Bob", DECLINED, Party(1), "", NOW)
    db.session.commit()
    page = agenda(bob)
    asked = section(page, "open")
    assert "Asked" in asked and "Answered" not in asked and "Declined" not in asked
    assert "Somebody else" not in page and "A draft" not in page


def test_the_month_holds_answers_and_crews_events(bob):
    far = datetime(2027, 2, 14, 10)
    theirs = an_event(a_group("river-rats"), title="Valentine", starts_wall=far)
    respond(theirs, bob.person, "Bob", GOING, Party(1), "", NOW)
    an_event(bob.group, title="Ours", starts_wall=far + timedelta(days=1))
    an_event(a_group("strangers"), title="Unknown", starts_wall=far)
    db.session.commit()
    month = section(agenda(bob, "?month=2027-02"), "month")
    assert "February 2027" in month and "Valentine" in month and "Ours" in month and "Unknown" not in month


def test_the_calendar_to_subscribe_to_is_ones_own(bob):
    event = an_event(bob.group)
    respond(event, bob.person, "Bob", GOING, Party(1), "", NOW)
    db.session.commit()
    page = agenda(bob)
    address = page.split('data-copy="')[1].split('"')[0]
    assert "Google looks every 8 to 24 hours" in page
    assert event.title.encode() in bob.get(address.removeprefix("http://localhost")).data


def days(page: str) -> dict[str, str]:
    """What stands under each day of a view."""
    parts = page.split('<h3 id="on-')[1:]
    return {part[:10]: part.split("</section>")[0] for part in parts}


def test_a_week_shows_each_day_what_one_has_on_and_what_is_at_once(bob):
    event = an_event(bob.group)
    taken = claim(a_shift(event, target=2), bob.person, "Bob", NOW)
    other = an_event(a_group("river-rats"), title="Sweep")
    respond(other, bob.person, "Bob", GOING, Party(1), "", NOW)
    respond(an_event(a_group("rats"), title="Perhaps"), bob.person, "Bob", MAYBE, Party(1), "", NOW)
    db.session.commit()
    week = days(agenda(bob, "?view=week&on=2026-11-25"))
    assert list(week) == [f"2026-11-{day}" for day in range(23, 30)]
    assert [day for day, text in week.items() if "<li>" in text] == ["2026-11-28"]
    saturday = week["2026-11-28"]
    assert saturday.count("two things at once") == 2 and taken.shift.role.name in saturday
    assert saturday.count("maybe") == 1 and "your shift" in saturday and "8:30–11:30\xa0am" in saturday
    assert "today" in week["2026-11-24"]


def test_a_day_is_one_and_nonsense_is_today(bob):
    an_answer = an_event(bob.group)
    respond(an_answer, bob.person, "Bob", GOING, Party(1), "", NOW)
    db.session.commit()
    assert "Coyote Creek" in days(agenda(bob, "?view=day&on=2026-11-28"))["2026-11-28"]
    for on in ("", "soon", "9999-12-31", "2026-13-01"):
        assert list(days(agenda(bob, f"?view=day&on={on}"))) == ["2026-11-24"]
