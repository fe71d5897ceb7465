"""A group in one file to take along: JSON that another site restores, a calendar, sheets, pictures."""

import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select

from ..csvs import csv_bytes
from ..db import db
from ..events.models import SHOWN, Event
from ..groups.models import Group
from ..groups.queries import members_of
from ..ics import calendar
from ..links import site_link
from ..pictures import picture_file
from .archive_part_queries import pictures_in
from .archive_queries import answers_of, told

JSON, CALENDAR, MEMBERS, ANSWERS, PICTURES = "group.json", "calendar.ics", "members.csv", "answers.csv", "pictures/"


def archive_group(group: Group, out: BinaryIO, now: datetime) -> None:
    """Write the archive: for whoever may read the addresses of everyone who answered."""
    events = db.session.scalars(select(Event).where(Event.group_id == group.id).order_by(Event.id)).all()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        told_of = {**told(group), "made_at": now.isoformat()}
        zipped.writestr(JSON, json.dumps(told_of, ensure_ascii=False, indent=1))
        zipped.writestr(CALENDAR, _calendar(group, events))
        zipped.writestr(MEMBERS, _members_sheet(group))
        zipped.writestr(ANSWERS, _answers_sheet(group))
        for name in sorted(pictures_in(told_of)):
            for file in (name, f"{name}-s"):
                if path := picture_file(file):
                    zipped.write(path, f"{PICTURES}{file}.webp", zipfile.ZIP_STORED)


def _calendar(group: Group, events: Sequence[Event]) -> bytes:
    """What everybody sees of all its events, for any calendar program."""
    shown = [event.vevent for event in events if event.state in SHOWN]
    return calendar(shown, name=group.name, zone=group.zone, url=site_link("pages.group", slug=group.slug))


def _members_sheet(group: Group) -> bytes:
    rows = ((m.person.name, m.person.email, m.role, f"{m.joined_at:%Y-%m-%d}") for m in members_of(group))
    return csv_bytes(("name", "email", "role", "joined"), rows)


def _answers_sheet(group: Group) -> bytes:
    rows = (
        (a.event.title, a.event.starts_wall, a.name, a.person.email, a.answer, a.standing, a.adults, a.minors, a.note)
        for a in answers_of(group)
    )
    return csv_bytes(("event", "starts", "name", "email", "answer", "standing", "adults", "minors", "note"), rows)
