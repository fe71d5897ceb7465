"""The public interface: the same events as the pages, a description that is true, errors that name the field."""

import json
from datetime import datetime, timedelta

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from staytouch_events.config import ROOT
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, postpone, save
from staytouch_events.events.times import all_day_times
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING

from ..cast import NOW, a_group, a_person, an_event

DESCRIPTION = json.loads((ROOT / "staytouch_events" / "api" / "openapi.json").read_text())
HERE = {"lat": 37.3352, "lon": -121.8663, "place_name": "San Jose, CA", "precision": "pin"}


def fits(name: str, answer) -> None:
    """Whether an answer is what the description says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]}
    Draft202012Validator(schema).validate(answer.json)


def everything(client, path: str, name: str) -> list[str]:
    """Slugs of a list and all the pages after it."""
    found = []
    while path:
        answer = client.get(path.replace("http://127.0.0.1:8000", ""))
        found += [row["slug"] for row in answer.json[name]]
        path = answer.json["next"]
    return found


@pytest.fixture
def region(app):
    """Events in every state, with and without a place."""
    group = a_group(causes=["creek"], summary="Creeks", links=[{"label": "Radio", "url": "https://example.org"}])
    full = an_event(group, title="full", capacity=1, schedule=[{"time": "8:30", "what": "Coffee"}], dogs="yes", **HERE)
    respond(full, a_person("bob"), "Bob", GOING, Party(1, 0), "", NOW)
    cancel(an_event(group, title="off", **HERE), "Rain", NOW)
    postpone(an_event(group, title="later", **HERE), "", NOW)
    an_event(group, title="hidden", venue="Plum Shed", place_hidden=True, **HERE)
    an_event(group, title="nowhere", venue="", online=True, online_url="https://example.org/x")
    days = all_day_times(datetime(2026, 12, 5), datetime(2026, 12, 6), "America/Los_Angeles")
    save(an_event(group, title="all day", **HERE), days, NOW)
    a_group("far-away", lat=52.5, lon=13.4)
    db.session.commit()
    return full


def test_the_description_is_valid_openapi(client, app):
    served = client.get("/api/v1/openapi.json").json
    validate(served)
    described = {path.replace("{slug}", "<slug>") for path in served["paths"]}
    assert described == {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert served["servers"] == [{"url": app.config["SETTINGS"].site_url}]


def test_every_answer_is_as_described(region, client):
    fits("EventPage", client.get("/api/v1/events"))
    fits("EventPage", client.get("/api/v1/events?near=95112&unit=km"))
    for slug in everything(client, "/api/v1/events", "events"):
        fits("WholeEvent", client.get(f"/api/v1/events/{slug}"))
    fits("GroupPage", client.get("/api/v1/groups"))
    fits("GroupPage", client.get("/api/v1/groups?near=95112"))
    fits("WholeGroup", client.get("/api/v1/groups/trash-punx"))


def test_what_an_event_says(region, client):
    told = client.get(f"/api/v1/events/{region.slug}").json
    assert (told["seats_left"], told["capacity"], told["going"]) == ("none", 1, 1)
    assert (told["starts_at"], told["starts_local"]) == ("2026-11-28T16:30:00Z", "2026-11-28T08:30:00")
    rows = {row["title"]: row for row in client.get("/api/v1/events?near=95112").json["events"]}
    assert {title: row["status"] for title, row in rows.items() if row["status"] != "confirmed"} == {
        "off": "cancelled",
        "later": "postponed",
    }
    assert rows["all day"]["ends_local"] == "2026-12-05"
    assert rows["hidden"]["place"]["precision"] == "hidden" and "Plum Shed" not in json.dumps(rows)
    assert 0 < rows["full"]["distance_m"] < 5000
    assert "nowhere" not in rows


def test_pages_hold_each_event_once_and_the_same_ones_as_the_list(app, client):
    group = a_group()
    for number in range(25):
        an_event(group, starts_wall=datetime(2026, 11, 28, 9) + timedelta(days=number // 2), **HERE)
    found = everything(client, "/api/v1/events?near=95112&limit=7", "events")
    assert len(found) == len(set(found)) == 25
    assert client.get("/api/v1/events?near=95112&limit=7").json["total"] == 25
    for number in range(5):
        a_group(f"crew-{number}")
    assert len(everything(client, "/api/v1/groups?limit=2", "groups")) == 6


def test_groups_by_place_kind_and_words(region, client):
    for query, slugs in (
        ("near=95112", ["trash-punx"]),
        ("near=Berlin", ["far-away"]),
        ("kind=creek", ["trash-punx"]),
        ("q=CREEKS", ["trash-punx"]),
        ("q=nothing", []),
    ):
        assert everything(client, f"/api/v1/groups?{query}", "groups") == slugs, query


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=yesterday", "from"),
        ("to=2026-13-01", "to"),
        ("within=nan", "within"),
        ("within=-1", "within"),
        ("unit=leagues", "unit"),
        ("kind=nonsense", "kind"),
        ("when=someday", "when"),
        ("after=x", "after"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("near=qqqqqqq", "near"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client, query, field):
    answer = client.get(f"/api/v1/events?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["field"] == field
    fits("Problem", answer)


def test_what_is_unknown_is_ignored(region, client):
    assert client.get("/api/v1/events?utm_source=x&needs=volunteers").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/events/none", "/api/v1/groups/none", "/api/v1/nothing", "/api/v2"])
def test_errors_are_problem_details(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    fits("Problem", answer)


def test_any_page_elsewhere_may_read(client):
    for path in ("/api/v1/events", "/api/v1/nothing", "/api/v1/events?limit=x"):
        assert client.get(path, headers={"Origin": "https://example.org"}).headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/v1/events", headers={"Origin": "https://example.org"})
    assert asked.status_code == 200 and "POST" not in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def test_a_session_opens_nothing_more(region, client, browser_of):
    from staytouch_events.events.models import Event

    from ..cast import a_membership

    alice = a_person("alice")
    group = db.session.query(Event).first().group
    a_membership(alice, group)
    members = an_event(group, title="members", visibility="members", **HERE)
    assert browser_of(alice).get(f"/api/v1/events/{members.slug}").status_code == 404
    assert members.slug not in everything(browser_of(alice), "/api/v1/events", "events")
