"""Going to all: a standing wish that answers each date like anybody else, by seat or line.

One letter tells of all dates, and one of what changes on several. Single invitations would be thirty letters at once;
the dates stand in one's calendar feed, each has its own file, and the reminder of the day before comes for each.
Whoever was mailed an invitation to a date, because they answered it alone, gets its update by itself: a mail program
takes one event from a message.
"""

from datetime import datetime, timedelta
from typing import Any

from .. import outbox
from ..db import db, lock
from ..events.models import Event
from ..outbox.models import Letter
from ..people.models import Person
from ..refusals import Refused
from ..rsvps.actions import answer_of, check_open, check_room, settle
from ..rsvps.additions import NEWS_TOLD, Party, adds_to
from ..rsvps.letters import REQUEST
from ..rsvps.models import DECLINED, GOING, Rsvp
from .models import Regular, Series
from .queries import coming, date_of, regular_in

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


@adds_to(NEWS_TOLD)
def tell_news(rsvp: Rsvp, was: dict[str, Any], now: datetime, wait: timedelta) -> bool:
    """News of a date to whoever goes to all of them: one letter, however many dates they are about.

    Dates that still wait under it stay as they were told last; what can't wait lets it go at once.
    """
    row = date_of(rsvp.event)
    regular = None if row is None else regular_in(row.series, rsvp.person_id)
    if regular is None:
        return False
    key = f"series-news:{regular.series_id}:{regular.person_id}"
    waiting = outbox.waiting_letter(key)
    told = {str(rsvp.event_id): was} | (waiting.facts["was"] if waiting else {})
    letter = _post("series.news", row.series, regular.person, regular.name, now, was=told, key=key, wait=wait)
    if letter is not None:
        letter.due_at = min(letter.due_at, now + wait)
    return True


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


def _post(
    kind: str,
    series: Series,
    person: Person,
    name: str,
    now: datetime,
    was: dict[str, Any] | None = None,
    **how: Any,
) -> Letter | None:
    if person.email is None:
        return None
    facts = {"series": series.id, "person": person.id} | ({"was": was} if was else {})
    return outbox.post(kind, to=person.email, name=name, language=person.language, facts=facts, now=now, **how)
