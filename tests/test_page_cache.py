"""What is kept is never wrong: after every change, at every boundary of time, in every process; and never private."""

import urllib.request
from datetime import datetime, timedelta

import pytest

from staytouch_events import when
from staytouch_events.db import db
from staytouch_events.events import actions as events
from staytouch_events.events.times import times
from staytouch_events.groups import actions as groups
from staytouch_events.groups.models import OWNER
from staytouch_events.impact import actions as impact
from staytouch_events.people.actions import rename
from staytouch_events.posts import actions as posts
from staytouch_events.posts.models import Place
from staytouch_events.rsvps.actions import Party, answer_of, respond
from staytouch_events.rsvps.hosting import remove
from staytouch_events.rsvps.models import DECLINED, GOING, Rsvp
from staytouch_events.spots import actions as spots
from staytouch_events.spots.planning import make_event
from staytouch_events.volunteers import bring, rides
from staytouch_events.volunteers.actions import claim, release
from staytouch_events.volunteers.bring_lists import remove_item
from staytouch_events.volunteers.bring_queries import items_of
from staytouch_events.volunteers.ride_queries import rides_of
from staytouch_events.volunteers.roles import save_role
from staytouch_events.volunteers.shifts import remove_shift, save_shift

from .cast import NOW, a_group, a_membership, a_person, an_event
from .conftest import one_database
from .impact.cast import FIELDS as FIGURES
from .impact.cast import an_approved_log
from .spots.cast import FIELDS, a_spot
from .volunteers.cast import a_ride, a_shift, a_thing

HERE = {"lat": 37.3352, "lon": -121.8663, "precision": "pin", "place_name": "San Jose, CA"}
PAGES = (
    "/",
    "/?near=95112&within=10",
    "/?needs=volunteers",
    "/?when=week&lang=es",
    "/near/san-jose-ca",
    "/near/san-jose-ca?kind=creek",
    "/near/san-jose-ca/calendar.ics",
    "/near/san-jose-ca/feed.atom",
    "/near/san-jose-ca/map.json",
    "/calendar.ics",
    "/calendar.ics?needs=volunteers",
    "/feed.atom",
    "/map.json",
    "/groups",
    "/groups/trash-punx",
    "/groups/trash-punx?month=2026-11",
    "/groups/trash-punx/calendar.ics",
    "/groups/trash-punx/feed.atom",
    "/events/coyote",
    "/events/coyote.ics",
    "/events/coyote-two",
    "/impact",
    "/impact.csv",
    "/impact/map.json",
    "/near/san-jose-ca/impact",
    "/groups/trash-punx/impact",
    "/groups/trash-punx/impact.csv",
    "/events/last-week/impact",
    "/events/last-week",
    "/groups/trash-punx/talk",
    "/groups/trash-punx/talk/1",
    "/events/coyote/talk",
    "/events/coyote/talk/2",
    "/spots",
    "/spots?near=95112&within=10",
    "/spots/map.json",
    "/spots/tires",
    "/spots/planned",
    "/spots/new",
    "/api/v1/events",
    "/api/v1/events/coyote",
    "/api/v1/groups",
    "/api/v1/groups/trash-punx",
    "/privacy",
)
# What an answer may differ in without being another one.
PASSING = ("X-Request-ID",)


@pytest.fixture
def crew(app, clock):
    """A crew with an organizer, an event with three seats, two more, and a draft."""
    alice, group = a_person("alice"), a_group(summary="Creeks", causes=["creek"], talk_readers="public")
    a_membership(alice, group, OWNER)
    hours = {"answers_open_at": NOW - timedelta(days=1), "answers_close_at": NOW + timedelta(days=3)}
    event = an_event(group, title="coyote", capacity=3, **hours, **HERE)
    an_event(group, title="another", starts_wall=datetime(2026, 12, 5, 9), **HERE)
    an_event(group, title="coyote two", starts_wall=datetime(2026, 11, 28, 8), **HERE)
    draft = an_event(group, title="draft", draft=True, **HERE)
    bob = a_person("bob")
    respond(event, bob, "Bob", GOING, Party(1, 0), "", NOW)
    shift = a_shift(event, target=3, locks_after=-60)
    taken = claim(shift, a_person("dora"), "Dora", NOW)
    spot, other = a_spot(slug="tires"), a_spot(slug="planned", title="Couch")
    cleanup = make_event(other, group, NOW)
    events.save(cleanup, times(datetime(2026, 12, 6, 9), datetime(2026, 12, 6, 12), "America/Los_Angeles"), NOW)
    events.publish(cleanup, NOW)
    done = an_event(group, NOW - timedelta(days=9), title="last week", starts_wall=datetime(2026, 11, 20, 9), **HERE)
    log = an_approved_log(done, now=NOW)
    said = [posts.write(bob, place, {"text": "Who?"}, NOW) for place in (Place(group), Place(group, event))]
    crew = {
        "alice": alice,
        "bob": bob,
        "done": done,
        "log": log,
        "group": group,
        "event": event,
        "draft": draft,
        "said": said,
    }
    db.session.commit()
    return crew | {"shift": shift, "taken": taken, "spot": spot, "planned": other, "cleanup": cleanup}


