"""People you met: seen only by those who were there, and only when they said so; exchanged when both want it."""

from datetime import timedelta

import pytest

from staytouch_events.contacts import asks
from staytouch_events.contacts.card_models import CREW, WORK, CardAsk
from staytouch_events.contacts.cards import save_details
from staytouch_events.contacts.met_queries import people_met
from staytouch_events.contacts.models import Contact
from staytouch_events.contacts.people_queries import contact_between
from staytouch_events.conversations.actions import block
from staytouch_events.db import db
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render
from staytouch_events.refusals import Refused
from staytouch_events.rsvps.actions import answer_of

from ..cast import NOW, a_person
from ..conversations.cast import side_between
from ..forms import fill
from .cast import DETAILS, a_card, at_event, exchanged

AFTER = NOW + timedelta(hours=3)


@pytest.fixture
def met(app, clock):
    """ana and bob were at an event that is over; cy was going and did not come."""
    ana, bob, cy = (a_person(who, name=f"{who.title()} Luz") for who in ("ana", "bob", "cy"))
    event = at_event(ana, bob)
    clock.moment = AFTER
    return event, ana, bob, cy


def names(event, viewer) -> list[str] | None:
    """Whom somebody is shown."""
    found = people_met(event, viewer)
    return None if found is None else [one.person.name for one in found]


def test_nobody_is_shown_who_did_not_say_so(met):
    event, ana, bob, cy = met
    assert names(event, bob) == [] and names(event, cy) is None
    asks.let_be_found(ana, event, True)
    assert names(event, bob) == ["Ana Luz"] and names(event, ana) == [] and names(event, cy) is None
    asks.let_be_found(ana, event, False)
    assert names(event, bob) == []


def test_what_was_said_of_one_event_counts_before_what_was_said_in_general(met):
    event, ana, bob, _cy = met
    save_details(ana, {**DETAILS, "found_by_others": True})
    assert names(event, bob) == ["Ana Luz"]
    asks.let_be_found(ana, event, False)
    assert names(event, bob) == []


def test_the_page_shows_first_names_to_who_was_there_once_it_is_over(met, browser_of, client, clock):
    event, ana, bob, cy = met
    asks.let_be_found(ana, event, True)
    db.session.commit()
    path, browser = f"/events/{event.slug}", browser_of(bob)
    page = browser.get(path).get_data(as_text=True)
    part = page[page.index("People you met") :].split("</section>")[0]
    assert "Ana" in part and "Luz" not in part
    for other in (client, browser_of(cy), browser_of(a_person("olga", is_admin=True))):
        assert "People you met" not in other.get(path).get_data(as_text=True)
    clock.moment = NOW
    page = browser.get(path).get_data(as_text=True)
    assert "People you met" not in page and "Meeting people?" in page


def test_one_chooses_on_the_page_and_only_who_was_there_can(met, browser_of):
    event, ana, bob, cy = met
    path = f"/events/{event.slug}"
    browser = browser_of(ana)
    fill(browser, path, f"{path}/met", do="show")
    assert names(event, bob) == ["Ana Luz"]
    fill(browser, path, f"{path}/met", do="hide")
    assert names(event, bob) == []
    assert browser_of(cy).post(f"{path}/met", data={"do": "show"}).status_code == 403


def test_an_exchange_is_by_both(met, browser_of):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    db.session.commit()
    a_card(ana), a_card(bob)
    who = people_met(event, bob)[0].who
    path = f"/events/{event.slug}"
    assert fill(browser_of(bob), path, f"{path}/met/{who}").status_code == 303
    assert db.session.query(Contact).count() == 0
    row = db.session.query(CardAsk).one()
    page = browser_of(ana).get(f"/contacts/asks/{row.public_id}").get_data(as_text=True)
    assert "Bob asks to exchange cards" in page and "Creek day" in page
    nothing = fill(browser_of(ana), f"/contacts/asks/{row.public_id}", do="yes", back="")
    assert nothing.status_code == 422 and db.session.query(Contact).count() == 0
    yes = fill(browser_of(ana), f"/contacts/asks/{row.public_id}", do="yes", back=WORK)
    assert yes.status_code == 303
    mine, theirs = contact_between(ana, bob), contact_between(bob, ana)
    assert (mine.card.version, theirs.card.version) == (CREW, WORK)
    assert mine.met_event_id == theirs.met_event_id == event.id
    assert names(event, bob) == [] and db.session.query(CardAsk).count() == 0


