"""What everything comes to: of an event, a crew, a place, the site; and never what somebody may not see."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event as hooks

from staytouch_events.access.events import listed_events
from staytouch_events.db import db
from staytouch_events.events.actions import cancel, save
from staytouch_events.events.places import public_point
from staytouch_events.groups.models import MEMBER
from staytouch_events.impact.actions import add_pair, correct, send_back
from staytouch_events.impact.charts import charts, spans, table
from staytouch_events.impact.queries import collected, counted_items, months, totals
from staytouch_events.impact.words import estimated_words, weight_words

from ..attendance.cast import a_day
from ..cast import NOW, a_group, a_membership, a_person, an_event
from ..conftest import both_databases
from .cast import FIELDS, an_approved_log

pytestmark = both_databases

HERE = {"lat": 37.335212, "lon": -121.866312, "precision": "pin", "place_name": "San Jose, CA"}
SACRAMENTO = {"lat": 38.5816, "lon": -121.4944, "precision": "pin", "place_name": "Sacramento, CA"}
HEADER = "Cleanup ID,Zone,State,Country,GPS,Cleanup Type,Cleanup Date,Group Name,Adults,Children,People,Pounds,Miles"
HEADER += ",# of bags"


def done(group, month: int = 11, day: int = 7, **fields):
    """An event that is over."""
    fields = {"starts_wall": datetime(2026, month, day, 8, 30), **HERE, **fields}
    return an_event(group, NOW - timedelta(days=400), **fields)


def page(browser, path: str) -> str:
    """A page's words."""
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def rows(browser, path: str) -> list[dict[str, str]]:
    """A spreadsheet's rows."""
    return list(csv.DictReader(io.StringIO(browser.get(path).get_data().decode("utf-8-sig"))))


def test_each_page_counts_what_is_its_own(app, client):
    punx, rats = a_group(), a_group("trail-rats")
    an_approved_log(done(punx), bags_trash=10, grams=45_359, method="scale")
    an_approved_log(done(punx, 10), bags_trash=5)
    an_approved_log(done(rats, **SACRAMENTO), bags_trash=200)
    for path, bags in (("/impact", "215"), ("/groups/trash-punx/impact", "15"), ("/near/san-jose-ca/impact", "15")):
        assert f"<dt>Bags</dt><dd><b>{bags}</b>" in page(client, path), path
    assert "<b>200</b>" in page(client, "/near/sacramento-ca/impact")
    assert "<b>215</b>" in page(client, "/near/san-jose-ca/impact?within=150")
    assert "<b>100 lb</b>" in page(client, "/groups/trash-punx/impact")
    assert "<b>45.4 kg</b>" in page(client, "/groups/trash-punx/impact?unit=km")


def test_an_empty_page_says_what_will_stand_there(app, client):
    event = done(a_group())
    for path in ("/impact", "/near/san-jose-ca/impact", "/groups/trash-punx/impact", f"/events/{event.slug}/impact"):
        assert "Nothing counted yet" in page(client, path)
    assert rows(client, "/impact.csv") == []
    assert client.get("/near/nowhere-at-all/impact").status_code == 404


def test_what_not_everybody_may_see_is_in_no_public_total(app, client, browser_of):
    group, hidden = a_group(), a_group("hidden", visibility="unlisted")
    secret = "PLANTED-SECRET"
    for where, fields in ((group, {"visibility": "members"}), (group, {"visibility": "unlisted"}), (hidden, {})):
        event = done(where, title=secret, **fields)
        an_approved_log(event, team=secret, bags_trash=7)
        if fields.get("visibility") != "members":
            assert "<b>7</b>" in page(client, f"/events/{event.slug}/impact")
            assert client.get(f"/events/{event.slug}/impact").headers["X-Robots-Tag"] == "noindex"
    doors = ("/impact", "/near/san-jose-ca/impact", "/groups/trash-punx/impact", "/groups/hidden/impact")
    for path in doors:
        for part in ("", ".csv", "/map.json"):
            assert secret not in client.get(path + part).get_data(as_text=True), path + part
    assert "Nothing counted yet" in page(client, "/groups/trash-punx/impact")
    bob = a_person("bob")
    a_membership(bob, group, MEMBER)
    assert "<b>14</b>" in page(browser_of(bob), "/groups/trash-punx/impact")
    assert "Nothing counted yet" in page(browser_of(bob), "/impact")


