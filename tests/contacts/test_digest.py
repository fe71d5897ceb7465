"""The week's letter: when, to whom, and an end to it with one click."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from staytouch_events.contacts.digests import DIGEST, is_quiet_hour, next_letter, save
from staytouch_events.contacts.gathering import remember
from staytouch_events.contacts.models import BIRTHDAY
from staytouch_events.contacts.reach_models import ReachOut
from staytouch_events.contacts.rhythm_queries import settings_of
from staytouch_events.db import db
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox import Dropped
from staytouch_events.outbox.models import Letter
from staytouch_events.outbox.render import render

from ..cast import NOW, a_person
from .people_cast import ZONE, kept, talked

# The Monday after the tests' day, 9 in the morning in San José.
MONDAY = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


@pytest.fixture
def alice(app):
    """Somebody who keeps people."""
    return a_person("alice", zone=ZONE)


def due_at() -> datetime | None:
    """When the letter is planned."""
    return db.session.scalar(select(Job.due_at).where(Job.kind == DIGEST))


def letters() -> list[Letter]:
    """All that were posted."""
    return list(db.session.scalars(select(Letter).where(Letter.kind == DIGEST)))


def text_of(letter: Letter, now: datetime = MONDAY) -> tuple[str, str]:
    """Subject and bytes, read."""
    subject, _sender, raw = render(letter, now)
    return subject, raw.decode()


def test_it_says_who_and_why_and_ends_with_one_click(alice, client):
    minh = kept(alice, days_ago=30, kind="friend")
    remember(kept(alice, "Zoe Park"), BIRTHDAY, 12, 2, None)
    db.session.commit()
    assert due_at() == MONDAY
    run_due(MONDAY)
    (letter,) = letters()
    assert due_at() == MONDAY + timedelta(days=7)
    subject, raw = text_of(letter)
    assert subject == "Stay in touch with Minh Tran"
    assert "5 weeks since they came into your list" in raw and "Zoe Park" in raw
    assert minh.public_id in raw and "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in raw
    path = urlsplit(message_from_string(raw)["List-Unsubscribe"].strip("<> \r\n")).path
    assert client.get(path).status_code == 200 and settings_of(alice).by_mail
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    db.session.expire_all()
    assert answer.status_code == 200 and not settings_of(alice).by_mail and due_at() is None


@pytest.mark.parametrize("reason", ["nobody", "off", "by page", "talked meanwhile"])
def test_nothing_is_sent_without_a_reason(alice, reason):
    minh = kept(alice, days_ago=30, kind="" if reason == "nobody" else "friend")
    if reason == "off":
        save(alice, {"is_on": False}, NOW)
    if reason == "by page":
        save(alice, {"by_mail": False}, NOW)
    db.session.commit()
    run_due(MONDAY)
    if reason == "talked meanwhile":
        talked(minh, -5)
        with pytest.raises(Dropped, match="nobody is due"):
            text_of(letters()[0])
    else:
        assert letters() == []


def test_it_moves_with_the_day_the_hour_and_the_zone(alice):
    kept(alice, days_ago=30, kind="friend")
    save(alice, {"weekday": 3, "hour": 18}, NOW)
    assert due_at() == datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
    alice.zone = "Europe/Berlin"
    db.session.commit()
    run_due(datetime(2026, 11, 27, 2, 0, tzinfo=UTC))
    assert letters() == [] and due_at() == datetime(2026, 12, 3, 17, 0, tzinfo=UTC)


def test_a_late_worker_waits_for_the_end_of_quiet_hours(alice):
    kept(alice, days_ago=30, kind="friend")
    night = MONDAY + timedelta(hours=15)
    run_due(night)
    assert letters() == [] and due_at() == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    run_due(due_at())
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("hour", "now", "expected"),
    [
        # Clocks in San José spring from 2 to 3 on 14 March 2027 and fall back from 2 to 1 on 7 November.
        (2, datetime(2027, 3, 13, 18, tzinfo=UTC), datetime(2027, 3, 14, 10, tzinfo=UTC)),
        (9, datetime(2027, 3, 13, 18, tzinfo=UTC), datetime(2027, 3, 14, 16, tzinfo=UTC)),
        (1, datetime(2027, 11, 6, 18, tzinfo=UTC), datetime(2027, 11, 7, 8, tzinfo=UTC)),
        (9, datetime(2027, 11, 6, 18, tzinfo=UTC), datetime(2027, 11, 7, 17, tzinfo=UTC)),
    ],
)
def test_the_clock_that_people_see_decides(hour, now, expected):
    row = ReachOut(weekday=6, hour=hour)
    assert next_letter(row, ZONE, now) == expected
    assert next_letter(row, ZONE, expected) > expected + timedelta(days=6)


def test_quiet_hours_may_pass_midnight():
    assert [hour for hour in range(24) if is_quiet_hour(hour, 21, 8)] == [*range(8), 21, 22, 23]
    assert [hour for hour in range(24) if is_quiet_hour(hour, 12, 14)] == [12, 13]
    assert not any(is_quiet_hour(hour, 8, 8) for hour in range(24))
