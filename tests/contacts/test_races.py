"""Two who scan each other at the same moment have each other once."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from staytouch_events.contacts import exchange
from staytouch_events.contacts.card_models import CREW, Card
from staytouch_events.contacts.models import Contact
from staytouch_events.db import db
from staytouch_events.people.models import Person
from staytouch_events.when import now

from ..cast import a_person
from ..racing import meet_after
from ..rsvps.test_races import at_once
from .cast import a_card


@pytest.fixture
def two(app, real_clock):
    """Each person with the card of the other."""
    ana, bob = a_person("ana"), a_person("bob")
    both = [(ana.id, a_card(bob).id), (bob.id, a_card(ana).id)]
    db.session.remove()
    return both


def scan_each_other(app, both, monkeypatch) -> list[str]:
    """Both look whether they have each other already before either has written; how it ended for each."""
    meet_after(monkeypatch, (exchange, "contact_between"))

    def scan(pair: tuple[int, int]) -> str:
        with app.app_context():
            try:
                exchange.keep(db.session.get(Person, pair[0]), db.session.get(Card, pair[1]), CREW, now())
                db.session.commit()
            except (IntegrityError, OperationalError):
                # On PostgreSQL each waits for the other's row, and one is told.
                return "failed"
            return "kept"

    return sorted(at_once(scan, both))


def test_two_who_scan_each_other_at_once_have_each_other_once(app, two, monkeypatch):
    assert scan_each_other(app, two, monkeypatch) == ["kept", "kept"]
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 2


def test_without_the_lock_one_of_them_fails(app, two, monkeypatch):
    """The control: what the lock stops does happen."""
    monkeypatch.setattr(exchange, "lock_person", lambda person: person)
    assert scan_each_other(app, two, monkeypatch) == ["failed", "kept"]
