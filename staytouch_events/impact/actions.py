"""What happens to a log: proposed, corrected, approved, sent back, given pictures. Only approved ones count."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import happenings
from ..db import db, lock
from ..events.host_queries import crew_counters
from ..events.models import PUBLISHED, Event
from ..people.models import Person
from ..pictures import drop_picture
from ..refusals import Refused
from ..text import fold
from ..versions import LISTS, raise_version
from . import letters
from .measures import ESTIMATE, estimated_grams
from .models import APPROVED, BAGS, PROPOSED, RETURNED, ImpactChange, ImpactItem, ImpactLog, ImpactPhoto

MOST_PAIRS = 8


def propose(event: Event, fields: dict[str, Any], by: Person, name: str, now: datetime) -> ImpactLog:
    """Somebody who was there puts down what a team did; it waits for an organizer. Raises Refused."""
    event = lock(event)
    _check_on(event, now)
    _check_team(event, fields["team"])
    log = ImpactLog(event=event, proposed_by_id=by.id, proposed_name=name, proposed_at=now, state=PROPOSED, unit="")
    db.session.add(log)
    _write(log, fields)
    db.session.flush()
    letters.tell_proposed(log, now)
    return log


def correct(log: ImpactLog, fields: dict[str, Any], by: Person, now: datetime, *, hosts: bool) -> None:
    """Change what it says, with a trace once it counts or where it is another's word. Raises Refused."""
    log = _changing(log, hosts)
    _check_team(log.event, fields["team"], besides=log)
    before = _values(log)
    _write(log, fields)
    db.session.flush()
    changed = _differences(before, _values(log))
    if not changed:
        return
    if log.state == APPROVED or by.id != log.proposed_by_id:
        db.session.add(ImpactChange(log_id=log.id, made_by_id=by.id, made_at=now, changed=changed))
    if log.state == RETURNED and by.id == log.proposed_by_id:
        log.state, log.reason = PROPOSED, ""
        letters.tell_proposed(log, now)
    if log.state == APPROVED:
        _raise(log)


def approve(log: ImpactLog, by: Person, now: datetime) -> None:
    """It is so: it counts, and whoever proposed it is told. Approving twice is approving once."""
    log = _locked(log)
    if log.state == APPROVED:
        return
    log.state, log.reason, log.decided_by_id, log.decided_at = APPROVED, "", by.id, now
    letters.withdraw(log, RETURNED, now)
    letters.tell_decided(log, by, now)
    _raise(log)
    happenings.impact_approved.send(log, now=now)


def send_back(log: ImpactLog, reason: str, by: Person, now: datetime) -> None:
    """It is not so, or not yet: it counts no more, and its writer reads why."""
    log = _locked(log)
    approved_at = log.decided_at if log.state == APPROVED else None
    log.state, log.reason, log.decided_by_id, log.decided_at = RETURNED, reason, by.id, now
    letters.withdraw(log, APPROVED, now)
    letters.tell_decided(log, by, now)
    _raise(log)
    if approved_at:
        happenings.impact_taken_back.send(log, approved_at=approved_at, now=now)


def add_pair(
    log: ImpactLog, before: str | None, after: str | None, caption: str, now: datetime, *, hosts: bool
) -> None:
    """How it looked before and after. Raises Refused where there are enough."""
    log = _changing(log, hosts)
    if len(log.photos) >= MOST_PAIRS:
        raise Refused(_("Eight pairs are enough: take one out first."))
    log.photos.append(ImpactPhoto(before=before, after=after, caption=caption))
    db.session.flush()
    if log.state == APPROVED:
        _raise(log)
        happenings.impact_pictured.send(log, now=now)


def drop_pair(photo: ImpactPhoto, *, hosts: bool) -> None:
    """Take pictures out for good. Raises Refused."""
    log = _changing(db.session.get(ImpactLog, photo.log_id), hosts)
    for name in (photo.before, photo.after):
        drop_picture(name)
    log.photos.remove(photo)
    _raise(log)


def _locked(log: ImpactLog) -> ImpactLog:
    """The log, under its event's lock."""
    lock(log.event)
    return log


def _changing(log: ImpactLog, hosts: bool) -> ImpactLog:
    """The log, locked, while whoever comes may change it: it may have been approved just now. Raises Refused."""
    log = _locked(log)
    if log.state == APPROVED and not hosts:
        raise Refused(_("An organizer approved it meanwhile: they can still correct it."))
    return log


def _check_on(event: Event, now: datetime) -> None:
    if event.state != PUBLISHED or not event.has_started(now):
        raise Refused(_("There is nothing to put down yet: the event has not started."))


def _check_team(event: Event, team: str, besides: ImpactLog | None = None) -> None:
    """One log a team, so that nothing is counted twice. Under the event's lock."""
    known = db.session.scalar(select(ImpactLog).where(ImpactLog.event_id == event.id, ImpactLog.team_key == fold(team)))
    if known is None or known is besides:
        return
    if team:
        raise Refused(_("“%(team)s” has a log already, by %(name)s.", team=known.team, name=known.proposed_name))
    raise Refused(
        _("There is a log for everybody already, by %(name)s. Give yours a team's name.", name=known.proposed_name)
    )


def _write(log: ImpactLog, fields: dict[str, Any]) -> None:
    """Set the fields; where the weight is to be reckoned from bags and nobody typed one, reckon it."""
    for name, value in fields.items():
        if name != "items":
            setattr(log, name, value)
    log.team_key = fold(log.team)
    if log.method == ESTIMATE and log.grams is None:
        log.grams = estimated_grams({name: getattr(log, name) for name in BAGS})
    counts = {item: count for item, count in fields["items"].items() if count}
    known = {row.item: row for row in log.items}
    for item in known.keys() - counts.keys():
        log.items.remove(known[item])
    for item, count in counts.items():
        if item in known:
            known[item].count = count
        else:
            log.items.append(ImpactItem(item=item, count=count))


def _values(log: ImpactLog) -> dict[str, Any]:
    """All that a person can type, plainly."""
    names = "team grams method metres ground square_metres adults minors minutes syringe_place oddest note".split()
    return {name: getattr(log, name) for name in (*BAGS, *names)} | log.counts


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list]:
    names = (name for name in {**before, **after} if before.get(name) != after.get(name))
    return {name: [before.get(name), after.get(name)] for name in names}


def _raise(log: ImpactLog) -> None:
    """The event's page says it, its crew's, and the lists of the site and of places."""
    raise_version(*log.event.counters, *crew_counters(log.event), LISTS)
