"""A crew's page leads with what one can do now: the next event, hands, a question, a poll."""

from datetime import datetime

from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.rsvps.actions import answer_of
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, an_event
from ..forms import fill, send
from ..polls.cast import a_poll, a_time, votes
from ..posts.cast import a_crew, a_post
from ..volunteers.cast import a_role, a_shift


def lead(browser) -> str:
    """That part of the page, or nothing."""
    page = browser.get("/groups/trash-punx").get_data(as_text=True)
    return page.split('id="now"')[1].split("</section>")[0] if 'id="now"' in page else ""


def test_a_member_answers_the_next_event_in_one_tap(app, browser_of):
    group, _alice, bob = a_crew()
    off, event = an_event(group, title="Off"), an_event(group, title="On", starts_wall=datetime(2026, 12, 5, 9))
    cancel(off, "Rain", NOW)
    db.session.commit()
    browser = browser_of(bob)
    page = browser.get("/groups/trash-punx").get_data(as_text=True)
    assert "On</a>" in lead(browser) and "Off" not in lead(browser)
    assert send(browser, page, f"/events/{event.slug}/rsvp").status_code == 303
    assert answer_of(event, bob).answer == GOING
    assert "You&#39;re in" in lead(browser) and "<form" not in lead(browser)


def test_what_needs_hands_and_what_is_asked_come_after_it(app, client, browser_of):
    group, _alice, bob = a_crew()
    event = an_event(group)
    a_shift(event, a_role(group), target=3)
    a_post(bob, group, "Who has a truck?", is_question=True)
    mine, theirs = lead(browser_of(bob)), lead(client)
    assert mine.index("Coyote Creek") < mine.index("3 hands needed") < mine.index("Who has a truck?")
    assert "Who has a truck?" not in theirs and "<form" not in theirs and "3 hands needed" in theirs


def test_nothing_to_do_is_no_part(app, client):
    a_crew()
    assert lead(client) == ""


def test_what_has_begun_is_not_offered_any_more_on_a_kept_page_either(app, client, clock):
    group, _alice, _bob = a_crew()
    event = an_event(group)
    for _ in range(2):
        assert "Coyote Creek" in lead(client)
    clock.moment = event.starts_at
    assert lead(client) == ""


def test_a_poll_that_closes_waits_there_until_one_voted(app, browser_of):
    group, alice, bob = a_crew()
    time = a_time(alice, group)
    poll = a_poll(group, alice, anonymous=True, question="Who bakes?")
    browser = browser_of(bob)
    assert "Plan the spring" in lead(browser) and "Who bakes?" not in lead(browser)
    votes(time, bob, "yn")
    assert "Who bakes?" in lead(browser)
    path = f"/groups/{group.slug}/polls/{poll.public_id}"
    fill(browser, path, choice=[str(poll.options[0].id)])
    assert lead(browser) == ""
