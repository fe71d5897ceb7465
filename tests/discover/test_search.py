"""Searching: exact distances anywhere on the globe, days, kinds, words, pages."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import current_app
from sqlalchemy import event as hooks
from werkzeug.datastructures import MultiDict

from staytouch_events.db import db
from staytouch_events.discover.params import read_search
from staytouch_events.discover.queries import count, search
from staytouch_events.discover.searches import Search
from staytouch_events.events.actions import cancel, postpone
from staytouch_events.events.index import renew_index
from staytouch_events.events.models import Event
from staytouch_events.geo.distance import METRES, distance_m

from ..cast import NOW, a_group, an_event
from ..conftest import both_databases

pytestmark = both_databases

SAN_JOSE = (37.3394, -121.8950)


def found(limit: int = 100, **asked) -> list[str]:
    """Titles that a search finds."""
    asked = {"since": NOW, **asked}
    return [row.title for row in search(Search(**asked), NOW, limit).rows]


def asked(query: str, now: datetime = NOW) -> Search:
    """A search as an address asks it."""
    with current_app.test_request_context():
        return _read(query, now)


def _read(query: str, now: datetime) -> Search:
    pairs = [part.partition("=")[::2] for part in query.split("&") if part]
    return read_search(MultiDict(pairs), now)


def test_every_answer_agrees_with_brute_force(app):
    """Random events, mixed radii, the poles and the antimeridian among them."""
    chance = random.Random(7)
    centres = [SAN_JOSE, (0.0, 179.99), (0.0, -180.0), (89.99, 10.0), (-90.0, 0.0), (52.5, 13.4), (-17.7, 178.1)]
    group = a_group()
    template = an_event(group, lat=0.0, lon=0.0)
    points = []
    for number in range(300):
        lat, lon = chance.choice(centres)
        spread = chance.choice((0.02, 0.5, 4.0))
        points.append(
            (
                number,
                max(-90.0, min(90.0, lat + chance.uniform(-spread, spread))),
                (lon + chance.uniform(-spread, spread) + 180) % 360 - 180,
            )
        )
    _copies(template, points)
    for _ in range(120):
        centre = chance.choice(centres)
        within = chance.choice((0.1, 1, 5.9, 6.1, 25, 59.9, 60.1, 200, 500))
        near = Search(near_text="x", point=centre, within=within, unit="mi", since=NOW)
        reach = within * METRES["mi"]
        expected = {f"e{n}" for n, lat, lon in points if distance_m(*centre, lat, lon) <= reach}
        assert {row.title for row in search(near, NOW, 1000).rows if row.title != template.title} == expected


def _copies(template: Event, points: list[tuple[int, float, float]]) -> None:
    """Rows like the template at these points, with their index lines; quicker than publishing each."""
    columns = {c.key: getattr(template, c.key) for c in Event.__table__.columns if c.key != "id"}
    rows = [
        {**columns, **dict.fromkeys(("title", "slug", "uid", "code"), f"e{n}"), "lat": lat, "lon": lon}
        for n, lat, lon in points
    ]
    db.session.execute(Event.__table__.insert(), rows)
    for event in db.session.query(Event).filter(Event.title.startswith("e")):
        renew_index(event)
    db.session.commit()


def test_what_is_under_way_shows_and_what_is_over_does_not(app):
    group = a_group()
    an_event(group, title="under way", starts_wall=datetime(2026, 11, 24, 9), ends_wall=datetime(2026, 11, 24, 11))
    an_event(group, title="over", starts_wall=datetime(2026, 11, 24, 7), ends_wall=datetime(2026, 11, 24, 9))
    assert found() == ["under way"]


def test_only_what_anybody_may_find_is_found(app):
    group, hidden = a_group(), a_group("hidden", visibility="unlisted")
    here = {"lat": SAN_JOSE[0], "lon": SAN_JOSE[1]}
    an_event(group, title="public", **here)
    an_event(group, title="unlisted", visibility="unlisted", **here)
    an_event(group, title="members", visibility="members", **here)
    an_event(group, title="draft", draft=True, **here)
    an_event(hidden, title="of a hidden crew", **here)
    assert found() == found(near_text="x", point=SAN_JOSE) == ["public"]


def test_a_cancelled_event_shows_and_a_postponed_one_leaves_when_its_date_is_over(app):
    group = a_group()
    cancel(an_event(group, title="off"), "", NOW)
    postpone(an_event(group, title="later"), "", NOW)
    db.session.commit()
    assert found() == ["off", "later"]
    after = NOW + timedelta(days=9)
    past = Search(since=NOW - timedelta(days=99))
    assert [row.title for row in search(past, after).rows] == ["off"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("when=today", ["tue"]),
        ("when=tomorrow", ["wed"]),
        ("when=weekend", ["sat", "sun"]),
        ("when=week", ["tue", "wed", "sat", "sun"]),
        ("from=2026-11-28&to=2026-11-28", ["sat"]),
        ("to=2026-11-25", ["tue", "wed"]),
        ("from=2026-12-20", ["dec"]),
        ("when=nonsense&from=nonsense", ["tue", "wed", "sat", "sun", "dec"]),
        ("kind=street", ["wed"]),
        ("q=GUADALUPE rivér", ["sun"]),
        ("tag=Kids", ["sat"]),
        ("online=1", ["dec"]),
    ],
)
def test_what_an_address_asks(app, query, titles):
    group = a_group()
    an_event(group, title="tue", starts_wall=datetime(2026, 11, 24, 18, 30))
    an_event(group, title="wed", starts_wall=datetime(2026, 11, 25, 18), kind="street")
    an_event(group, title="sat", starts_wall=datetime(2026, 11, 28, 9), tags=["kids", "dogs"])
    an_event(group, title="sun", starts_wall=datetime(2026, 11, 29, 23, 30), venue="Guadalupe River Park")
    an_event(group, title="dec", starts_wall=datetime(2026, 12, 24, 9), online=True)
    assert [row.title for row in search(asked(query), NOW).rows] == titles


def test_the_weekend_under_way_is_the_one_meant(app):
    sunday = datetime(2026, 11, 29, 20, tzinfo=UTC)
    assert asked("when=weekend", sunday).until == datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_pages_hold_each_event_once(app):
    group = a_group()
    for number in range(25):
        an_event(group, title=f"e{number:02}", starts_wall=datetime(2026, 11, 28, 9 + number % 2))
    seen, after = [], None
    while True:
        page = search(Search(since=NOW, after=after), NOW, 10)
        seen += [row.title for row in page.rows]
        if page.after is None:
            break
        after = asked(f"after={page.after}").after
    assert len(seen) == len(set(seen)) == 25
    assert count(Search(since=NOW), NOW) == 25


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1.", ".1", "1.2.3", "-1.-1", "9" * 30 + ".1", "-99999999999.1", "1.1;drop", "¹.²"]
)
def test_a_cursor_that_nobody_wrote_is_the_first_page(client, cursor):
    an_event(a_group())
    assert client.get("/", query_string={"after": cursor}).status_code == 200


@pytest.mark.parametrize(
    "query", ["within=nan", "within=-5", "within=1e99", "unit=x", "kind=x", "from=99999-01-01", "to=9999-12-31"]
)
def test_nonsense_is_ignored(client, query):
    assert client.get(f"/?near=95112&{query}").status_code == 200


def test_miles_or_kilometres_by_the_place_that_is_searched(app):
    assert asked("near=San Jose, CA").unit == "mi"
    assert asked("near=Berlin, Germany").unit == "km"
    assert asked("near=Berlin, Germany&unit=mi").unit == "mi"
    assert asked("").unit == "mi"


def test_days_are_those_of_the_place(app):
    assert asked("near=Tokyo&from=2026-11-28").since == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert asked("from=2026-11-28").from_on == date(2026, 11, 28)


@pytest.fixture
def statements(app):
    """What the site says to its database."""
    said: list[str] = []

    def note(*about) -> None:
        said.append(about[2])

    hooks.listen(db.engine, "before_cursor_execute", note)
    yield said
    hooks.remove(db.engine, "before_cursor_execute", note)


def test_the_list_costs_as_many_queries_with_twenty_events_as_with_two(client, statements):
    group = a_group()

    def cost(events: int) -> int:
        for _ in range(events):
            an_event(group, capacity=5, lat=SAN_JOSE[0], lon=SAN_JOSE[1])
        statements.clear()
        assert client.get("/?near=95112").status_code == 200
        return len(statements)

    client.get("/")
    assert cost(2) == cost(18)


def test_the_form_asks_what_the_address_asked(client):
    page = client.get("/?near=San+Jose&lang=es&online=1&when=week&kind=creek&tag=creek&within=13").get_data(
        as_text=True
    )
    form = page.split('role="search"')[1].split("</form>")[0]
    for name, value in {"lang": "es", "unit": "mi", "tag": "creek"}.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    assert 'name="online" value="1" checked' in form and 'name="when" value="week" checked' in form
    assert '<option value="creek" selected>' in form and '<option value="13" selected>' in form
    assert 'name="near" type="text" value="San Jose"' in form
