"""A search for hands: day by day, and within a day what lacks most first, on every page of it."""

from datetime import datetime, timedelta

import pytest

from staytouch_events.db import db
from staytouch_events.discover.searches import Cursor, read_cursor, write_cursor
from staytouch_events.volunteers.actions import claim

from ..cast import NOW, a_group, a_person, an_event
from ..volunteers.cast import a_role, a_shift

HERE = {"lat": 37.3352, "lon": -121.8663, "precision": "pin", "place_name": "San Jose, CA"}


@pytest.fixture
def region(app):
    """Three days of events; in each the later an event starts, the emptier it is."""
    group = a_group()
    role = a_role(group)
    people = [a_person(f"p{number}") for number in range(3)]
    for day in range(3):
        for hour in range(4):
            starts = datetime(2026, 11, 28, 8) + timedelta(days=day, hours=4 * hour)
            event = an_event(group, title=f"{day}-{3 - hour}", starts_wall=starts, **HERE)
            shift = a_shift(event, role, target=4)
            for person in people[: 3 - hour]:
                claim(shift, person, person.name, NOW)
    db.session.commit()
    return group


EXPECTED = [f"{day}-{held}" for day in range(3) for held in range(4)]


@pytest.mark.parametrize("query", ["needs=volunteers", "needs=volunteers&near=95112&within=25"])
@pytest.mark.parametrize("limit", (1, 2, 3, 5, 12))
def test_every_cursor_leads_on_where_the_page_ended(region, client, query, limit):
    found, url = [], f"/api/v1/events?{query}&limit={limit}"
    while url:
        answer = client.get(url).json
        assert len(answer["events"]) <= limit
        found += [row["title"] for row in answer["events"]]
        url = answer["next"] and answer["next"].replace("http://127.0.0.1:8000", "").replace("http://localhost", "")
    assert found == EXPECTED


def test_an_event_of_the_late_evening_belongs_to_its_own_day_there(region, client):
    """At 20:00 in San José it is the next day in UTC."""
    page = client.get("/?needs=volunteers").get_data(as_text=True)
    titles = [page.index(f">{title}</a>") for title in EXPECTED]
    assert titles == sorted(titles)


def test_what_fills_up_between_two_pages_moves_nothing_else(region, client):
    from staytouch_events.events.models import Event
    from staytouch_events.volunteers.queries import shifts_of

    first = client.get("/api/v1/events?needs=volunteers&limit=2").json
    fullest = db.session.query(Event).filter_by(title="0-3").one()
    claim(shifts_of(fullest)[0], a_person("last"), "Last", NOW)
    db.session.commit()
    cursor = first["next"].split("after=")[1].split("&")[0]
    rest = client.get(f"/api/v1/events?needs=volunteers&limit=50&after={cursor}").json
    assert [row["title"] for row in rest["events"]] == ["0-2", *EXPECTED[4:]]


@pytest.mark.parametrize("cursor", [Cursor(5, 7), Cursor(-5, 7, 250), Cursor(5, 7, 1000)])
def test_a_cursor_reads_back_as_it_was_written(cursor):
    assert read_cursor(write_cursor(cursor)) == cursor


@pytest.mark.parametrize(
    "text", ["", "5", "5.", ".7", "5.7.", "5.7.x", "5.7.1001", "5.7.1.1", "5.7.-1", "x.7", "5.7.1.1.1"]
)
def test_nonsense_is_no_cursor(text):
    assert read_cursor(text) is None
