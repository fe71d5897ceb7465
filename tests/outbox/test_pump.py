"""Letters: sent once, tried again, given up, joined, held back."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from sqlalchemy import select

from staytouch_events.config import ROOT
from staytouch_events.db import db
from staytouch_events.jobs import cancel_job, job, schedule
from staytouch_events.jobs.models import Job
from staytouch_events.jobs.pump import LEASE as JOB_LEASE
from staytouch_events.jobs.pump import run_due
from staytouch_events.outbox import pump
from staytouch_events.outbox.models import DEAD, DROPPED, SENT, WAITING, Letter
from staytouch_events.outbox.post import RENDERERS, post, withdraw_letters
from staytouch_events.outbox.pump import LEASE, PAUSES, send_again, send_due
from staytouch_events.outbox.queries import oldest_overdue
from staytouch_events.outbox.transport import PermanentFailure, TemporaryFailure

from ..cast import NOW

TO = "gia@example.org"


class Carrier:
    """A transport that does as the test says and keeps what it took."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure, self.taken = failure, []

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Take or fail."""
        if self.failure:
            raise self.failure
        self.taken.append((to, raw))


def a_letter(now=NOW, **how) -> Letter:
    """A sign-in letter, the plainest there is."""
    row = post("people.sign_in", to=TO, facts={"token": "t", "code": "abcdefgh"}, now=now, **how)
    db.session.commit()
    return row


def test_a_letter_is_sent_once_and_keeps_no_secret(app):
    letter, carrier = a_letter(), Carrier()
    assert send_due(carrier, NOW) == 1
    assert send_due(carrier, NOW) == 0
    (to, raw) = carrier.taken[0]
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert (to, message["Message-ID"], message["To"]) == (TO, letter.message_id, TO)
    assert "abcd efgh" in message.get_body(("plain",)).get_content()
    assert (letter.state, letter.raw, letter.facts) == (SENT, None, {})


def test_what_another_worker_has_claimed_is_left_to_it_until_its_lease_is_over(app):
    letter, carrier = a_letter(), Carrier()
    assert pump._claim(letter.id, NOW) and not pump._claim(letter.id, NOW)
    assert send_due(carrier, NOW) == 0
    assert send_due(carrier, NOW + LEASE) == 1


def test_a_failure_is_tried_again_later_with_the_same_bytes_and_given_up_in_the_end(app):
    letter, carrier = a_letter(), Carrier(TemporaryFailure("451 busy"))
    moment, sent = NOW, []
    for pause in PAUSES:
        assert send_due(carrier, moment) == 1
        sent.append(letter.raw)
        assert (letter.state, letter.due_at - moment, letter.last_error) == (WAITING, pause, "451 busy")
        assert send_due(carrier, moment) == 0
        moment = letter.due_at
    assert len(set(sent)) == 1
    send_due(carrier, moment)
    assert letter.state == DEAD
    send_again(letter, moment)
    db.session.commit()
    carrier.failure = None
    send_due(carrier, moment)
    assert letter.state == SENT


def test_a_refusal_for_good_is_not_tried_again(app):
    letter = a_letter()
    send_due(Carrier(PermanentFailure("550 no such user")), NOW)
    assert (letter.state, letter.last_error) == (DEAD, "550 no such user")


def test_a_letter_that_lost_its_point_is_dropped(app):
    letter, carrier = a_letter(until=NOW + timedelta(hours=1)), Carrier()
    send_due(carrier, NOW + timedelta(hours=1))
    assert (letter.state, carrier.taken) == (DROPPED, [])


def test_a_waiting_letter_is_brought_up_to_date_and_keeps_how_it_was_before(app):
    first = post("k", to=TO, facts={"before": 1, "x": 1}, now=NOW, key="same")
    second = post("k", to=TO, facts={"before": 2, "x": 2}, now=NOW, key="same")
    assert first is second and first.facts == {"before": 1, "x": 2}
    withdraw_letters("same", NOW, "overtaken")
    db.session.commit()
    assert first.state == DROPPED
    assert post("k", to=TO, facts={}, now=NOW, key="same") is not first


def test_letters_that_strangers_cause_wait_from_the_fourth_an_hour_on_and_none_is_lost(app):
    letters = [a_letter(typed=True) for _ in range(7)]
    waits = [letter.due_at - NOW for letter in letters]
    assert waits == [timedelta(0)] * 3 + [timedelta(hours=1)] * 3 + [timedelta(hours=2)]
    assert a_letter().due_at == NOW


def test_nothing_is_sent_that_was_not_committed(app):
    post("people.sign_in", to=TO, facts={"token": "t", "code": "abcdefgh"}, now=NOW)
    db.session.rollback()
    assert send_due(Carrier(), NOW) == 0


def test_the_oldest_unsent_letter_is_known(app):
    a_letter()
    assert oldest_overdue(NOW + timedelta(minutes=20)) == 20 * 60


@pytest.fixture
def done():
    """What a job of this kind did."""
    calls = []

    @job("test.note")
    def note(facts, now) -> None:
        if facts.get("fails"):
            raise RuntimeError("not today")
        calls.append(facts)

    return calls


def test_a_job_runs_once_when_it_is_due(app, done):
    schedule("test.note", "a", NOW, {"n": 1})
    db.session.commit()
    assert run_due(NOW - timedelta(seconds=1)) == 0
    assert (run_due(NOW), run_due(NOW), done) == (1, 0, [{"n": 1}])
    assert db.session.scalars(select(Job)).all() == []


def test_a_job_moves_with_what_it_is_for_and_can_be_called_off(app, done):
    schedule("test.note", "a", NOW, {"n": 1})
    schedule("test.note", "a", NOW + timedelta(days=1), {"n": 2})
    db.session.commit()
    assert run_due(NOW) == 0
    cancel_job("test.note", "a")
    db.session.commit()
    assert run_due(NOW + timedelta(days=1)) == 0


def test_a_job_that_fails_comes_back_later(app, done):
    schedule("test.note", "a", NOW, {"fails": True})
    db.session.commit()
    run_due(NOW)
    row = db.session.scalars(select(Job)).one()
    assert (row.due_at, row.tries, row.last_error) == (NOW + timedelta(minutes=2), 1, "RuntimeError: not today")


def test_a_claimed_job_waits_for_its_lease(app, done):
    schedule("test.note", "a", NOW)
    db.session.commit()
    row = db.session.scalars(select(Job)).one()
    row.lease_until = NOW + JOB_LEASE
    db.session.commit()
    assert run_due(NOW) == 0
    assert run_due(NOW + JOB_LEASE) == 1


def test_every_kind_of_letter_that_is_posted_has_somebody_who_renders_it(app):
    source = "".join(path.read_text() for path in (ROOT / "staytouch_events").rglob("*.py"))
    posted = set(re.findall(r'_post\("([\w.]+)"|_tell_at_once\("([\w.]+)"', source))
    kinds = {kind for pair in posted for kind in pair if kind}
    assert kinds and kinds <= set(RENDERERS)
