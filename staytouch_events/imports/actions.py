"""Importing a file of events: each known again by name, first day and town, so that twice doubles nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ..db import db
from ..events.actions import new_event, publish, save
from ..events.models import Event
from ..geo import Gazetteer
from ..geo.resolve import Resolution
from ..groups.models import Group
from ..text import BadText
from .rows import BadRow, Places, event_fields, read_row

BATCH = 200


@dataclass
class Report:
    """What an import did: how many, and what each distinct place text became."""

    made: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    places: dict[tuple[str, str], Resolution] = field(default_factory=dict)


def import_events(lines: Iterable[str], group: Group, gazetteer: Gazetteer, now: datetime) -> Report:
    """Make or update one event for each line, mailing nobody. Commits every few hundred.

    An operator's command without caps; a line that can't be understood is reported, not fatal.
    """
    report, places = Report(), Places(gazetteer)
    prefix = f"jsonl:{group.id}:"
    known = dict(
        db.session.execute(select(Event.source_key, Event.id).where(Event.source_key.startswith(prefix))).all()
    )
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = read_row(line)
        except (BadRow, BadText) as why:
            report.refused.append((number, str(why)))
            continue
        key = prefix + row.source_key
        _take(group, key, event_fields(row, places), known, report, now)
        if number % BATCH == 0:
            db.session.commit()
    db.session.commit()
    report.places = places.found
    return report


def _take(group: Group, key: str, fields: dict[str, Any], known: dict[str, int], report: Report, now: datetime) -> None:
    if key not in known:
        event = new_event(group, now, source_key=key, **fields)
        publish(event, now)
        known[key] = event.id
        report.made += 1
        return
    event = db.session.get(Event, known[key])
    if all(getattr(event, name) == value for name, value in fields.items()):
        report.same += 1
    else:
        save(event, fields, now)
        report.changed += 1
