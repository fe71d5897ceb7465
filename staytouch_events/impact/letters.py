"""Posting news of logs: to organizers when something waits, to whoever proposed it when it was decided."""

from datetime import datetime, timedelta

from sqlalchemy import select

from .. import outbox
from ..db import db
from ..events.host_queries import host_people
from ..events.models import Event
from ..people.models import Person
from ..people.queries import zone_of
from .models import PROPOSED, ImpactLog

# So long one letter waits for the next log, and a decision can be taken back before anybody hears of it.
WAITS = timedelta(minutes=10)


def tell_proposed(log: ImpactLog, now: datetime) -> None:
    """The organizers hear that something waits: once, until all that waits has been decided."""
    others = select(ImpactLog.id).where(
        ImpactLog.event_id == log.event_id, ImpactLog.state == PROPOSED, ImpactLog.id != log.id
    )
    if db.session.scalar(others.limit(1)) is not None:
        return
    for person in host_people(log.event):
        if person.id != log.proposed_by_id:
            _post(
                "impact.proposed", person, {"event": log.event_id}, now, f"impact-proposed:{log.event_id}:{person.id}"
            )


def tell_decided(log: ImpactLog, by: Person, now: datetime) -> None:
    """Whoever proposed it hears what became of it, unless they decided themselves."""
    person = log.proposed_by
    if person is not None and person.id != by.id:
        _post(f"impact.{log.state}", person, {"log": log.id}, now, _key(log, log.state))


def withdraw(log: ImpactLog, state: str, now: datetime) -> None:
    """What became untrue before it was sent is not sent."""
    outbox.withdraw_letters(_key(log, state), now, "taken back")


def nudge(event: Event, now: datetime, until: datetime) -> None:
    """What did you do? To the organizers, of an event of which nobody put down anything."""
    for person in host_people(event):
        _post("impact.nudge", person, {"event": event.id}, now, None, wait=timedelta(0), until=until)


def _post(kind: str, person: Person, facts: dict, now: datetime, key: str | None, **how) -> None:
    if person.email is None:
        return
    how = {"wait": WAITS, "zone": zone_of(person), **how}
    outbox.post(kind, to=person.email, name=person.name, language=person.language, facts=facts, now=now, key=key, **how)


def _key(log: ImpactLog, state: str) -> str:
    return f"impact-{state}:{log.id}"
