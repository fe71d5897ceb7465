"""A private crew, all that is its own, and its events: on every door like one that never was."""

import re

import pytest

from staytouch_events.db import db
from staytouch_events.groups.actions import save
from staytouch_events.groups.models import PRIVATE

from ..cast import NOW, a_membership
from ..conftest import one_database
from .conftest import ROLES
from .test_table import LOGIN, TABLE, UNSEEN, YES, address, outcome

STRANGERS = ("anonymous", "other")
# Whoever holds a link to their own answer, vote, letter, calendar or question reads what it is about.
BY_LINK = re.compile(
    r"\{(manage|helping|counting|driving|code|follow|calendar|talk_mail|vote|inquiry|asker|watch|join|letters)\}"
)
OWN = re.compile(r"/groups/trash-punx|/events/\{(public|done)\}|/polls/\{(time|settled)\}|/e/\{short\}")


@pytest.fixture
def hidden(world):
    """The same world, its one crew made private after its pages were looked at."""
    for path in ("/", "/groups", "/groups/trash-punx", "/events/{public}", "/events/{public}.ics"):
        for _twice in range(2):
            assert world.browsers["anonymous"].get(address(world, path)).status_code == 200
    save(world.group, {"visibility": PRIVATE}, "trash-punx", NOW)
    db.session.commit()
    return world


def missing(world, path: str) -> str:
    """The address with what never was."""
    names = dict.fromkeys(("public", "done", "time", "settled", "short"), "never-was")
    for name in names:
        path = path.replace("{" + name + "}", "never-was")
    return address(world, path.replace("trash-punx", "never-was"))


@one_database
def test_strangers_find_nothing_on_any_door_of_its_own(hidden):
    doors = {endpoint: door for endpoint, door in TABLE.items() if OWN.search(door[1])}
    assert len(doors) > 150
    for role in STRANGERS:
        browser = hidden.browsers[role]
        for endpoint, (method, path, _who) in doors.items():
            asked, never = address(hidden, path), missing(hidden, path)
            answer, nothing = (browser.open(one, method=method) for one in (asked, never))
            assert outcome(answer) == outcome(nothing), (role, endpoint)
            assert outcome(answer) in (UNSEEN, LOGIN), (role, endpoint)
            both = ((answer, asked), (nothing, never))
            told = [one.get_data(as_text=True).replace(path.split("?")[0], "") for one, path in both]
            assert told[0] == told[1], (role, endpoint)


@one_database
def test_its_name_and_its_events_occur_on_no_door(hidden):
    for role in STRANGERS:
        for endpoint, (method, path, _who) in TABLE.items():
            if BY_LINK.search(path):
                continue
            page = hidden.browsers[role].open(address(hidden, path), method=method).get_data(as_text=True)
            for word in ("Trash Punx", "Coyote Creek clean-up", "Last week", f".crew-{hidden.group.id}"):
                assert word not in page, (role, endpoint, word)


@one_database
def test_members_go_on_as_before(hidden):
    who = dict.fromkeys(ROLES, YES) | dict.fromkeys((*STRANGERS, "helper"), UNSEEN)
    for path in ("", "/calendar.ics", "/feed.atom", "/impact"):
        url = "/groups/trash-punx" + path
        assert {role: outcome(hidden.browsers[role].get(url)) for role in ROLES} == who, path
    event = address(hidden, "/events/{public}")
    assert {role: outcome(hidden.browsers[role].get(event)) for role in ROLES} == {**who, "helper": YES}
    assert "/groups/trash-punx" not in hidden.browsers["helper"].get(event).get_data(as_text=True)
    assert f".crew-{hidden.group.id}" in hidden.browsers["member"].get("/stocks/mine.css").get_data(as_text=True)


@one_database
def test_an_address_it_once_had_leads_members_alone(hidden):
    save(hidden.group, {}, "creek-punx", NOW)
    db.session.commit()
    assert hidden.browsers["member"].get("/groups/trash-punx").status_code == 301
    assert hidden.browsers["other"].get("/groups/trash-punx").status_code == 404


@one_database
def test_guests_keep_their_own_page(hidden):
    page = hidden.browsers["anonymous"].get(address(hidden, "/rsvps/{manage}"))
    assert page.status_code == 200 and "Coyote Creek clean-up" in page.get_data(as_text=True)
    a_membership(hidden.people["other"], hidden.group)
    assert hidden.browsers["other"].get("/groups/trash-punx").status_code == 200
