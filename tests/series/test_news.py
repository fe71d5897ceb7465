"""News of several dates is one letter to whoever goes to all; an invitation that was mailed is renewed by itself."""

from datetime import timedelta

from staytouch_events.db import db
from staytouch_events.events.actions import cancel, restore
from staytouch_events.events.reach import ALL
from staytouch_events.people.models import Person
from staytouch_events.rsvps.actions import Party, respond
from staytouch_events.rsvps.models import GOING
from staytouch_events.series.actions import cancel_from
from staytouch_events.series.queries import date_of
from staytouch_events.series.regulars import come_to_all, leave_all

from ..cast import NOW, a_person
from ..spots.cast import posted, told
from ..walks.letters import invitation_in
from .cast import a_series, events_of
from .test_spread import change, to

LATER = NOW + timedelta(minutes=11)


def regular(it, name: str = "bob") -> Person:
    """Somebody who goes to all and has read so."""
    person = a_person(name)
    come_to_all(it.series, person, person.name, Party(1), NOW)
    db.session.commit()
    posted()
    return person


def letters_to(person: Person, now=LATER) -> list:
    """What the worker sends them by then."""
    return [letter for letter in posted(now) if person.email in letter["To"]]


def test_an_edit_of_all_is_one_letter_with_each_date(app):
    it = a_series(plan={"most": 4})
    bob = regular(it)
    change(it.first, ALL, **to(it.first, 10))
    (letter,) = letters_to(bob)
    assert letter["Subject"] == "Coyote Creek clean-up: 4 dates are other than they were"
    assert told(letter).count("When:") == 4 and "Sat 19 Dec" in told(letter)
    assert "text/calendar" not in letter.as_string()


def test_an_invitation_that_was_mailed_is_renewed_by_itself(app):
    it, bob = a_series(plan={"most": 3}), a_person("bob")
    respond(events_of(it.series)[1], bob, "Bob", GOING, Party(1), "", NOW)
    come_to_all(it.series, bob, "Bob", Party(1), NOW)
    db.session.commit()
    posted()
    change(it.first, ALL, **to(it.first, 10))
    alone, together = sorted(letters_to(bob), key=lambda letter: "text/calendar" not in letter.as_string())
    assert invitation_in(alone)[0] == "REQUEST" and told(together).count("When:") == 2


def test_dates_called_off_are_one_letter_at_once_also_of_what_still_waits(app):
    it = a_series(plan={"most": 4})
    bob = regular(it)
    change(it.first, ALL, **to(it.first, 10))
    cancel_from(date_of(events_of(it.series)[2]), "We move away", NOW)
    db.session.commit()
    (letter,) = letters_to(bob, NOW)
    text = told(letter)
    assert text.count("Cancelled") == text.count("We move away") == 2 and text.count("When:") == 2


def test_what_is_as_it_was_again_and_what_one_comes_no_more_to_is_no_news(app):
    it = a_series(plan={"most": 2})
    bob = regular(it)
    cancel(it.first, "Storm", NOW)
    restore(it.first, NOW)
    db.session.commit()
    assert letters_to(bob) == []
    change(it.first, ALL, **to(it.first, 10))
    leave_all(it.series, bob, NOW)
    db.session.commit()
    assert [letter["Subject"] for letter in letters_to(bob)] == ["You're off all dates of Trash Punx"]


def test_whoever_is_called_back_reads_that_it_is_on_again(app):
    it = a_series(plan={"most": 2})
    bob = regular(it)
    cancel(it.first, "Storm", NOW)
    db.session.commit()
    assert "Storm" in told(letters_to(bob, NOW)[0])
    restore(it.first, NOW)
    db.session.commit()
    assert "On again" in told(letters_to(bob, NOW)[0])
