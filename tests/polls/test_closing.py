"""A time is chosen in one step: an event of the crew, whose yes-voters are invited, or a date among friends."""

from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, publish
from staytouch_events.events.models import DRAFT, PUBLISHED, Event
from staytouch_events.polls import closing, finding
from staytouch_events.polls.models import CHOSEN, OPEN, YES
from staytouch_events.polls.queries import options_of
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.models import GOING, SEATED, Rsvp

from ..cast import NOW, a_membership, a_person
from ..forms import fill
from ..spots.cast import link_of, posted, told
from .cast import SATURDAY, a_crews_time, a_time, votes


@pytest.fixture
def asked(app):
    """A crew's poll: bob can, cam if need be, dora can't; gia typed an address, and pressed its button."""
    it = a_crews_time()
    for who, said in (("bob", "yn"), ("cam", "my"), ("dora", "ny")):
        votes(it.poll, a_person(who), said)
    it.first = options_of(it.poll)[0]
    gia = finding.vote_as_guest(it.poll, "Gia", "gia@example.org", {it.first.id: YES}, "en", NOW)
    finding.hear(gia, NOW)
    finding.vote_as_guest(it.poll, "Una", "una@example.org", {it.first.id: YES}, "en", NOW)
    votes(it.poll, a_person("quiet"), "yn", hears=False)
    posted(NOW)
    return it


def written_to(letters) -> list[str]:
    """Their addresses."""
    return sorted(letter["To"].split("<")[-1].strip(">").split("@")[0] for letter in letters)


def test_an_event_with_all_that_the_poll_knows(asked):
    event = closing.choose(asked.first, asked.group, False, NOW)
    db.session.commit()
    assert (event.title, event.description, event.venue, event.group_id) == (
        "Plan the spring",
        "Bring maps",
        "The shed",
        asked.group.id,
    )
    assert (event.starts_wall, event.ends_wall, event.zone) == (SATURDAY, SATURDAY.replace(hour=11), asked.poll.zone)
    assert (event.state, asked.poll.state, asked.poll.event_id) == (DRAFT, CHOSEN, event.id)
    assert posted() == []
    publish(event, NOW)
    db.session.commit()
    assert written_to(posted()) == ["bob", "cam", "gia"]


def test_who_can_is_invited_by_one_button_and_not_put_on_the_list(asked, client, clock):
    event = closing.choose(asked.first, asked.group, True, NOW)
    db.session.commit()
    letters = {written_to([letter])[0]: letter for letter in posted()}
    assert sorted(letters) == ["bob", "cam", "gia"] and event.state == PUBLISHED
    assert db.session.scalars(select(Rsvp)).all() == []
    assert "You said yes to it" in told(letters["bob"]) and "if need be" in told(letters["cam"])
    assert "Saturday 5 December 2026, 9–11" in told(letters["gia"])
    link = link_of(letters["gia"], "I'm going")
    page = client.get(link).get_data(as_text=True)
    assert f"/events/{event.slug}" in page and f'action="{link}/going"' in page
    assert db.session.scalars(select(Rsvp)).all() == []
    answers = [client.post(f"{link}/going") for _ in range(2)]
    assert answers[0].status_code == 303 and answers[0].location == answers[1].location
    (rsvp,) = db.session.scalars(select(Rsvp)).all()
    assert (rsvp.name, rsvp.answer, rsvp.standing, rsvp.person.email) == ("Gia", GOING, SEATED, "gia@example.org")
    assert client.get(answers[0].location).status_code == 200


def test_a_letter_that_lost_its_point_is_dropped(asked):
    event = closing.choose(asked.first, asked.group, True, NOW)
    cancel(event, "", NOW)
    db.session.commit()
    assert posted() == []


def test_the_polls_page_leads_to_the_event(asked, client, browser_of):
    path = f"/polls/{asked.poll.public_id}"
    assert fill(browser_of(asked.alice), f"{path}/manage", f"{path}/choose", how="publish").status_code == 303
    event = db.session.scalar(select(Event))
    page = client.get(path).get_data(as_text=True)
    assert f"/events/{event.slug}" in page and "It will be Saturday 5 December, 9–11" in page
    assert client.get(f"{path}.ics").location.endswith(f"/events/{event.slug}.ics")


def test_a_draft_is_told_to_nobody_but_who_organizes(asked, client, browser_of):
    path = f"/polls/{asked.poll.public_id}"
    answer = fill(browser_of(asked.alice), f"{path}/manage", f"{path}/choose")
    event = db.session.scalar(select(Event))
    assert event.state == DRAFT and answer.location == f"/events/{event.slug}/manage/edit"
    assert event.slug in browser_of(asked.alice).get(path).get_data(as_text=True)
    assert event.slug not in client.get(path).get_data(as_text=True)


def test_what_is_settled_is_settled(asked):
    closing.choose(asked.first, asked.group, True, NOW)
    with pytest.raises(Refused):
        closing.choose(asked.first, asked.group, True, NOW)
    for act in (finding.cancel, finding.take_up):
        with pytest.raises(Refused):
            act(asked.poll, NOW)
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_a_time_that_passed_is_not_chosen(asked):
    with pytest.raises(Refused):
        closing.choose(asked.first, asked.group, True, asked.first.starts_at)
    assert asked.poll.state == OPEN


def test_among_friends_the_time_is_told_after_ten_minutes_and_goes_into_any_calendar(app, client, browser_of):
    alice = a_person("alice")
    poll = a_time(alice)
    votes(poll, a_person("bob"), "yn")
    votes(poll, a_person("dora"), "ny")
    path, browser = f"/polls/{poll.public_id}", browser_of(alice)
    assert client.get(f"{path}.ics").status_code == 404
    assert fill(browser, f"{path}/manage", f"{path}/choose", option=str(poll.options[0].id)).status_code == 303
    (entry,) = icalendar.Calendar.from_ical(client.get(f"{path}.ics").data).walk("VEVENT")
    assert (entry["SUMMARY"], entry["LOCATION"], entry.decoded("DTSTART")) == (
        "Plan the spring",
        "The shed",
        poll.options[0].starts_at,
    )
    assert posted(NOW + timedelta(minutes=9)) == []
    fill(browser, f"{path}/manage", f"{path}/reopen")
    assert posted() == []
    fill(browser, f"{path}/manage", f"{path}/choose", option=str(poll.options[1].id))
    (letter,) = posted()
    assert letter["To"] == "Dora <dora@example.org>" and "Sunday 6 December, 2–4" in told(letter)


def test_a_friends_poll_becomes_a_draft_of_a_crew_that_its_maker_organizes(app, browser_of):
    it = a_crews_time()
    poll, browser = a_time(it.alice), browser_of(it.alice)
    path = f"/polls/{poll.public_id}"
    assert fill(browser, f"{path}/manage", f"{path}/choose", option=str(poll.options[0].id), how=it.group.slug)
    event = db.session.scalar(select(Event))
    assert (event.group_id, event.state) == (it.group.id, DRAFT)


def test_a_member_of_a_crew_does_not_choose(asked, browser_of):
    bob = a_person("bea")
    a_membership(bob, asked.group)
    path, browser = f"/polls/{asked.poll.public_id}", browser_of(bob)
    for step in ("choose", "cancel", "stop", "reopen", "deadline", "options", f"options/{asked.first.id}/drop"):
        assert browser.post(f"{path}/{step}").status_code == 403, step
    assert browser.get(f"{path}/manage").status_code == 403
