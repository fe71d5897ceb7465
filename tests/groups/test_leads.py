"""A crew that nobody looks after: a member offers, a visit closes it, an admin decides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel
from staytouch_events.groups import leads
from staytouch_events.groups.lead_models import LeadAsk
from staytouch_events.groups.lead_queries import SILENT, ask_of, is_silent, open_asks
from staytouch_events.groups.log import note
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.groups.queries import membership_of
from staytouch_events.outbox.models import Letter
from staytouch_events.people.models import SignIn
from staytouch_events.refusals import Refused

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fill

LONG_AGO = NOW - SILENT
GROUP = "/groups/trash-punx"


@pytest.fixture
def crew(app):
    """A crew of alice's, who was last here 90 days ago, with bob in it."""
    group = a_group(created_at=LONG_AGO)
    a_membership(a_person("alice"), group, OWNER).joined_at = LONG_AGO
    a_membership(a_person("bob"), group)
    db.session.commit()
    return group


@pytest.fixture
def alice(crew):
    """Its owner."""
    return crew.memberships[0].person


@pytest.fixture
def bob(crew):
    """Its member."""
    return crew.memberships[1].person


def seen(person, at) -> None:
    """Somebody opened a page."""
    db.session.add(SignIn(public_id=f"s{person.id}", person_id=person.id, created_at=LONG_AGO, seen_at=at))
    db.session.flush()


def letters() -> list[tuple[str, str]]:
    """What is written to whom."""
    return [(row.kind, row.to_email) for row in db.session.scalars(select(Letter).order_by(Letter.id))]


def test_a_crew_is_silent_after_ninety_days_without_an_organizer(crew, alice, bob):
    assert is_silent(crew, NOW) and not is_silent(crew, NOW - timedelta(seconds=1))
    seen(bob, NOW)
    assert is_silent(crew, NOW)
    seen(alice, NOW - SILENT + timedelta(seconds=1))
    assert not is_silent(crew, NOW)


def test_what_organizers_did_is_a_sign_too(crew, alice):
    cancel(an_event(crew, NOW), "Rain", NOW, alice)
    db.session.flush()
    assert not is_silent(crew, NOW)


def test_what_a_series_or_a_calendar_does_by_itself_is_none(crew):
    cancel(an_event(crew, NOW), "Rain", NOW)
    db.session.flush()
    assert is_silent(crew, NOW)


def test_what_members_do_is_none(crew, bob):
    note(crew, "joined", NOW, by=bob)
    db.session.flush()
    assert is_silent(crew, NOW)


def test_an_offer_is_made_once_and_told_to_the_organizers(crew, bob):
    leads.ask(crew, bob, "I live here", NOW)
    leads.ask(crew, bob, "again", NOW)
    assert [ask.words for ask in open_asks()] == ["I live here"]
    assert letters() == [("groups.lead_asked", "alice@example.org")]


def test_who_is_looked_after_or_outside_is_refused(crew, alice, bob):
    with pytest.raises(Refused, match="Only members"):
        leads.ask(crew, a_person("charlie"), "", NOW)
    seen(alice, NOW)
    with pytest.raises(Refused, match="looks after"):
        leads.ask(crew, bob, "", NOW)


def test_one_visit_of_an_organizer_closes_it(crew, alice, bob):
    leads.ask(crew, bob, "", NOW)
    seen(alice, NOW + timedelta(hours=1))
    assert open_asks() == []
    with pytest.raises(Refused, match="was here since"):
        leads.give(ask_of(crew, bob.id), a_person("ada"), NOW + timedelta(hours=2))
    assert membership_of(crew, bob.id).role == MEMBER


def test_who_was_closed_out_may_ask_again_when_it_is_silent_again(crew, alice, bob):
    leads.ask(crew, bob, "", NOW)
    seen(alice, NOW + timedelta(hours=1))
    later = NOW + SILENT + timedelta(hours=1)
    leads.ask(crew, bob, "still", later)
    db.session.flush()
    assert [(ask.words, ask.asked_at) for ask in open_asks()] == [("still", later)]


def test_an_admin_gives_it_and_the_old_owner_organizes_on(crew, alice, bob):
    leads.ask(crew, bob, "", NOW)
    leads.give(ask_of(crew, bob.id), a_person("ada"), NOW)
    db.session.commit()
    assert (membership_of(crew, bob.id).role, membership_of(crew, alice.id).role) == (OWNER, ORGANIZER)
    told = [("groups.lead_given", "alice@example.org"), ("groups.handed_over", "bob@example.org")]
    assert letters()[1:] == told and open_asks() == []


def test_nobody_who_left_is_made_an_owner(crew, bob):
    leads.ask(crew, bob, "", NOW)
    db.session.delete(membership_of(crew, bob.id))
    db.session.flush()
    with pytest.raises(Refused, match="left"):
        leads.give(ask_of(crew, bob.id), a_person("ada"), NOW)


def test_a_no_is_told(crew, bob):
    leads.ask(crew, bob, "", NOW)
    leads.refuse(ask_of(crew, bob.id), a_person("ada"), NOW)
    db.session.flush()
    assert letters()[1:] == [("groups.lead_refused", "bob@example.org")] and open_asks() == []


def test_a_member_offers_on_the_page_takes_it_back_and_an_admin_answers(app, browser_of):
    early = NOW - 2 * SILENT
    group = a_group(created_at=early)
    a_membership(a_person("alice"), group, OWNER).joined_at = early
    bob, ada = a_person("bob"), a_person("ada", is_admin=True)
    a_membership(bob, group)
    db.session.commit()
    browser, admin = browser_of(bob), browser_of(ada)
    assert fill(browser, GROUP, GROUP + "/lead", words="I live here").status_code == 303
    assert "You offered to lead it" in browser.get(GROUP).get_data(as_text=True)
    assert fill(browser, GROUP, GROUP + "/lead/back").status_code == 303
    assert db.session.scalars(select(LeadAsk)).all() == []
    fill(browser, GROUP, GROUP + "/lead", words="I live here")
    assert "1 crew without a lead" in admin.get("/admin").get_data(as_text=True)
    number = db.session.scalar(select(LeadAsk.id))
    assert "I live here" in admin.get("/admin/leads").get_data(as_text=True)
    assert fill(admin, "/admin/leads", f"/admin/leads/{number}/yes").status_code == 303
    assert membership_of(group, bob.id).role == OWNER
    assert "All crews are looked after" in admin.get("/admin/leads").get_data(as_text=True)


def test_nobody_is_asked_where_somebody_looks_after_it(crew, alice, bob, browser_of, client):
    browser = browser_of(bob)
    browser_of(alice)
    for page in (browser.get(GROUP), client.get(GROUP)):
        assert "Nobody looks after" not in page.get_data(as_text=True)
