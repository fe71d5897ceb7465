"""Several crews hosting one event: one asks, the other says yes or no, and either ends it.

A day with several sites goes with all of them, a date of a series with those that follow.
"""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from .. import outbox
from ..db import db, lock
from ..groups.log import note
from ..groups.models import PRIVATE, Group
from ..groups.queries import organizers_of
from ..people.models import Person
from ..refusals import Refused
from ..versions import LISTS, raise_version
from .entries import SERVED_FOR, no_longer_listed
from .host_models import EventHost
from .host_queries import counters_of, crew_ids, host_people, host_row, host_rows
from .models import PUBLIC, SHOWN, Event
from .reach import FOLLOWING, hold, others

ASKED, NEWS = "events.host_asked", "events.host_news"
YES, NO, LEFT, ENDED = "yes", "no", "left", "ended"
MOST = 10


def why_not(event: Event, group: Group, now: datetime) -> str | None:
    """Why a crew can't be asked to host this event, in words."""
    if event.umbrella_id is not None:
        return _("Ask on the page of the day: its sites go with it.")
    if event.is_past(now):
        return _("This event is over.")
    if PRIVATE in (event.group.visibility, group.visibility):
        return _("A private crew hosts alone: to be named beside others would show that it is there.")
    row = host_row(event, group)
    if group.id == event.group_id or (row is not None and row.is_hosting):
        return _("%(crew)s hosts it already.", crew=group.name)
    if row is not None and row.is_asked:
        return _("%(crew)s is asked already.", crew=group.name)
    if len(host_rows(event)) >= MOST:
        return _("Ten other crews at most.")
    return None


def ask(event: Event, group: Group, now: datetime, by: Person) -> EventHost:
    """Ask a crew to host the event, too: its organizers read a letter. Raises Refused."""
    event = lock(event)
    words = why_not(event, group, now)
    if words is not None:
        raise Refused(words)
    row = host_row(event, group)
    if row is None:
        row = EventHost(event=event, group=group)
        db.session.add(row)
    row.asked_at = now
    db.session.flush()
    note(event.group, "host_asked", now, by=by, event=event.id, title=event.title)
    for person in organizers_of(group):
        _post(ASKED, person, row, now)
    return row


def accept(row: EventHost, now: datetime, by: Person) -> None:
    """The crew hosts it from now on. Raises Refused where that is asked no more."""
    row = _locked(row)
    _check(row.is_asked)
    for event in _together(row.event, now):
        theirs = host_row(event, row.group)
        if theirs is None:
            theirs = EventHost(event=event, group=row.group, asked_at=row.asked_at)
            db.session.add(theirs)
        theirs.accepted_at, theirs.left_at, theirs.stub = now, None, None
        db.session.flush()
        _renew(event, row.group)
    _tell_first_crew(row, YES, now, by)


def decline(row: EventHost, now: datetime, by: Person) -> None:
    """The crew says no. Raises Refused where nothing is asked."""
    row = _locked(row)
    _check(row.is_asked)
    row.asked_at, row.left_at = None, now
    _tell_first_crew(row, NO, now, by)


def leave(row: EventHost, now: datetime, by: Person) -> None:
    """The crew hosts it no more: its calendar shows the entry as cancelled for a while. Raises Refused."""
    row = _locked(row)
    _check(row.is_hosting)
    _take_off(row, now)
    _tell_first_crew(row, LEFT, now, by)


def end(row: EventHost, now: datetime, by: Person) -> None:
    """The event's own crew hosts it without this one, or takes back its asking. Raises Refused."""
    hosted = row.is_hosting
    row = _locked(row)
    _check(row.is_hosting if hosted else row.is_asked)
    note(row.event.group, "host_ended", now, by=by, event=row.event_id, title=row.event.title)
    if not hosted:
        row.asked_at, row.left_at = None, now
        return
    _take_off(row, now)
    note(row.group, "host_ended", now, by=by, event=row.event_id, title=row.event.title)
    for person in organizers_of(row.group):
        _post(NEWS, person, row, now, news=ENDED)


def take_along(event: Event, source: Event, now: datetime) -> None:
    """A site of a day, or a further date of a series, has the crews of the event that it is made from."""
    for row in host_rows(source):
        if row.is_hosting:
            db.session.add(EventHost(event=event, group=row.group, asked_at=row.asked_at, accepted_at=now))
    db.session.flush()


def end_when_private(group: Group, *, was: str, now: datetime) -> None:
    """A crew that became private is named on nobody's event, and nobody on its own."""
    if group.visibility != PRIVATE or was == PRIVATE:
        return
    own = select(Event.id).where(Event.group_id == group.id)
    between = or_(EventHost.group_id == group.id, EventHost.event_id.in_(own))
    for row in db.session.scalars(select(EventHost).where(between, EventHost.asked_at.is_not(None))).all():
        if row.is_hosting:
            _out(row, now)
        else:
            row.asked_at, row.left_at = None, now


def forget_left(now: datetime) -> int:
    """Drop what was ended so long ago that no calendar shows it; how many."""
    return db.session.execute(delete(EventHost).where(EventHost.left_at < now - SERVED_FOR)).rowcount


def _locked(row: EventHost) -> EventHost:
    """The row under its event's lock. Raises Refused where it is gone."""
    number = row.id
    hold(row.event, FOLLOWING)
    lock(row.event)
    row = db.session.get(EventHost, number)
    _check(row is not None)
    return row


def _check(stands: bool) -> None:
    """Raise Refused where what somebody looked at does not stand any more."""
    if not stands:
        raise Refused(_("Somebody changed this meanwhile. Look at it again."))


def _together(event: Event, now: datetime) -> list[Event]:
    return [event, *others(event, FOLLOWING, now)]


def _take_off(row: EventHost, now: datetime) -> None:
    for event in _together(row.event, now):
        theirs = host_row(event, row.group)
        if theirs is not None and theirs.is_hosting:
            _out(theirs, now)


def _out(row: EventHost, now: datetime) -> None:
    event = row.event
    was_in = event.state in SHOWN and event.visibility == PUBLIC and event.ends_at > now - SERVED_FOR
    row.asked_at, row.accepted_at, row.left_at = None, None, now
    row.stub = no_longer_listed(event) if was_in else None
    db.session.flush()
    _renew(event, row.group)


def _renew(event: Event, group: Group) -> None:
    """The pages and calendars of all its crews, and of the one that came or went."""
    raise_version(*event.counters, *counters_of({*crew_ids(event), group.id}), LISTS)


def _tell_first_crew(row: EventHost, news: str, now: datetime, by: Person) -> None:
    for group in (row.group, row.event.group):
        note(group, f"host_{news}", now, by=by, event=row.event_id, title=row.event.title)
    theirs = {person.id for person in organizers_of(row.group)}
    for person in host_people(row.event):
        if person.id not in theirs:
            _post(NEWS, person, row, now, news=news)


def _post(kind: str, person: Person, row: EventHost, now: datetime, **facts: Any) -> None:
    if person.email is not None:
        outbox.post(
            kind,
            to=person.email,
            name=person.name,
            language=person.language,
            facts={"host": row.id, **facts},
            now=now,
            key=f"{kind}:{row.id}:{person.id}",
            until=row.event.ends_at,
        )
