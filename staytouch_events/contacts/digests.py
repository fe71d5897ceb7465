"""The week's letter of whom to reach out to: when it is due, and that it comes at an hour that suits."""

from datetime import datetime, time, timedelta
from typing import Any

from .. import outbox
from ..db import db, lock
from ..jobs import cancel_job, job, schedule
from ..people.models import Person
from ..people.queries import zone_of
from ..when import NoSuchTime, in_zone, to_utc
from .date_queries import dates_soon
from .reach_models import ReachOut
from .rhythm_queries import due, settings_of

DIGEST = "contacts.digest"
# A letter that nobody sent by then is told by the next one.
STALE = timedelta(days=3)


def keep_planned(person: Person, now: datetime) -> None:
    """See that the week's letter is planned for somebody who wants it; what is planned already stays."""
    if db.session.get(ReachOut, person.id) is None:
        save(person, {}, now)


def save(person: Person, fields: dict[str, Any], now: datetime) -> ReachOut:
    """Choose how to be reminded; the letter moves along."""
    lock(person)
    row = settings_of(person)
    for name, value in fields.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    if row.is_on and row.by_mail and person.email:
        schedule(DIGEST, str(person.id), next_letter(row, zone_of(person), now), _facts(row, person))
    else:
        cancel_job(DIGEST, str(person.id))
    return row


def next_letter(row: ReachOut, zone: str, now: datetime) -> datetime:
    """The next time that clocks there show the day and hour chosen; a skipped hour is the one after."""
    today = in_zone(now, zone).date()
    days = (row.weekday - today.weekday()) % 7
    hours = (
        _instant(datetime.combine(today + timedelta(days=more), time(row.hour)), zone) for more in (days, days + 7)
    )
    return next(hour for hour in hours if hour > now)


def is_quiet_hour(hour: int, begins: int, ends: int) -> bool:
    """Whether an hour lies between two, past midnight where the first is the later."""
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


def is_quiet(row: ReachOut, zone: str, now: datetime) -> bool:
    """Whether no letter may come now."""
    return is_quiet_hour(in_zone(now, zone).hour, row.quiet_from, row.quiet_until)


def quiet_ends(row: ReachOut, zone: str, now: datetime) -> datetime:
    """When letters may come again."""
    local = in_zone(now, zone)
    day = local.date() + timedelta(days=local.hour >= row.quiet_until)
    return _instant(datetime.combine(day, time(row.quiet_until)), zone)


@job(DIGEST)
def _send(facts: dict[str, Any], now: datetime) -> None:
    row = db.session.get(ReachOut, facts["person"])
    if row is None or not (row.is_on and row.by_mail and row.person.email):
        return
    person, zone = row.person, zone_of(row.person)
    if facts["zone"] != zone:
        # They live by other clocks since it was planned.
        schedule(DIGEST, str(person.id), next_letter(row, zone, now), _facts(row, person))
    elif is_quiet(row, zone, now):
        schedule(DIGEST, str(person.id), quiet_ends(row, zone, now), facts)
    else:
        if due(person, now) or dates_soon(person, now):
            told = {"to": person.email, "name": person.name, "language": person.language, "until": now + STALE}
            outbox.post(DIGEST, **told, facts={"person": person.id}, now=now)
        schedule(DIGEST, str(person.id), next_letter(row, zone, now), _facts(row, person))


def _facts(row: ReachOut, person: Person) -> dict[str, Any]:
    return {"person": row.person_id, "zone": zone_of(person)}


def _instant(wall: datetime, zone: str) -> datetime:
    try:
        return to_utc(wall, zone, later=False)
    except NoSuchTime:
        return to_utc(wall + timedelta(hours=1), zone, later=False)