def test_asking_twice_is_asking_once_and_asking_back_is_a_yes(met):
    event, ana, bob, _cy = met
    for person in (ana, bob):
        asks.let_be_found(person, event, True)
    asks.ask(bob, ana, event, AFTER)
    asks.ask(bob, ana, event, AFTER)
    assert db.session.query(CardAsk).count() == 1 and letters().count() == 1
    asks.ask(ana, bob, event, AFTER)
    assert contact_between(ana, bob) and contact_between(bob, ana) and db.session.query(CardAsk).count() == 0


def test_a_no_looks_to_who_asked_as_silence_does_and_can_become_a_yes(met):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    asks.ask(bob, ana, event, AFTER)
    row = db.session.query(CardAsk).one()
    before = people_met(event, bob)
    asks.decline(row, AFTER)
    db.session.commit()
    assert [(one.asked, one.asks) for one in people_met(event, bob)] == [(one.asked, one.asks) for one in before]
    asks.ask(bob, ana, event, AFTER)
    assert letters().count() == 1
    asks.accept(row, CREW, AFTER)
    assert contact_between(bob, ana) is not None


def test_the_letter_says_who_and_leads_to_a_page_and_loses_its_point(met):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    asks.ask(bob, ana, event, AFTER)
    db.session.commit()
    letter, row = letters().one(), db.session.query(CardAsk).one()
    subject, _sender, raw = render(letter, AFTER)
    assert letter.to_email == "ana@example.org" and subject == "Bob asks to exchange cards"
    assert f"/contacts/asks/{row.public_id}" in raw.decode().replace("=\n", "") and b"bob@example.org" not in raw
    asks.accept(row, CREW, AFTER)
    db.session.commit()
    with pytest.raises(Dropped, match="answered meanwhile"):
        render(letter, AFTER)


def test_after_a_no_a_letter_that_still_waits_is_dropped(met):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    asks.ask(bob, ana, event, AFTER)
    asks.decline(db.session.query(CardAsk).one(), AFTER)
    db.session.commit()
    with pytest.raises(Dropped, match="answered meanwhile"):
        render(letters().one(), AFTER)


def test_no_letter_goes_to_who_wants_none(met, browser_of):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    asks.no_letters(ana)
    asks.ask(bob, ana, event, AFTER)
    db.session.commit()
    assert letters().count() == 0
    assert "Ask to exchange cards" in browser_of(ana).get("/contacts").get_data(as_text=True)


def test_only_who_is_asked_answers_and_only_who_is_shown_is_asked(met, browser_of):
    event, ana, bob, cy = met
    asks.let_be_found(ana, event, True)
    asks.ask(bob, ana, event, AFTER)
    db.session.commit()
    row = db.session.query(CardAsk).one()
    for other in (bob, cy):
        assert browser_of(other).get(f"/contacts/asks/{row.public_id}").status_code == 404
    assert browser_of(ana).post(f"/events/{event.slug}/met/r{_rsvp(event, bob)}").status_code == 404


def test_who_has_the_card_already_is_not_offered(met):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    exchanged(bob, ana)
    assert names(event, bob) == []


@pytest.mark.parametrize("days, shown", ((13, True), (15, False)))
def test_where_one_just_was_stands_among_ones_people_for_two_weeks(met, browser_of, clock, days, shown):
    event, ana, _bob, cy = met
    clock.moment = AFTER + timedelta(days=days)
    link = f'href="/events/{event.slug}#met"'
    assert (link in browser_of(ana).get("/contacts").get_data(as_text=True)) is shown
    assert link not in browser_of(cy).get("/contacts").get_data(as_text=True)


def letters():
    """The letters about it."""
    return db.session.query(Letter).filter_by(kind="contacts.asked")


def _rsvp(event, person) -> int:
    return answer_of(event, person).id


def test_whom_one_blocked_asks_for_nothing(met):
    event, ana, bob, _cy = met
    asks.let_be_found(ana, event, True)
    save_details(bob, DETAILS)
    block(side_between(ana, bob), AFTER)
    assert ana not in [found.person for found in people_met(event, bob)]
    with pytest.raises(Refused):
        asks.ask(bob, ana, event, AFTER)
    assert db.session.query(CardAsk).count() == 0
