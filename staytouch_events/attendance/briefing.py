"""What whoever comes should know on the day itself, and who has read the safety brief."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from .. import markdown
from ..db import db, lock
from ..events.models import Event
from ..events.words import day_and_clock
from ..rsvps.additions import IN_REMINDER, Line, adds_to
from ..rsvps.models import SEATED, Rsvp
from ..versions import raise_version
from ..when import in_zone
from .models import BriefRead, DayInfo, Party, WalkUp
from .words import day_lines

COPIED = ("brief", "hospital", "hospital_address", "hospital_url", "lead", "lead_phone", "end_signal")


def day_of(event: Event) -> DayInfo | None:
    """What is written for the day; None where nothing is."""
    return db.session.get(DayInfo, event.id)


def save_day(event: Event, fields: dict[str, str], now: datetime) -> None:
    """Write it; a brief that is another one now has to be read again."""
    info = day_of(event)
    if info is None:
        info = DayInfo(event_id=event.id, brief_changed_at=now)
        db.session.add(info)
    elif info.brief != fields["brief"]:
        info.brief_changed_at = now
    for name in COPIED:
        setattr(info, name, fields[name])
    raise_version(f"attendance:{event.id}")


def bring_along(event: Event, *, source: Event, now: datetime) -> None:
    """An event was made from another: what its day needs to know comes along."""
    info = day_of(source)
    if info is not None:
        save_day(event, {name: getattr(info, name) for name in COPIED}, now)


def note_read(party: Party, now: datetime) -> None:
    """They say that they have read the brief."""
    lock(party.event)
    read = read_of(party)
    if read is None:
        column = "walk_up_id" if isinstance(party, WalkUp) else "rsvp_id"
        read = BriefRead(event_id=party.event_id, **{column: party.id})
        db.session.add(read)
    read.read_at = now
    raise_version(f"attendance:{party.event_id}")


def read_of(party: Party) -> BriefRead | None:
    """When a party read a brief of its event, the present one or an older."""
    column = BriefRead.walk_up_id if isinstance(party, WalkUp) else BriefRead.rsvp_id
    return db.session.scalar(select(BriefRead).where(column == party.id))


def readers(event: Event) -> set[str]:
    """The parties that have read the brief as it is now, by their names within the event."""
    info = day_of(event)
    if info is None or not info.brief:
        return set()
    rows = db.session.scalars(select(BriefRead).where(BriefRead.event_id == event.id))
    return {row.who for row in rows if row.read_at >= info.brief_changed_at}


def day_context(event: Event, party: Party | None = None, *, crew: bool = False) -> dict[str, Any] | None:
    """What attendance/_day.html shows; the lead's phone only to the `crew` and to whoever has a seat."""
    info = day_of(event)
    if info is None:
        return None
    called = crew or (isinstance(party, Rsvp) and party.standing == SEATED)
    read = read_of(party) if party is not None and info.brief else None
    valid = read is not None and read.read_at >= info.brief_changed_at
    return {
        "brief_html": markdown.html(info.brief) if info.brief else None,
        "rows": day_lines(info, phone=called),
        "directions": info.hospital_url,
        "phone": info.lead_phone if called else "",
        "read": day_and_clock(in_zone(read.read_at, event.zone)) if valid else None,
        "asks": bool(info.brief) and not valid,
    }


@adds_to(IN_REMINDER)
def reminder_lines(rsvp: Rsvp) -> list[Line]:
    """The same in the letter of the day before; with the brief for whoever comes."""
    info = day_of(rsvp.event)
    if info is None:
        return []
    return day_lines(info, phone=rsvp.standing == SEATED, brief=True, link=True)
