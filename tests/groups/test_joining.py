"""Ways into a crew: an organizer's yes, a link; and the door that stays shut."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from staytouch_events.access.joining import join_token
from staytouch_events.db import db
from staytouch_events.feeds.models import Removal
from staytouch_events.groups import actions, joining
from staytouch_events.groups.join_models import JoinLink, JoinRequest
from staytouch_events.groups.join_queries import links_of, request_by
from staytouch_events.groups.models import MEMBER, ORGANIZER, OWNER
from staytouch_events.groups.queries import membership_of
from staytouch_events.outbox.models import Letter
from staytouch_events.refusals import Refused

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, fill


@pytest.fixture
def crew(app):
    """A crew that lets in whom an organizer says yes to."""
    group = a_group(joining="approval")
    a_membership(a_person("alice"), group, OWNER)
    return group


@pytest.fixture
def bob(crew):
    """Somebody outside."""
    return a_person("bob")


def letters(kind: str) -> list[str]:
    """Who is written to."""
    return list(db.session.scalars(select(Letter.to_email).where(Letter.kind == kind)))


def test_an_organizer_hears_of_a_request_once_and_says_yes(crew, bob):
    joining.ask(crew, bob, "I live by the creek", NOW)
    joining.ask(crew, bob, "again", NOW)
    joining.ask(crew, a_person("carla"), "", NOW)
    assert letters("groups.asked") == ["alice@example.org"]
    assert membership_of(crew, bob.id) is None
    joining.let_in(request_by(crew, bob.id), crew.memberships[0].person, NOW)
    db.session.commit()
    assert membership_of(crew, bob.id).role == MEMBER
    assert request_by(crew, bob.id) is None and letters("groups.let_in") == ["bob@example.org"]


def test_a_no_is_told_and_one_may_ask_again(crew, bob):
    joining.ask(crew, bob, "", NOW)
    joining.turn_down(request_by(crew, bob.id), crew.memberships[0].person, NOW)
    db.session.commit()
    assert letters("groups.turned_down") == ["bob@example.org"] and membership_of(crew, bob.id) is None
    joining.ask(crew, bob, "", NOW)
    assert request_by(crew, bob.id)


def test_nobody_walks_in_where_one_asks_first(crew, bob):
    with pytest.raises(Refused):
        actions.join(crew, bob, NOW)


@pytest.mark.parametrize("way", ["open", "invitation"])
def test_nobody_asks_where_there_is_nothing_to_ask(crew, bob, way):
    crew.joining = way
    with pytest.raises(Refused):
        joining.ask(crew, bob, "", NOW)


def test_a_link_for_one_lets_in_one_and_a_link_for_many_many(crew, bob):
    alice, carla = crew.memberships[0].person, a_person("carla")
    one, many = (joining.make_link(crew, alice, for_many, 7, NOW) for for_many in (False, True))
    joining.join_by(one, bob, NOW)
    joining.join_by(one, bob, NOW)
    assert one.used == 1 and list(links_of(crew, NOW)) == [many]
    with pytest.raises(Refused, match="used already"):
        joining.join_by(one, carla, NOW)
    joining.join_by(many, carla, NOW)
    joining.join_by(many, a_person("dora"), NOW)
    assert many.used == 2


def test_a_link_ends_when_its_time_is_up(crew, bob):
    link = joining.make_link(crew, crew.memberships[0].person, True, 1, NOW)
    with pytest.raises(Refused):
        joining.join_by(link, bob, NOW + timedelta(days=1))


def test_whoever_comes_by_a_link_asks_no_more(crew, bob):
    joining.ask(crew, bob, "", NOW)
    joining.join_by(joining.make_link(crew, crew.memberships[0].person, True, 1, NOW), bob, NOW)
    assert db.session.scalars(select(JoinRequest)).all() == []


def test_whoever_is_kept_out_comes_in_by_no_way_until_it_is_lifted(crew, bob):
    alice = crew.memberships[0].person
    joining.ban(a_membership(bob, crew), alice, "Shouted", NOW)
    db.session.commit()
    link = joining.make_link(crew, alice, True, 7, NOW)
    assert membership_of(crew, bob.id) is None
    for way in (lambda: joining.ask(crew, bob, "", NOW), lambda: joining.join_by(link, bob, NOW)):
        with pytest.raises(Refused, match="can't join"):
            way()
    crew.joining = "open"
    with pytest.raises(Refused, match="can't join"):
        actions.join(crew, bob, NOW)
    joining.lift(db.session.scalars(select(joining.Ban)).one(), crew.memberships[0].person, NOW)
    actions.join(crew, bob, NOW)
    assert membership_of(crew, bob.id)


def test_whoever_is_kept_out_takes_no_older_invitation_to_organize(crew, bob, monkeypatch):
    alice = crew.memberships[0].person
    monkeypatch.setattr(actions, "new_once_token", lambda: "the-token")
    actions.invite(crew, bob.email, alice, NOW)
    joining.ban(a_membership(bob, crew), alice, "", NOW)
    db.session.commit()
    with pytest.raises(Refused, match="can't join"):
        actions.accept("the-token", bob, NOW)


def test_one_asks_on_the_crews_page_and_an_organizer_answers_on_its_own(crew, bob, browser_of):
    bobs, alices = browser_of(bob), browser_of(crew.memberships[0].person)
    fill(bobs, "/groups/trash-punx", "/groups/trash-punx/ask", words="I have a truck")
    assert "You asked to join" in bobs.get("/groups/trash-punx").text
    assert "1 person asks to join Trash Punx" in alices.get("/dashboard").text
    page = "/groups/trash-punx/manage/people"
    assert "I have a truck" in alices.get(page).text
    number = request_by(crew, bob.id).id
    fill(alices, page, f"{page}/asks/{number}/yes")
    assert "the crew" in bobs.get("/groups/trash-punx").text and membership_of(crew, bob.id)


def test_a_link_is_made_shown_used_and_ended(crew, bob, browser_of, client):
    alices, page = browser_of(crew.memberships[0].person), "/groups/trash-punx/manage/people"
    fill(alices, page, f"{page}/links", for_many="many", days="30")
    link = db.session.scalars(select(JoinLink)).one()
    path = f"/groups/join/{join_token(link)}"
    assert path in alices.get(page).text
    stranger = client.get(path)
    assert "Join Trash Punx" in stranger.text and "Set-Cookie" not in stranger.headers
    assert stranger.headers["Cache-Control"] == "private, no-store"
    fill(browser_of(bob), path, path)
    assert membership_of(crew, bob.id)
    fill(alices, page, f"{page}/links/{link.id}/end")
    assert client.get(path).status_code == 404


def test_a_private_crew_is_found_nowhere_and_joined_by_its_link(crew, bob, client, browser_of):
    alice = crew.memberships[0].person
    event = an_event(crew, lat=37.3352, lon=-121.8663, precision="pin", place_name="San Jose, CA")
    actions.save(crew, {"visibility": "private"}, crew.slug, NOW)
    link = joining.make_link(crew, alice, True, 7, NOW)
    db.session.commit()
    bobs = browser_of(bob)
    for path in ("/groups/trash-punx", f"/events/{event.slug}", "/groups/trash-punx/calendar.ics"):
        assert (client.get(path).status_code, bobs.get(path).status_code) == (404, 404), path
    for path in ("/groups", "/near/san-jose-ca", "/sitemap.xml", "/near/san-jose-ca/calendar.ics"):
        assert "rash" not in client.get(path).text, path
    assert "No longer listed" in client.get("/near/san-jose-ca/calendar.ics").text
    fill(bobs, f"/groups/join/{join_token(link)}", f"/groups/join/{join_token(link)}")
    shown = bobs.get("/groups/trash-punx")
    assert shown.status_code == 200 and event.title in shown.text and "webcal://" not in shown.text
    assert bobs.get(f"/events/{event.slug}").status_code == 200


def test_what_was_never_listed_leaves_no_trace_when_a_crew_becomes_private(app):
    group = a_group(visibility="unlisted")
    an_event(group)
    actions.save(group, {"visibility": "private"}, group.slug, NOW)
    db.session.commit()
    assert db.session.scalars(select(Removal)).all() == []


def test_only_an_owner_keeps_an_organizer_out(crew, browser_of):
    olga = a_membership(a_person("olga"), crew, ORGANIZER)
    other = browser_of(a_membership(a_person("omar"), crew, ORGANIZER).person)
    page = "/groups/trash-punx/manage/people"
    token = fields_of(other.get(page).text, f"{page}/links")["csrf_token"]
    assert other.post(f"{page}/{olga.id}/ban", data={"csrf_token": token}).status_code == 403
    owner = browser_of(crew.memberships[0].person)
    assert fill(owner, page, f"{page}/{olga.id}/ban", reason="Left").status_code == 303
    assert "Left" in owner.get(page).text