@pytest.fixture
def doors(app, settings, sites):
    """Two processes' worth of the site over one database, and one without anything kept."""
    processes = [app, sites.over(settings, 1), sites.over(settings, 2)]
    processes[2].wsgi_app = processes[2].extensions["page_cache"].app
    return [process.test_client() for process in processes]


def shown(client, path: str) -> tuple:
    """Status and words of a page, asked by somebody who has nothing yet."""
    answer = client.get(path)
    return answer.status_code, answer.get_data()


def warm(processes) -> None:
    """Have these processes keep every page."""
    for client in processes:
        for path in PAGES * 2:
            client.get(path)
        assert len(client.application.extensions["page_cache"].pages) == len(PAGES)


def answered(crew, answer: str, size: int = 1):
    """Somebody new answers."""
    respond(crew["event"], a_person(f"guest{size}", joined_at=None), "Gia", answer, Party(size, 0), "", NOW)


# One after the other in one world: after each, both processes keep every page again.
CHANGES = {
    "what an event says": {
        "another title": lambda crew: events.save(crew["event"], {"title": "Brand new"}, NOW),
        "other tags": lambda crew: events.save(crew["event"], {"tags": ["kids"], "summary": "For all"}, NOW),
        "another day": lambda crew: events.save(
            crew["event"], times(datetime(2026, 11, 29, 9), datetime(2026, 11, 29, 12), "America/Los_Angeles"), NOW
        ),
        "another place": lambda crew: events.save(crew["event"], {"lat": 37.5, "venue": "Elsewhere"}, NOW),
        "a hidden place": lambda crew: events.save(crew["event"], {"place_hidden": True}, NOW),
        "cancelled": lambda crew: events.cancel(crew["event"], "Rain", NOW),
    },
    "who sees an event": {
        "published": lambda crew: events.publish(crew["draft"], NOW),
        "postponed": lambda crew: events.postpone(crew["event"], "Rain", NOW),
        "unlisted": lambda crew: events.save(crew["event"], {"visibility": "unlisted"}, NOW),
    },
    "answers": {
        "one answers": lambda crew: answered(crew, GOING),
        "more seats": lambda crew: events.save(crew["event"], {"capacity": 40}, NOW),
        "one is removed": lambda crew: remove(db.session.query(Rsvp).first(), NOW, tell=False),
    },
    "the last seats, then for members": {
        "the last seats go": lambda crew: answered(crew, GOING, 2),
        "one declines": lambda crew: respond(crew["event"], crew["bob"], "Bob", DECLINED, Party(1, 0), "", NOW),
        "members only": lambda crew: events.save(crew["event"], {"visibility": "members"}, NOW),
    },
    "shifts": {
        "a shift is made": lambda crew: a_shift(crew["event"]),
        "a shift is taken": lambda crew: claim(crew["shift"], crew["bob"], "Bob", NOW),
        "a shift is given up": lambda crew: release(crew["taken"], NOW),
        "a role's name": lambda crew: save_role(crew["shift"].role, {"name": "Hauler"}, NOW),
        "a shift needs more": lambda crew: save_shift(crew["shift"], {"target": 5, "maximum": 5}, NOW),
        "a shift is off": lambda crew: remove_shift(crew["shift"], NOW, tell=False),
        "a thing is wanted": lambda crew: a_thing(crew["event"]),
        "somebody brings it": lambda crew: bring.claim(items_of(crew["event"])[0], 2, crew["bob"], "Bob", NOW),
        "it is not brought after all": lambda crew: bring.release(
            items_of(crew["event"])[0], answer_of(crew["event"], crew["bob"]), NOW
        ),
        "a ride is offered": lambda crew: a_ride(crew["event"]),
        "somebody takes a seat": lambda crew: rides.take_seats(
            rides_of(crew["event"])[0], answer_of(crew["event"], crew["bob"]), 1, "x", NOW
        ),
        "the ride is taken back": lambda crew: rides.withdraw(rides_of(crew["event"])[0], NOW),
        "it is off the list": lambda crew: remove_item(items_of(crew["event"])[0], NOW),
    },
    "places that need hands": {
        "a place is reported": lambda crew: spots.report(crew["bob"], FIELDS, NOW),
        "somebody says so too": lambda crew: spots.me_too(crew["spot"], crew["bob"], NOW),
        "a place is cleaned": lambda crew: spots.mark_cleaned(crew["spot"], None, NOW),
        "the event of a place is off": lambda crew: events.cancel(crew["cleanup"], "Rain", NOW),
        "a planned place is closed": lambda crew: spots.close(crew["planned"], "double", "", NOW),
    },
    "what was done": {
        "a log is corrected": lambda crew: impact.correct(
            crew["log"], FIGURES | {"bags_trash": 3}, crew["bob"], NOW, hosts=True
        ),
        "a team's log is approved": lambda crew: an_approved_log(crew["done"], now=NOW, team="Bridge"),
        "an event's name": lambda crew: events.save(crew["done"], {"title": "Renamed"}, NOW),
        "a log is sent back": lambda crew: impact.send_back(crew["log"], "No", crew["alice"], NOW),
        "an event becomes its members'": lambda crew: events.save(crew["done"], {"visibility": "members"}, NOW),
    },
    "what is said": {
        "a post": lambda crew: posts.write(crew["bob"], Place(crew["group"]), {"text": "New"}, NOW),
        "an answer on an event": lambda crew: posts.answer(crew["alice"], crew["said"][1], {"text": "Me"}, NOW),
        "a word is pressed": lambda crew: posts.react(crew["said"][0], crew["alice"], "thanks"),
        "a post is put on top": lambda crew: posts.pin(crew["said"][0], True, NOW),
        "it is changed": lambda crew: posts.edit(crew["said"][1], {"text": "Where?", "is_question": True}, NOW),
        "a writer's name": lambda crew: rename(crew["bob"], "Rob Another"),
        "it is taken away": lambda crew: posts.take_away(crew["said"][0], crew["alice"], NOW),
        "members alone read": lambda crew: groups.save(crew["group"], {"talk_readers": "members"}, "trash-punx", NOW),
    },
    "a crew": {
        "a new crew": lambda crew: groups.start_ownerless("brand-new", NOW),
        "somebody joins": lambda crew: groups.join(crew["group"], crew["bob"], NOW),
        "an organizer's name": lambda crew: rename(crew["alice"], "Zoe Another"),
        "the crew's colour": lambda crew: groups.save(crew["group"], {"colour": "#93d4ff"}, "trash-punx", NOW),
        "the crew's name": lambda crew: groups.save(crew["group"], {"name": "Gutter Roses"}, "trash-punx", NOW),
        "the crew hides": lambda crew: groups.save(crew["group"], {"visibility": "unlisted"}, "trash-punx", NOW),
    },
}


