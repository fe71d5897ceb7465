"""What feeds do when an event changes, and when the writer does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zlib import crc32

from flask import current_app
from sqlalchemy import select

from ..db import db
from ..events.actions import renew_entry
from ..events.entries import SERVED_FOR, no_longer_listed
from ..events.host_queries import crew_ids
from ..events.index import is_listed
from ..events.models import PUBLIC, SHOWN, Event
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..groups.models import Group
from ..ics import WRITER_VERSION
from ..people.models import Person
from ..versions import Version, raise_version
from .models import KINDS, PersonalFeed, Removal


def note_removal(event: Event, *, before: dict[str, Any], now: datetime, **_news: Any) -> None:
    """Keep a stub of an event that became less public; forget it when it comes back."""
    if "visibility" in before:
        _settle_stub(event, before["visibility"] == PUBLIC, now)


def note_group_removal(group: Group, *, was: str, now: datetime) -> None:
    """The group became more or less public, and with it what feeds of searches show."""
    shown = select(Event).where(Event.group_id == group.id, Event.state.in_(SHOWN), Event.visibility == PUBLIC)
    for event in db.session.scalars(shown.where(Event.ends_at > now - SERVED_FOR)).all():
        _settle_stub(event, was == PUBLIC_GROUP, now)


def choose_kinds(person: Person, kinds: Iterable[str]) -> None:
    """What the person wants in their own calendar."""
    db.session.merge(PersonalFeed(person_id=person.id, left_out=[kind for kind in KINDS if kind not in kinds]))


def _settle_stub(event: Event, was_public: bool, now: datetime) -> None:
    kept = db.session.get(Removal, event.id)
    if is_listed(event):
        if kept is not None:
            db.session.delete(kept)
    elif was_public and kept is None:
        until = now + SERVED_FOR
        db.session.add(
            Removal(event_id=event.id, group_id=event.group_id, vevent=no_longer_listed(event), until_at=until)
        )


def renew_entries(now: datetime) -> int:
    """Write all stored entries anew where this writer or SITE_URL is not the one that wrote them; how many."""
    mark = crc32(f"{WRITER_VERSION}|{current_app.config['SETTINGS'].site_url}".encode()) & 0x7FFFFFFF
    last = db.session.get(Version, "writer:0")
    if last is not None and last.number == mark:
        return 0
    events = db.session.scalars(select(Event).where(Event.state.in_(SHOWN))).all()
    for event in events:
        renew_entry(event)
    raise_version(*{f"calendar:{number}" for event in events for number in crew_ids(event)})
    db.session.merge(Version(key="writer:0", number=mark, changed_at=now))
    return len(events)
