"""Asking a geocoder beyond this machine: by the worker alone, once a second, never for a hidden place.

The server here speaks as Nominatim's and Photon's documentation says; the public ones are out of reach of tests.
"""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from staytouch_events.choices import choose
from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.geo.models import Geocoded
from staytouch_events.geo.online import forget_answers, kept_answer
from staytouch_events.groups.models import OWNER
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox.models import Letter

from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..forms import fields_of, send

TOWN = {"place_name": "San Jose, CA", "country_code": "US", "lat": 37.3394, "lon": -121.895, "precision": "town"}
STREET = {**TOWN, "venue": "", "address": "600 William Street"}
THERE = (37.3330, -121.8675)


@pytest.fixture
def host():
    """A geocoder's host: `asked` holds the questions, `points` what it knows, `status` how it answers."""
    state = SimpleNamespace(asked=[], points=[THERE], status=200, agents=set())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            parts = urlsplit(self.path)
            state.asked.append((parts.path, parse_qs(parts.query)["q"][0]))
            state.agents.add(self.headers["User-Agent"])
            said = json.dumps(nominatim(state.points) if parts.path == "/search" else photon(state.points)).encode()
            self.send_response(state.status)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()


def nominatim(points) -> list[dict]:
    """What Nominatim answers to /search?format=json."""
    return [{"lat": str(lat), "lon": str(lon), "display_name": f"600 William Street, {lat}"} for lat, lon in points]