# Versions are counted by the database: one story is told over PostgreSQL as well, and in two processes.
STORIES = [*(("sqlite", story) for story in sorted(CHANGES)), ("postgresql", "answers")]


@pytest.mark.parametrize(("database", "story"), STORIES, indirect=["database"])
def test_no_page_is_old_after_a_change(crew, doors, story):
    processes = doors[:2] if story == "answers" else doors[:1]
    warm(processes)
    truth = {path: shown(doors[0], path) for path in PAGES}
    for name, change in CHANGES[story].items():
        before = truth
        change(crew)
        db.session.commit()
        truth = {path: shown(doors[2], path) for path in PAGES}
        assert truth != before, name
        for client in processes:
            for _ in range(2):
                assert {path: shown(client, path) for path in PAGES} == truth, name


BOUNDARIES = {
    "answers open": timedelta(hours=2),
    "answers close": timedelta(days=3),
    "a shift locks": timedelta(days=3, hours=21, minutes=30),
    "ends": timedelta(days=4, hours=1),
    "midnight there": timedelta(hours=14),
    "midnight of feeds": timedelta(hours=6),
    "next Monday": timedelta(days=5, hours=14),
}


@one_database
@pytest.mark.parametrize("boundary", sorted(BOUNDARIES))
def test_no_page_is_old_past_an_hour_at_which_it_changes_by_itself(crew, doors, clock, boundary):
    if boundary == "answers open":
        events.save(crew["event"], {"answers_open_at": NOW + BOUNDARIES[boundary]}, NOW)
        db.session.commit()
    instant = NOW + BOUNDARIES[boundary]
    clock.moment = instant - timedelta(seconds=1)
    warm(doors[:1])
    before = {path: doors[0].get(path).headers["ETag"] for path in PAGES}
    clock.moment = instant
    truth = {path: shown(doors[2], path) for path in PAGES}
    assert {path: shown(doors[0], path) for path in PAGES} == truth
    assert {path: doors[0].get(path).headers["ETag"] for path in PAGES} != before