def test_an_event_that_was_called_off_counts_nothing(app, client):
    event = a_day()
    an_approved_log(event, now=NOW)
    cancel(event, "Thunder: everybody went home", NOW)
    db.session.commit()
    assert "Nothing counted yet" in page(client, "/impact")


def test_a_hidden_place_stays_at_its_public_point(app, client):
    event = done(a_group(), venue="Plum Shed", place_hidden=True)
    an_approved_log(event)
    lat, lon = public_point(event)
    (row,) = rows(client, "/impact.csv")
    assert row["GPS"] == f"{lat:.6f},{lon:.6f}" and row["Zone"] == "San Jose, CA"
    (point,) = client.get("/impact/map.json").get_json()
    assert (point["lat"], point["lon"]) == (lat, lon)
    for path in ("/impact", "/impact.csv", "/impact/map.json", f"/events/{event.slug}/impact"):
        told = client.get(path).get_data(as_text=True)
        assert "Plum Shed" not in told and "37.335212" not in told and "37.3352," not in told, path


def test_the_spreadsheet_has_exactly_these_columns(app, client):
    fields = {"items": {"cigarette_butts": 30, "tires": 2, "graffiti": 9}, "adults": 4, "minors": 3}
    an_approved_log(
        done(a_group()),
        team="=cmd()",
        bags_green=2,
        grams=45_359,
        method="scale",
        metres=1609,
        ground="shore",
        **fields,
    )
    text = client.get("/impact.csv").get_data().decode("utf-8-sig")
    header = text.splitlines()[0]
    assert header.startswith(HEADER + ",Tires,") and header.endswith(",Shopping carts,Total Items Collected")
    assert client.get("/impact.csv?lang=es").get_data().decode("utf-8-sig") == text
    (row,) = rows(client, "/groups/trash-punx/impact.csv")
    assert [row[name] for name in ("Zone", "State", "Country", "Cleanup Type", "Cleanup Date", "Group Name")] == [
        "San Jose, CA",
        "CA",
        "United States",
        "Creek",
        "2026-11-07",
        "Trash Punx, =cmd()",
    ]
    assert [row[name] for name in ("Adults", "Children", "People", "Pounds", "Miles", "# of bags")] == [
        "4",
        "3",
        "7",
        "100.0",
        "1.0",
        "44",
    ]
    assert (row["Cigarette butts"], row["Rope"], row["Total Items Collected"]) == ("30", "0", "32")
    assert "Graffiti removed" not in row


def test_a_crew_named_like_a_formula_runs_nothing(app, client):
    an_approved_log(done(a_group(name="=HYPERLINK(1)")))
    assert rows(client, "/impact.csv")[0]["Group Name"] == "'=HYPERLINK(1)"


def test_things_by_number_without_what_was_only_done(app, client):
    group = a_group()
    an_approved_log(done(group), items={"rope": 3, "graffiti": 50, "tires": 1})
    an_approved_log(done(group, 10), items={"rope": 4})
    counts = counted_items(listed_events())
    assert list(counts.items()) == [("graffiti", 50), ("rope", 7), ("tires", 1)] and collected(counts) == 8
    shown = page(client, "/impact")
    assert "8 things counted" in shown and shown.index("Rope") < shown.index("Tires") < shown.index("Graffiti removed")


def test_months_with_nothing_between_are_drawn_too_and_many_become_years(app):
    group = a_group()
    log = an_approved_log(done(group, 7), method="bags")
    an_approved_log(done(group, 11), bags_trash=8, grams=4536, method="scale")
    with app.test_request_context():
        found = spans(months(listed_events()))
        assert [(span.label, span.bags) for span in found] == [
            ("Jul 2026", 42),
            ("Aug 2026", 0),
            ("Sep 2026", 0),
            ("Oct 2026", 0),
            ("Nov 2026", 8),
        ]
        bags, weight = charts(found, "mi")
        assert [bar["height"] > 0 for bar in bags["bars"]] == [True, False, False, False, True]
        assert weight["guessed"] and weight["bars"][0]["height"] == 0 and weight["bars"][0]["guess_height"] > 0
        assert "50 in all, the most in Jul 2026 with 42" in bags["described"]
        assert [row["estimated"] for row in table(found, "mi")] == ["–", weight_words(log.grams, "mi")]
        an_approved_log(done(group, 3, starts_wall=datetime(2023, 3, 1, 9)))
        assert [(span.label, span.bags) for span in spans(months(listed_events()))] == [
            ("2023", 42),
            ("2024", 0),
            ("2025", 0),
            ("2026", 50),
        ]


