"""When a person was there, for how long, and their letters about it."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from ..csvs import csv_bytes
from ..db import db
from ..people.exports import Row, file_of, holds
from ..people.models import Person
from ..rsvps.exports import about
from ..waivers.exports import signature_row
from ..waivers.models import Signature
from ..when import in_zone
from .hours import stays_with
from .hours_letters import letters_of
from .models import BriefRead, Mark, WalkUp
from .queries import parties_of


@holds("check_ins")
def _marks(person: Person) -> Iterable[Row]:
    for party in parties_of(person):
        column = Mark.walk_up_id if isinstance(party, WalkUp) else Mark.rsvp_id
        for mark in db.session.scalars(select(Mark).where(column == party.id).order_by(Mark.id)):
            said = {name: getattr(mark, name) for name in ("kind", "adults", "minors", "source", "received_at")}
            yield about(party.event) | {"name": party.name} | said


@holds("briefs_read")
def _briefs(person: Person) -> Iterable[Row]:
    for party in parties_of(person):
        column = BriefRead.walk_up_id if isinstance(party, WalkUp) else BriefRead.rsvp_id
        for row in db.session.scalars(select(BriefRead).where(column == party.id)):
            yield about(party.event) | {"read_at": row.read_at}


@holds("signatures_at_check_in")
def _signatures(person: Person) -> Iterable[Row]:
    """Where they came without an answer."""
    mine = select(WalkUp.id).where(WalkUp.person_id == person.id)
    for row in db.session.scalars(select(Signature).where(Signature.walk_up_id.in_(mine)).order_by(Signature.id)):
        yield signature_row(row)


@holds("hours_letters")
def _letters(person: Person) -> Iterable[Row]:
    for row in letters_of(person):
        said = {name: getattr(row, name) for name in ("name", "code", "first_on", "last_on", "asked_at", "issued_at")}
        yield {"crew": row.group.name, "event": row.event and row.event.title} | said


@file_of("hours.csv")
def hours_sheet(person: Person, now: datetime) -> bytes:
    """All of a person's hours, the latest first."""
    header = (_("Date"), _("Event"), _("Crew"), _("From"), _("To"), _("Minutes"))
    return csv_bytes(header, (_line(stay) for stay in stays_with(person, now)))


def _line(stay) -> tuple:
    starts, ends = (in_zone(moment, stay.event.zone) for moment in (stay.starts, stay.ends))
    title, crew = stay.event.title, stay.event.group.name
    return starts.date().isoformat(), title, crew, f"{starts:%H:%M}", f"{ends:%H:%M}", stay.minutes