def photon(points) -> dict:
    """What Photon answers to /api."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {"name": "Park", "street": "William Street", "city": "San Jose"},
            }
            for lat, lon in points
        ],
    }


def use(host, kind: str = "nominatim") -> None:
    """Have an admin choose this host."""
    choose({"geocoder": kind, "geocoder_url": host.url})
    db.session.commit()


def run(moment) -> None:
    """A worker that looks again and again until nothing is due."""
    while run_due(moment):
        pass
    db.session.expire_all()


@pytest.mark.parametrize("kind", ["nominatim", "photon"])
def test_a_saved_address_gets_its_point_from_the_worker(app, host, kind):
    use(host, kind)
    event = an_event(a_group(), **STREET)
    assert (host.asked, event.precision) == ([], "town")
    run(NOW)
    assert (event.lat, event.lon, event.precision) == (*THERE, "street")
    path = {"nominatim": "/search", "photon": "/api"}[kind]
    assert host.asked == [(path, "600 William Street, San Jose, CA")]
    assert "StayTouch Events (http" in host.agents.pop()


def test_nobody_is_asked_until_somebody_chose_it(app, host):
    an_event(a_group(), **STREET)
    assert db.session.scalars(select(Job).where(Job.kind == "events.locate")).all() == []


def test_a_hidden_place_is_told_to_no_other_host(app, host):
    use(host)
    event = an_event(a_group(), **STREET, place_hidden=True)
    run(NOW)
    assert (host.asked, event.precision) == ([], "town")


def test_hiding_the_place_before_its_turn_stops_the_question(app, host):
    use(host)
    event = an_event(a_group(), **STREET)
    save(event, {"place_hidden": True}, NOW)
    db.session.commit()
    run(NOW)
    assert host.asked == []


def test_one_question_a_second_for_all(app, host):
    use(host)
    group = a_group()
    events = [an_event(group, **{**STREET, "address": f"{number} William Street"}) for number in (1, 2, 3)]
    for second in range(4):
        run(NOW + timedelta(seconds=second))
        assert len(host.asked) == min(second + 1, 3)
    assert [event.precision for event in events] == ["street"] * 3
    assert db.session.scalars(select(Job.tries).where(Job.kind == "events.locate")).all() == []


def test_the_same_question_is_asked_once(app, host):
    use(host)
    group = a_group()
    first = an_event(group, **STREET)
    run(NOW)
    second = an_event(group, **STREET)
    run(NOW + timedelta(seconds=5))
    assert len(host.asked) == 1 and first.precision == second.precision == "street"
    assert forget_answers(NOW + timedelta(days=91)) == 1 and kept_answer("600 William Street, San Jose, CA") is None


def test_an_answer_in_another_town_is_not_believed(app, host):
    use(host)
    host.points = [(40.71, -74.0)]
    event = an_event(a_group(), **STREET)
    run(NOW)
    assert len(host.asked) == 1 and event.precision == "town"


def test_no_answer_keeps_the_text(app, host):
    use(host)
    host.points = []
    event = an_event(a_group(), **STREET)
    run(NOW)
    assert (event.address, event.lat, event.precision) == ("600 William Street", TOWN["lat"], "town")


def test_a_host_that_fails_is_asked_again_later_and_the_event_stays(app, host):
    use(host)
    host.status = 503
    event = an_event(a_group(), **STREET)
    run(NOW)
    job = db.session.scalars(select(Job).where(Job.kind == "events.locate")).one()
    assert job.tries == 1 and job.due_at > NOW and event.precision == "town"
    host.status = 200
    run(NOW + timedelta(minutes=5))
    assert event.precision == "street"


def test_an_address_that_changed_meanwhile_is_asked_for_itself(app, host):
    use(host)
    event = an_event(a_group(), **STREET)
    save(event, {"address": "1 Other Street"}, NOW)
    db.session.commit()
    run(NOW)
    assert [text for _path, text in host.asked] == ["1 Other Street, San Jose, CA"]


def test_the_point_is_no_news_to_whoever_comes(app, host):
    from staytouch_events.outbox.pump import send_due
    from staytouch_events.rsvps.actions import Party, respond

    sent = []
    post = SimpleNamespace(send=lambda _sender, _to, raw: sent.append(raw))
    use(host)
    event = an_event(a_group(), **STREET)
    respond(event, a_person("bob"), "Bob", "going", Party(1), "", NOW)
    db.session.commit()
    send_due(post, NOW)
    run(NOW)
    send_due(post, NOW + timedelta(hours=1))
    assert event.precision == "street" and len(sent) == 1
    assert {row.state for row in db.session.scalars(select(Letter))} == {"sent", "dropped"}


@pytest.fixture
def alice(app, browser_of):
    """An organizer who writes a draft."""
    group, person = a_group(), a_person("alice")
    a_membership(person, group, OWNER)
    browser = browser_of(person)
    browser.event = an_event(group, draft=True, **TOWN)
    browser.edit = f"/events/{browser.event.slug}/manage/edit"
    return browser


def test_find_shows_what_the_worker_was_told_and_the_choice_is_kept(alice, host):
    use(host)
    page = alice.get(alice.edit).get_data(as_text=True)
    typed = {**fields_of(page, alice.edit), "place": "600 William Street", "title": "Typed"}
    answer = alice.post(f"/events/{alice.event.slug}/manage/find", data=typed)
    assert answer.status_code == 303 and host.asked == []
    waiting = alice.get(answer.location).get_data(as_text=True)
    assert "Asking 127.0.0.1" in waiting and 'value="Typed"' in waiting
    ready = f"/events/{alice.event.slug}/manage/found?q=600 William Street"
    assert alice.get(ready).json == {"ready": False}
    run(NOW)
    assert alice.get(ready).json == {"ready": True}
    page = alice.get(answer.location).get_data(as_text=True)
    assert "600 William Street, 37.333" in page
    point = "37.333000, -121.867500"
    assert send(alice, page, alice.edit, found=point, do="save").status_code == 303
    db.session.expire_all()
    event = alice.event
    assert (event.lat, event.lon, event.precision, event.address) == (*THERE, "street", "600 William Street")
    again = alice.get(alice.edit).get_data(as_text=True)
    assert send(alice, again, alice.edit, title="Once more").status_code == 303
    db.session.expire_all()
    assert (event.title, event.precision) == ("Once more", "street")
    send(alice, alice.get(alice.edit).get_data(as_text=True), alice.edit, place="7 Other Street")
    db.session.expire_all()
    assert (event.address, event.precision) != ("7 Other Street", "street")


def test_a_point_that_nobody_found_is_not_taken(alice, host):
    use(host)
    page = alice.get(alice.edit).get_data(as_text=True)
    send(alice, page, alice.edit, place="600 William Street, San Jose, CA", found="1.000000, 1.000000")
    db.session.expire_all()
    assert alice.event.precision == "town"


def test_without_a_geocoder_nothing_offers_to_find(alice):
    assert "Find this address" not in alice.get(alice.edit).get_data(as_text=True)


def test_an_unknown_address_is_said(alice, host):
    use(host)
    host.points = []
    page = alice.get(alice.edit).get_data(as_text=True)
    typed = {**fields_of(page, alice.edit), "place": "Nowhere Lane"}
    answer = alice.post(f"/events/{alice.event.slug}/manage/find", data=typed)
    run(NOW)
    assert "127.0.0.1 does not know this address" in alice.get(answer.location).get_data(as_text=True)
    assert db.session.scalars(select(Geocoded.found)).one() == []