def test_an_estimate_is_said_in_words(app, client):
    group = a_group()
    an_approved_log(done(group), method="bags")
    shown = page(client, "/impact")
    assert "<b>630 lb</b>" in shown and "estimated from the bags" in shown and "42 bags, about 630 lb" in shown
    an_approved_log(done(group, 10), grams=453_592, method="ticket")
    assert "630 lb of it estimated from the bags" in page(client, "/impact")
    with app.test_request_context():
        assert estimated_words(5, 0, "mi") is None


def test_event_by_event_a_page_at_a_time(app, client):
    group = a_group()
    for day in range(1, 16):
        an_approved_log(done(group, 10, day, title=f"Day {day}"))
    # Two at the same hour, around the edge of the page.
    an_approved_log(done(group, 10, 4, title="Day 4b"))
    first = page(client, "/groups/trash-punx/impact")
    older = re.search(r'href="([^"]+after=[^"]+)"', first)[1].replace("&amp;", "&")
    second = page(client, older)
    titles = [re.findall(r'/impact">(Day [^<]+)</a>', shown) for shown in (first, second)]
    assert (len(titles[0]), len(titles[1])) == (12, 4) and len({*titles[0], *titles[1]}) == 16
    assert titles[0][0] == "Day 15" and titles[1][-1] == "Day 1"


def test_a_page_asks_the_database_as_often_for_eight_as_for_two(app, client):
    asked: list[str] = []
    group = a_group()
    hooks.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions(path: str) -> int:
        client.application.extensions["page_cache"].pages.clear()
        asked.clear()
        page(client, path)
        return len(asked)

    for number in range(2):
        an_approved_log(done(group, 10, 1 + number), items={"rope": 1})
    paths = ("/impact", "/groups/trash-punx/impact", "/impact.csv")
    for path in paths:
        questions(path)
    before = [questions(path) for path in paths]
    for number in range(6):
        an_approved_log(done(group, 10, 3 + number), items={"rope": 1})
    assert [questions(path) for path in paths] == before


def test_it_is_linked_where_people_look(app, client):
    group = a_group()
    event = done(group)
    an_approved_log(event, method="bags")
    assert 'href="/impact"' in page(client, "/")
    assert "What we did so far" in page(client, "/groups/trash-punx")
    assert "Done here so far: 42 bags, about 630 lb." in page(client, "/near/san-jose-ca")
    assert "42 bags, about 630 lb" in page(client, f"/events/{event.slug}")


def test_an_events_page_says_who_was_there_without_a_weight_too(app, client):
    event = done(a_group())
    an_approved_log(event, adults=4)
    shown = page(client, f"/events/{event.slug}")
    assert ">42 bags</h2>" in shown and "<dt>People</dt><dd><b>4</b>" in shown and "<dt>Bags</dt>" not in shown


@pytest.mark.parametrize("change", ["corrected", "sent back", "a photo", "renamed", "hidden"])
def test_no_page_is_old_after_a_change(app, client, change):
    group = a_group()
    event, alice = done(group), a_person("alice")
    log = an_approved_log(event)
    paths = ("/impact", "/near/san-jose-ca/impact", "/groups/trash-punx/impact", f"/events/{event.slug}/impact")
    paths += (f"/events/{event.slug}",)
    old = [page(client, path) for path in paths * 2][: len(paths)]
    if change == "corrected":
        correct(log, {**FIELDS, "bags_trash": 41}, alice, NOW, hosts=True)
    elif change == "sent back":
        send_back(log, "No", alice, NOW)
    elif change == "a photo":
        add_pair(log, "x" * 32, None, "", NOW, hosts=True)
    elif change == "renamed":
        save(event, {"title": "Brand new"}, NOW)
    else:
        save(event, {"visibility": "members"}, NOW)
        paths, old = paths[:3], old[:3]
    db.session.commit()
    for path, before in zip(paths, old, strict=True):
        assert page(client, path) != before, path
    if change == "hidden":
        assert totals(listed_events()).events == 0
