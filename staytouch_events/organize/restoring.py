"""A group from another site's archive: the same UIDs, addresses and codes, so that feeds and links go on."""

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from .. import happenings
from ..db import db
from ..events import actions as events
from ..events.models import PUBLISHED, Event, EventSlug
from ..groups import actions as groups
from ..groups.models import Group, Membership
from ..images import BadPicture
from ..imports.models import ImportedDate
from ..people.models import Person
from ..pictures import NAME, picture_file, put_back
from ..refusals import Refused
from ..rsvps.models import Rsvp
from ..versions import raise_version
from .archive_part_queries import pictures_in
from .archive_queries import FORMAT, OF_PERSON, READ
from .archiving import JSON, PICTURES
from .restoring_parts import put_parts_back


def restore_group(file: Path, slug: str | None, now: datetime) -> Group:
    """Put a group back; nobody is mailed of it. Raises Refused when the file is none or the group is here already."""
    try:
        with zipfile.ZipFile(file) as zipped:
            told = _understood(zipped)
            group = _restored(told, slug, now)
            _put_pictures_back(zipped, told)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, IndexError) as why:
        raise Refused(_("This file is not an archive of a crew, or parts of it are missing.")) from why
    return group


def _understood(zipped: zipfile.ZipFile) -> dict[str, Any]:
    told = json.loads(zipped.read(JSON))
    if told["format"] != FORMAT:
        raise ValueError("another kind of file")
    if told["version"] not in READ:
        raise Refused(_("This archive is of a newer kind than this site reads. Update the site first."))
    if told["version"] == 1:
        # It has no shifts.
        told["answers"] = [{**answer, "has_shift": False} for answer in told["answers"]]
    return told


def _restored(told: dict[str, Any], slug: str | None, now: datetime) -> Group:
    about = dict(told["group"])
    number, old_slugs = about.pop("number"), about.pop("old_slugs")
    _refuse_taken(told["events"])
    group = groups.put_back({**_fields(about), **({"slug": slug} if slug else {})}, old_slugs)
    people = [_person(one, now) for one in told["people"]]
    for member in told["members"]:
        fields = _fields(member)
        db.session.add(Membership(group_id=group.id, person_id=people[fields.pop("person")].id, **fields))
    made: list[Event] = []
    for one in told["events"]:
        day = one.get("day")
        made.append(_event(group, dict(one), number, None if day is None else made[day].id))
    answers = [_answer(dict(answer), made, people) for answer in told["answers"]]
    db.session.flush()
    put_parts_back(told, {"groups": [group], "people": people, "events": made, "rsvps": answers}, now)
    for event in made:
        raise_version(f"event:{event.id}")
        if event.state == PUBLISHED and not event.is_past(now):
            happenings.event_published.send(event, now=now)
    return group


def _refuse_taken(told: list[dict[str, Any]]) -> None:
    """Two events never share a UID, a code or an address."""
    for one in told:
        addresses = [one["slug"], *one["old_slugs"]]
        same = or_(Event.uid == one["uid"], Event.code == one["code"], Event.slug.in_(addresses))
        if db.session.scalar(select(Event.id).where(same)) or db.session.get(EventSlug, one["slug"]):
            raise Refused(_("“%(title)s” is here already, or its address is another event's.", title=one["title"]))


def _person(told: dict[str, Any], now: datetime) -> Person:
    """Whoever has the address here, else somebody without an account."""
    known = told["email"] and db.session.scalar(select(Person).where(Person.email == told["email"]))
    if known:
        return known
    person = Person(created_at=now, **{name: told[name] for name in OF_PERSON})
    db.session.add(person)
    db.session.flush()
    return person


def _event(group: Group, told: dict[str, Any], number: int, day_id: int | None) -> Event:
    """One event; a site comes after its day."""
    told.pop("day", None)
    old_slugs, imported = told.pop("old_slugs"), told.pop("imported")
    fields = _fields(told) | {"umbrella_id": day_id}
    if fields["source_key"]:
        # A source is known by its group's number, which is another here.
        fields["source_key"] = fields["source_key"].replace(f":{number}:", f":{group.id}:", 1)
    event = events.put_back(group, fields, old_slugs)
    if imported:
        row = ImportedDate(event_id=event.id, taken=imported["taken"], **_fields({"read_at": imported["read_at"]}))
        db.session.add(row)
    return event


def _answer(told: dict[str, Any], made: list[Event], people: list[Person]) -> Rsvp:
    """An answer with its public id, so that its link holds where the key does too."""
    event, person = made[told.pop("event")], people[told.pop("person")]
    fields = _fields(told)
    if db.session.scalar(select(Rsvp.id).where(Rsvp.public_id == fields["public_id"])):
        del fields["public_id"]
    answer = Rsvp(event_id=event.id, person_id=person.id, **fields)
    db.session.add(answer)
    return answer


def _put_pictures_back(zipped: zipfile.ZipFile, told: dict[str, Any]) -> None:
    for name in sorted(pictures_in(told)):
        if not NAME.fullmatch(name) or picture_file(name):
            continue
        try:
            put_back(name, *(zipped.read(f"{PICTURES}{file}.webp") for file in (name, f"{name}-s")))
        except (BadPicture, KeyError):
            continue


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    """Columns of a row again: instants and wall times by their names."""
    return {
        name: datetime.fromisoformat(value) if isinstance(value, str) and name.endswith(("_at", "_wall")) else value
        for name, value in told.items()
    }
