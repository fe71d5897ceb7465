"""Making events of the dates of a calendar elsewhere, and keeping them as it has them when it is read again."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ..db import db
from ..events.actions import cancel, discard, new_event, publish, restore, save
from ..events.models import CANCELLED, DRAFT, Event
from ..groups.models import Group
from .ics_merging import fields_of, kept_form, merged
from .ics_places import Whereabouts
from .ics_reader import Caps, Left, Reading, SourceDate, Window, read_calendar
from .models import ImportedDate

BATCH = 200
CANCELLED_THERE = "cancelled"
# A UID is whatever its maker likes; the index of keys holds so much.
LONGEST_UID = 200


@dataclass
class IcsReport:
    """What an import of a calendar did. `ours` names events and the parts that stay as they were made here."""

    reading: Reading
    made: int = 0
    changed: int = 0
    same: int = 0
    cancelled: int = 0
    left: list[Left] = field(default_factory=list)
    ours: list[tuple[str, list[str]]] = field(default_factory=list)
    places: Whereabouts = field(default_factory=Whereabouts)


def import_calendar(body: bytes, group: Group, window: Window, now: datetime) -> IcsReport:
    """Everything of a calendar in the window, without caps: an operator's command. Commits every few hundred.

    Twice doubles nothing: a date is known by group, UID and RECURRENCE-ID. Raises NotACalendar.
    """
    reading = read_calendar(body, group.zone, window, Caps())
    report = IcsReport(reading, left=list(reading.left))
    known = known_dates(group)
    for number, found in enumerate(reading.dates, 1):
        take(group, found, known, report, now)
        if number % BATCH == 0:
            db.session.commit()
    for event_id in gone(group, reading, known, window):
        call_off(db.session.get(Event, event_id), report, now)
    db.session.commit()
    return report


def known_dates(group: Group) -> dict[str, int]:
    """Events of the group that came from a calendar, by key."""
    rows = select(Event.source_key, Event.id).where(Event.source_key.startswith(_prefix(group)))
    return dict(db.session.execute(rows).all())


def take(group: Group, found: SourceDate, known: dict[str, int], report: IcsReport, now: datetime) -> None:
    """Make an event of a date, or have the one it is already follow it."""
    key = date_key(group, found)
    if key in known:
        _follow(db.session.get(Event, known[key]), found, report, now)
    elif found.cancelled:
        report.left.append(Left(found.title, f"{found.times['starts_wall']:%Y-%m-%d}", CANCELLED_THERE))
    else:
        fields = fields_of(found, report.places)
        event = new_event(group, now, source_key=key, kind="meetup", **fields)
        publish(event, now)
        db.session.add(ImportedDate(event_id=event.id, taken=kept_form(fields, False), read_at=now))
        known[key] = event.id
        report.made += 1


def date_key(group: Group, found: SourceDate) -> str:
    """By what a date is known when its calendar is read again."""
    return f"{_prefix(group)}{_known_as(found.uid)}|{found.recurrence}"


def gone(group: Group, reading: Reading, known: dict[str, int], window: Window) -> list[int]:
    """Events whose entry is still in the calendar but whose date was taken out of it."""
    there = {date_key(group, found) for found in reading.dates}
    uids = {_known_as(uid) for uid in reading.uids}
    missing = [
        number
        for key, number in known.items()
        if key not in there and key.removeprefix(_prefix(group)).rpartition("|")[0] in uids
    ]
    rows = db.session.scalars(select(ImportedDate).where(ImportedDate.event_id.in_(missing)))
    return [row.event_id for row in rows if _was_in(row.taken, window)]


def _follow(event: Event, found: SourceDate, report: IcsReport, now: datetime) -> None:
    row = db.session.get(ImportedDate, event.id)
    fields = fields_of(found, report.places)
    if found.cancelled and not row.taken["cancelled"]:
        call_off(event, report, now)
        return
    changes, ours = merged(event, row.taken, fields)
    again = row.taken["cancelled"] and not found.cancelled and event.state == CANCELLED and event.starts_at > now
    if again:
        restore(event, now)
    did = save(event, changes, now) if changes else {}
    if ours:
        report.ours.append((event.title, ours))
    if did or again:
        report.changed += 1
    else:
        report.same += 1
    row.taken, row.read_at = kept_form(fields, found.cancelled), now


def call_off(event: Event, report: IcsReport, now: datetime) -> None:
    """What was cancelled there is cancelled here, once; what is over stays as it was."""
    row = db.session.get(ImportedDate, event.id)
    if event.is_past(now) or event.state == CANCELLED or row.taken["cancelled"]:
        report.same += 1
    elif event.state == DRAFT:
        discard(event)
        report.cancelled += 1
        return
    else:
        cancel(event, _("Cancelled in the calendar it came from."), now)
        report.cancelled += 1
    row.taken, row.read_at = {**row.taken, "cancelled": True}, now


def _was_in(taken: dict, window: Window) -> bool:
    starts_at, ends_at = (datetime.fromisoformat(taken[name]) for name in ("starts_at", "ends_at"))
    return starts_at < window.until and window.since < ends_at


def _prefix(group: Group) -> str:
    return f"ics:{group.id}:"


def _known_as(uid: str) -> str:
    return uid if len(uid) <= LONGEST_UID else hashlib.sha256(uid.encode()).hexdigest()
