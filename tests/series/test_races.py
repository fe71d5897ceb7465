"""Two organizers who change several dates of a series at the same moment: neither change is lost."""

import pytest
from sqlalchemy.exc import OperationalError

from staytouch_events.db import db
from staytouch_events.events.actions import save
from staytouch_events.events.models import Event
from staytouch_events.events.reach import ALL, hold
from staytouch_events.events.reach import spread as reach_others
from staytouch_events.series import spread
from staytouch_events.series.models import Series

from ..cast import NOW
from ..racing import meet_after
from ..rsvps.test_races import at_once
from .cast import a_series, events_of

CHANGES = ({"title": "Creek day"}, {"capacity": 12})


@pytest.fixture
def dates(app):
    """The series, and two of its dates with what is changed on each."""
    it = a_series()
    first, second, *_rest = events_of(it.series)
    found = it.series.id, [(first.id, CHANGES[0]), (second.id, CHANGES[1])]
    db.session.remove()
    return found


def both_change(app, dates, monkeypatch) -> list[str]:
    """Each has saved its own date before either reaches the others; how it ended for each."""
    meet_after(monkeypatch, (spread, "read_facts"))

    def change(one: tuple[int, dict]) -> str:
        with app.app_context():
            event = db.session.get(Event, one[0])
            try:
                hold(event, ALL)
                reach_others(event, save(event, one[1], NOW), ALL, NOW)
                db.session.commit()
            except OperationalError:
                # On PostgreSQL each waits for the other's date, and one is told.
                return "failed"
            return "changed"

    return sorted(at_once(change, dates[1]))


def test_both_changes_reach_all_dates(app, dates, monkeypatch):
    assert both_change(app, dates, monkeypatch) == ["changed", "changed"]
    events = events_of(db.session.get(Series, dates[0]))
    assert {(event.title, event.capacity) for event in events} == {("Creek day", 12)}


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_without_the_lock_one_of_them_fails(app, dates, monkeypatch):
    """The control: what the lock stops does happen. SQLite has one writer at a time anyway."""
    monkeypatch.setattr(spread, "lock", lambda row: row)
    assert both_change(app, dates, monkeypatch) == ["changed", "failed"]
