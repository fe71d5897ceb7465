"""Going to all: a standing wish that answers each date like anybody else, by seat or line.

One letter tells of all dates. Single invitations would be thirty letters at once; the dates stand in one's calendar
feed, each has its own file, and the reminder of the day before comes for each.
"""

from datetime import datetime, timedelta

from .. import outbox
from ..db import db, lock
from ..events.models import Event
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.actions import answer_of, check_open, check_room, settle
from ..rsvps.additions import Party
from ..rsvps.letters import REQUEST
from ..rsvps.models import DECLINED, GOING
from .models import Regular, Series
from .queries import coming, regular_in

# Dates are made a few at a time; the letter tells of all.
WAITS = timedelta(minutes=10)


def come_to_all(series: Series, person: Person, name: str, party: Party, now: datetime) -> Regular:
    """Answer every coming date that this person has not answered, and those to be made."""
    series = lock(series)
    regular = regular_in(series, person.id)
    if regular is None:
        regular = Regular(series_id=series.id, person_id=person.id, created_at=now)
        db.session.add(regular)
    regular.name, regular.adults, regular.minors, regular.youngest = name, party.adults, party.minors, party.youngest
    db.session.flush()
    for row in coming(series, now):
        answer_for(regular, row.event, now)
    tell_regular(regular, now, wait=timedelta(0))
    return regular


def answer_for(regular: Regular, event: Event, now: datetime) -> None:
    """Their answer to one date, where they gave none; a date that takes no such answer is left alone."""
    event, party = lock(event), Party(regular.adults, regular.minors, regular.youngest)
    if answer_of(event, regular.person) is not None:
        return
    try:
        check_open(event, GOING, party, now)
        check_room(event, GOING, party)
    except Refused:
        return
    settle(event, regular.person, None, regular.name, GOING, party, "", now, told=False)


def leave_all(series: Series, person: Person, now: datetime) -> None:
    """Come no more: all coming dates are declined, and later ones not answered. Twice is once."""
    series = lock(series)
    regular = regular_in(series, person.id)
    if regular is None:
        return
    db.session.delete(regular)
    for row in coming(series, now):
        _decline(row.event, person, now)
    outbox.withdraw_letters(_key(regular), now, "they come no more")
    _post("series.left", series, person, regular.name, now, key=None)


def tell_regular(regular: Regular, now: datetime, wait: timedelta = WAITS) -> None:
    """Which dates they are down for."""
    _post("series.regular", regular.series, regular.person, regular.name, now, key=_key(regular), wait=wait)


def _decline(event: Event, person: Person, now: datetime) -> None:
    """A letter of its own only where one's calendar holds an entry to take out."""
    event = lock(event)
    rsvp = answer_of(event, person)
    if rsvp is None or rsvp.answer == DECLINED:
        return
    party = Party(rsvp.adults, rsvp.minors, rsvp.youngest)
    told = rsvp.invite_method == REQUEST
    settle(event, person, rsvp, rsvp.name, DECLINED, party, rsvp.note, now, told=told)


def _key(regular: Regular) -> str:
    return f"regular:{regular.series_id}:{regular.person_id}"


def _post(kind: str, series: Series, person: Person, name: str, now: datetime, **how) -> None:
    if person.email is None:
        return
    facts = {"series": series.id, "person": person.id}
    outbox.post(kind, to=person.email, name=name, language=person.language, facts=facts, now=now, **how)
