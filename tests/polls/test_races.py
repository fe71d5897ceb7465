"""Two who settle one poll at the same moment: it becomes one event."""

import pytest
from sqlalchemy import func, select

from staytouch_events.db import db
from staytouch_events.events.models import Event
from staytouch_events.groups.models import Group
from staytouch_events.polls import closing
from staytouch_events.polls.models import TimeOption
from staytouch_events.refusals import Refused
from staytouch_events.when import now

from ..racing import meet_after
from ..rsvps.test_races import at_once
from .cast import SATURDAY, a_crews_time


@pytest.fixture
def one_time(app, real_clock):
    """A crew's poll for a time that is a year off, its first option and its crew."""
    it = a_crews_time(at=(SATURDAY.replace(year=now().year + 1),), now=now())
    ids = it.poll.options[0].id, it.group.id
    db.session.remove()
    return ids


def two_choose(app, ids, monkeypatch) -> tuple[list[str], int]:
    """Both look whether it is settled before either has written; what each got, and how many events there are."""
    option, group = ids
    meet_after(monkeypatch, (closing, "option_in"))

    def choose(_who: int) -> str:
        with app.app_context():
            try:
                closing.choose(db.session.get(TimeOption, option), db.session.get(Group, group), False, now())
                db.session.commit()
            except Refused:
                return "refused"
            return "event"

    got = sorted(at_once(choose, range(2)))
    return got, db.session.scalar(select(func.count(Event.id)))


def test_two_organizers_who_choose_at_once_make_one_event(app, one_time, monkeypatch):
    assert two_choose(app, one_time, monkeypatch) == (["event", "refused"], 1)


def test_without_the_lock_they_make_two(app, one_time, monkeypatch):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(closing, "lock", lambda row: row)
    assert two_choose(app, one_time, monkeypatch) == (["event", "event"], 2)
