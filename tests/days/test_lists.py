"""Lists of a crew show the day, searches near a place its sites; feeds likewise."""

from staytouch_events.access.events import events_of, visible_events
from staytouch_events.db import db
from staytouch_events.discover import follows
from staytouch_events.discover.models import AT_ONCE
from staytouch_events.discover.queries import points, search
from staytouch_events.discover.searches import Search
from staytouch_events.events.actions import save
from staytouch_events.events.models import EventPlace
from staytouch_events.events.queries import last_of, without_sites
from staytouch_events.feeds.queries import group_entries, newest_first
from staytouch_events.impact.queries import totals
from staytouch_events.jobs.models import Job
from staytouch_events.organize.dashboard import dashboard_context
from staytouch_events.pages.group import cards
from staytouch_events.pages.impact import with_sites
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.versions import read_versions

from ..cast import NOW, a_membership, a_person, an_event
from ..impact.cast import an_approved_log
from ..volunteers.cast import a_role, a_shift
from .cast import a_day, a_site

HERE = {"point": (37.33, -121.88), "within": 25.0, "unit": "mi", "since": NOW}


def titles(found) -> list[str]:
    return [row.title for row in found]


def test_near_a_place_are_the_sites_and_in_a_list_of_everything_the_day(app):
    it = a_day(lat=37.33, lon=-121.88, precision="pin")
    near = search(Search(**HERE), NOW)
    assert sorted(titles(near.rows)) == ["Earth Day: Alma", "Earth Day: Bridge", "Earth Day: Coyote"]
    assert titles(search(Search(since=NOW), NOW).rows) == ["Earth Day"]
    assert "Earth Day: Coyote" in titles(search(Search(since=NOW, words="coyote"), NOW).rows)
    assert len(points(Search(**HERE), NOW, 9)) == 3
    assert db.session.get(EventPlace, it.day.id) is None


def test_what_needs_hands_is_a_site(app):
    it = a_day()
    for event in (it.day, it.bridge):
        a_shift(event, a_role(it.group))
    found = search(Search(**HERE, needs_at=NOW), NOW)
    assert titles(found.rows) == ["Earth Day: Bridge"]
    assert titles(search(Search(since=NOW, needs_at=NOW), NOW).rows) == ["Earth Day: Bridge"]


def test_the_crews_calendar_and_news_have_the_day_once(app):
    it = a_day()
    lines = b"".join(group_entries(it.group, NOW))
    assert lines.count(b"BEGIN:VEVENT") == 1
    assert it.day.uid.encode() in lines
    assert titles(newest_first(it.group, 9)) == ["Earth Day"]


def test_an_agenda_has_the_day_and_the_site_one_goes_to(app):
    it = a_day()
    assert titles(db.session.scalars(without_sites(visible_events(it.alice)))) == ["Earth Day"]
    bob = a_person("bob")
    a_membership(bob, it.group)
    respond(it.alma, bob, "Bob", "going", Party(1, 0), "", NOW)
    db.session.commit()
    assert titles(db.session.scalars(events_of(bob).order_by("id"))) == ["Earth Day", "Earth Day: Alma"]


def test_a_card_says_how_many_sites_it_has(app):
    it = a_day(capacity=1)
    with app.test_request_context():
        (card,) = cards([it.day], NOW)
    assert (card.seat_words, card.torn, card.status_tag) == ("3 sites", None, None)


def test_the_next_event_is_not_begun_from_a_site(app):
    it = a_day()
    assert last_of(it.group) == it.day


def test_an_answer_at_a_site_raises_what_the_day_and_the_other_sites_go_by(app):
    it = a_day()
    key = f"event:{it.day.id}"
    before = read_versions([key])[key][0]
    respond(it.alma, a_person("gia"), "Gia", "going", Party(1, 0), "", NOW)
    db.session.commit()
    assert read_versions([key])[key][0] == before + 1


def test_the_dashboard_has_one_row_and_says_which_site_needs_hands(app):
    it = a_day()
    a_shift(it.bridge, a_role(it.group))
    save(it.day, {"starts_at": it.day.starts_at}, NOW)
    with app.test_request_context():
        shown = dashboard_context([it.group], "Alice", it.day.starts_at.replace(day=27))
    assert [(row["title"], row["answers"]) for row in shown["rows"]] == [("Earth Day", "3 sites")]
    assert [todo["title"] for todo in shown["todos"]] == ["1 hand needed at Earth Day: Bridge"]


def test_followers_of_a_crew_hear_of_the_day_and_those_of_a_place_of_the_sites(app):
    it = a_day()
    crew = follows.ask("fay@example.org", AT_ONCE, "en", NOW, group=it.group, asked=None)
    place = follows.ask("flo@example.org", AT_ONCE, "en", NOW, group=None, asked=Search(**HERE))
    for follow in (crew, place):
        follows.confirm(follow, AT_ONCE, NOW)
    db.session.commit()
    a_site(it.day, "Dam")
    assert [job.key for job in db.session.query(Job).where(Job.kind == follows.NEWS)] == [str(place.id)]


def test_impact_of_the_sites_is_the_days(app):
    it = a_day()
    for site in (it.alma, it.bridge):
        an_approved_log(site, it.day.ends_at, bags_trash=3)
    other = an_event(it.group)
    an_approved_log(other, it.day.ends_at, bags_trash=5)
    assert totals(with_sites(it.day)).bags == 6
    assert totals(with_sites(it.alma)).bags == 3
