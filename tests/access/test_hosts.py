"""An organizer of a crew that hosts an event may do what an organizer of the crew may whose event it is."""

import pytest

from staytouch_events.db import db
from staytouch_events.events import hosting
from staytouch_events.events.host_models import EventHost
from staytouch_events.groups.models import ORGANIZER

from ..cast import NOW, a_membership, a_person
from .test_table import EVENT, HOSTS, TABLE, address

# Whom a crew asks and lets go is its own, and what it makes of the event next time.
OWN = {"hosts.ask", "hosts.end", "events.copy"}
DOORS = sorted(name for name, (_method, path, who) in TABLE.items() if path.startswith(EVENT + "/") and who is HOSTS)


@pytest.fixture
def hosted(world, browser_of):
    """The world, and the browser of somebody whose crew hosts the public event."""
    cora, host = a_person("corinna"), db.session.get(EventHost, world.host)
    a_membership(cora, host.group, ORGANIZER)
    before = browser_of(cora)
    assert before.get(address(world, EVENT + "/manage/edit")).status_code == 403
    hosting.accept(host, NOW, by=cora)
    db.session.commit()
    return world, before


def status(world, browser, name: str) -> int:
    """What a route answers this browser."""
    method, path, _who = TABLE[name]
    return browser.open(address(world, path), method=method).status_code


def test_all_doors_of_an_event_are_open_to_each_crew_that_hosts_it(hosted):
    world, browser = hosted
    kept_out = {name for name in DOORS if TABLE[name][0] == "GET" and status(world, browser, name) in (403, 404)}
    assert kept_out == set()


def test_whom_to_ask_and_to_let_go_is_the_first_crews(hosted):
    world, browser = hosted
    assert {name: status(world, browser, name) for name in OWN} == dict.fromkeys(OWN, 403)


def test_the_crews_own_pages_are_its_own(hosted):
    world, browser = hosted
    assert browser.get(f"/groups/{world.group.slug}/manage").status_code == 403
