"""What was done with a crew: a line each, in words, for its organizers."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, publish, restore, save
from staytouch_events.events.times import times
from staytouch_events.groups import actions, joining, log_queries
from staytouch_events.groups.join_models import Ban
from staytouch_events.groups.join_queries import request_by
from staytouch_events.groups.log import note
from staytouch_events.groups.log_models import LogLine
from staytouch_events.groups.log_page import WORDS
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.people.deletion import delete

from ..cast import NOW, a_group, a_membership, a_person, an_event

LOG = "/groups/trash-punx/manage/log"


@pytest.fixture
def crew(app):
    """A crew that alice owns."""
    group = a_group()
    a_membership(a_person("alice"), group, OWNER)
    return group


@pytest.fixture
def alice(crew):
    """Its owner."""
    return crew.memberships[0].person


def lines() -> list[tuple]:
    """Kind, who did it, to whom, in the order of doing."""
    db.session.flush()
    rows = db.session.scalars(select(LogLine).order_by(LogLine.id)).all()
    return [(row.kind, row.by and row.by.name, row.about and row.about.name) for row in rows]


def test_each_way_in_and_out_leaves_a_line(crew, alice):
    bob, carla, dora = (a_person(name) for name in ("bob", "carla", "dora"))
    actions.join(crew, bob, NOW)
    actions.join(crew, bob, NOW)
    actions.leave(crew, bob, NOW)
    actions.leave(crew, bob, NOW)
    link = joining.make_link(crew, alice, True, 1, NOW)
    joining.join_by(link, bob, NOW)
    joining.end_link(link, alice, NOW)
    crew.joining = "approval"
    joining.ask(crew, carla, "", NOW)
    joining.let_in(request_by(crew, carla.id), alice, NOW)
    joining.ask(crew, dora, "", NOW)
    joining.turn_down(request_by(crew, dora.id), alice, NOW)
    assert lines() == [
        ("joined", "Bob", None),
        ("left", "Bob", None),
        ("link_made", "Alice", None),
        ("joined_by_link", "Bob", None),
        ("link_ended", "Alice", None),
        ("let_in", "Alice", "Carla"),
        ("turned_down", "Alice", "Dora"),
    ]


def test_roles_and_who_was_put_out_leave_lines(crew, alice):
    bob = a_person("bob")
    membership = a_membership(bob, crew)
    actions.set_role(membership, ORGANIZER, alice, NOW)
    actions.set_role(membership, ORGANIZER, alice, NOW)
    actions.hand_over(membership, alice, NOW)
    actions.set_role(membership, MEMBER, alice, NOW)
    actions.remove(membership, alice, NOW)
    joining.ban(a_membership(bob, crew), alice, "Private reason", NOW)
    db.session.flush()
    joining.lift(db.session.scalars(select(Ban)).one(), alice, NOW)
    kinds = ("made_organizer", "made_owner", "made_member", "taken_out", "banned", "ban_lifted")
    assert lines() == [(kind, "Alice", "Bob") for kind in kinds]
    assert "Private reason" not in str([row.facts for row in db.session.scalars(select(LogLine))])


def test_what_is_refused_leaves_none(crew, alice):
    with pytest.raises(actions.Refused):
        actions.leave(crew, alice, NOW)
    assert lines() == []


def test_starting_inviting_and_hiding_leave_lines(app):
    ana = a_person("ana")
    group = actions.start(ana, {"name": "Río Vivo", "zone": "UTC"}, NOW)
    actions.invite(group, "bob@example.org", ana, NOW)
    actions.save(group, {"visibility": "private"}, group.slug, NOW)
    actions.save(group, {"summary": "New"}, group.slug, NOW)
    assert lines() == [("started", "Ana", None), ("invited", "Ana", None), ("made_private", None, None)]
    assert "bob@example.org" not in str([row.facts for row in db.session.scalars(select(LogLine))])


def test_what_becomes_of_an_event_leaves_lines(crew, alice):
    event = an_event(crew, draft=True)
    publish(event, NOW, alice)
    save(event, {"summary": "New"}, NOW, by=alice)
    moved = times(datetime(2026, 11, 29, 8, 30), datetime(2026, 11, 29, 11, 30), event.zone)
    save(event, moved, NOW, by=alice)
    postpone(event, "", NOW, alice)
    cancel(event, "", NOW, alice)
    restore(event, NOW, alice)
    kinds = ("published", "moved", "postponed", "cancelled", "restored")
    assert lines() == [(f"event_{kind}", "Alice", None) for kind in kinds]


def test_what_was_done_by_nobody_leaves_none(crew):
    event = an_event(crew)
    save(event, times(datetime(2026, 11, 29, 8, 30), datetime(2026, 11, 29, 11, 30), event.zone), NOW)
    cancel(event, "", NOW)
    assert lines() == []


def test_all_kinds_have_words(crew, alice, browser_of):
    for kind in WORDS:
        note(crew, kind, NOW, by=alice, about=alice, title="Creek 100%")
    db.session.commit()
    page = browser_of(alice).get(LOG).get_data(as_text=True)
    assert page.count("<time ") == len(WORDS) and "%(" not in page
    assert "Alice took Alice out for good" in page and "Alice published “Creek 100%”" in page
    assert "11/24/26, 10:00" in page


def test_a_member_and_an_outsider_do_not_read_it(crew, browser_of, client):
    bob = a_person("bob")
    a_membership(bob, crew)
    assert browser_of(bob).get(LOG).status_code == 403
    assert "/login" in client.get(LOG).headers["Location"]


def test_older_lines_are_a_page_away(crew, alice, browser_of, monkeypatch):
    monkeypatch.setattr(log_queries, "PAGE", 2)
    for title in ("First", "Second", "Third"):
        note(crew, "event_published", NOW, title=title)
    db.session.commit()
    browser = browser_of(alice)
    page = browser.get(LOG).get_data(as_text=True)
    assert "Third" in page and "Second" in page and "First" not in page
    oldest = db.session.scalars(select(LogLine.id).order_by(LogLine.id)).all()[1]
    assert f"{LOG}?before={oldest}" in page
    page = browser.get(f"{LOG}?before={oldest}").get_data(as_text=True)
    assert "First" in page and "Second" not in page and "Older" not in page


def test_an_empty_log_says_what_will_stand_there(crew, alice, browser_of):
    assert "Nothing yet" in browser_of(alice).get(LOG).get_data(as_text=True)


def test_whoever_deleted_their_account_is_named_no_more(crew, alice, browser_of):
    bob = a_person("bob")
    actions.join(crew, bob, NOW)
    db.session.commit()
    assert "Bob joined" in browser_of(alice).get(LOG).get_data(as_text=True)
    delete(bob, NOW + timedelta(days=1))
    db.session.commit()
    page = browser_of(alice).get(LOG).get_data(as_text=True)
    assert "Somebody joined" in page and "Bob" not in page


def test_lines_of_another_crew_stand_elsewhere(crew, alice, browser_of):
    note(a_group("others"), "joined", NOW, by=a_person("otto"))
    db.session.commit()
    assert "Otto" not in browser_of(alice).get(LOG).get_data(as_text=True)