def test_what_two_real_processes_keep_is_never_old(site):
    event = an_event(a_group(), when.now(), starts_wall=datetime(2026, 12, 30, 9) + timedelta(days=365), **HERE)

    def pages() -> set[bytes]:
        """What twenty readers are shown, each over a connection of its own."""
        return {
            urllib.request.urlopen(f"{site.base}/events/{event.slug}").read().split(b"<h1>")[1][:40] for _ in range(20)
        }

    for title in ("One title", "Another title", "A third title"):
        events.save(event, {"title": title}, when.now())
        db.session.commit()
        assert [page[: len(title)] for page in pages()] == [title.encode()]


def test_a_reader_who_has_the_page_is_told_so_in_each_encoding(crew, client):
    tags = set()
    for encoding in ("", "gzip", "br"):
        headers = {"Accept-Encoding": encoding}
        answer = client.get("/near/san-jose-ca", headers=headers)
        assert answer.headers.get("Content-Encoding", "") == encoding
        tags.add(answer.headers["ETag"])
        again = client.get("/near/san-jose-ca", headers={**headers, "If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(again.headers["Vary"].split(", "))
    assert len(tags) == 3


def test_a_head_request_has_the_headers_of_the_page_and_no_body(crew, client):
    for _ in range(3):
        head, page = client.head("/groups/trash-punx"), client.get("/groups/trash-punx")
        assert head.data == b"" and page.data
        assert {**head.headers, "X-Request-ID": ""} == {**page.headers, "X-Request-ID": ""}


def test_a_language_is_a_page_of_its_own(crew, client):
    for _ in range(3):
        english = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"}).get_data(as_text=True)
        spanish = client.get("/", headers={"Accept-Language": "es-MX"}).get_data(as_text=True)
        assert 'lang="en"' in english and 'lang="es"' in spanish


def test_a_parameter_that_no_page_reads_is_in_no_page(crew, client):
    for _ in range(3):
        page = client.get("/?utm_source=PLANTED&lang=en").get_data(as_text=True)
    assert "PLANTED" not in page
    assert len({client.get(f"/?utm_source={number}").headers["ETag"] for number in range(5)}) == 1


def test_whoever_is_signed_in_passes_by(crew, client, browser_of):
    for path in PAGES:
        for _ in range(3):
            client.get(path)
    browser = browser_of(crew["alice"])
    for path in ("/", "/near/san-jose-ca", "/events/coyote", "/groups/trash-punx", "/groups"):
        for _ in range(2):
            answer = browser.get(path, headers={"If-None-Match": client.get(path).headers["ETag"]})
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"] == "private, no-store" and "ETag" not in answer.headers
            assert "/settings" in answer.get_data(as_text=True)
        page = client.get(path)
        assert "/settings" not in page.get_data(as_text=True) and "csrf_token" not in page.get_data(as_text=True)
        assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-cache"


def test_what_is_not_for_everybody_is_never_kept(crew, client):
    hidden = an_event(crew["group"], title="unlisted", visibility="unlisted", **HERE)
    for path in (f"/events/{hidden.slug}", "/events/none", "/login", "/events/coyote/rsvp/link", "/healthz"):
        for _ in range(3):
            assert "ETag" not in client.get(path).headers, path
    assert client.application.extensions["page_cache"].pages == {}


def test_the_pages_go_on_when_the_store_of_counters_fails(crew, client, monkeypatch):
    cache = client.application.extensions["page_cache"]
    for _ in range(3):
        client.get("/groups/trash-punx")

    def failing():
        raise cache.versions.engine.dialect.dbapi.OperationalError("gone")

    monkeypatch.setattr(cache.versions, "_connection", failing)
    events.save(crew["event"], {"title": "Brand new"}, NOW)
    db.session.commit()
    assert "Brand new" in client.get("/groups/trash-punx").get_data(as_text=True)


def test_what_nobody_asks_for_again_is_not_kept(crew, client):
    cache = client.application.extensions["page_cache"]
    for number in range(5):
        client.get(f"/?q=word{number}")
    assert not cache.pages
    client.get("/?q=word3")
    assert [key[1] for key in cache.pages] == ["q=word3"]


def test_memory_has_a_bound(crew, client, monkeypatch):
    monkeypatch.setattr("staytouch_events.page_cache.MOST_BYTES", 300_000)
    for number in range(40):
        for _ in range(3):
            client.get(f"/?q=word{number}")
    cache = client.application.extensions["page_cache"]
    assert 0 < len(cache.pages) < 40
    assert cache.bytes == sum(2 * len(page.body) for page in cache.pages.values()) <= 300_000
