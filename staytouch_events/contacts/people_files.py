"""One's people as files for other programs."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import Select

from ..csvs import csv_bytes
from ..people.models import Person
from ..vcard_writer import write_vcards
from .known_queries import Said, dates_by_contact, known, tags_by_contact
from .models import BIRTHDAY, Contact, ContactDate
from .reach_words import day_words, kind_words
from .rhythm_queries import standings
from .vcards import card_of


def people_vcards(people: Sequence[Contact], version: str) -> bytes:
    """A file of cards. Notes of single days are no part of an address book, and stay here."""
    ids = [contact.id for contact in people]
    tags, dates = tags_by_contact(ids), dates_by_contact(ids)
    return write_vcards(
        (card_of(contact, tags.get(contact.id, ()), dates.get(contact.id, ())) for contact in people), version
    )


def people_csv(owner: Person, wanted: Select, now: datetime) -> bytes:
    """A sheet, one a row."""
    rows = standings(owner, now, wanted)
    ids = [row.contact.id for row in rows]
    tags, dates = tags_by_contact(ids), dates_by_contact(ids)
    return csv_bytes(
        [
            _("Name"),
            _("Phones"),
            _("Email"),
            _("Company or school"),
            _("Kind"),
            _("Tags"),
            _("Birthday"),
            _("Last contact"),
        ],
        (
            [
                row.contact.name,
                _ways(known(row.contact), "phones"),
                _ways(known(row.contact), "emails"),
                known(row.contact).get("company", ""),
                kind_words(row.contact.kind) if row.contact.kind else "",
                ", ".join(tags.get(row.contact.id, ())),
                _birthday(dates.get(row.contact.id, ())),
                day_words(row.since) if row.last else "",
            ]
            for row in rows
        ),
    )


def _ways(said: Said, part: str) -> str:
    return "; ".join(value for _kind, value in said.get(part, ()))


def _birthday(dates: Sequence[ContactDate]) -> str:
    born = next((row for row in dates if row.what == BIRTHDAY), None)
    return f"{_year(born)}{born.month:02}-{born.day:02}" if born else ""


def _year(born: ContactDate) -> str:
    return f"{born.year}-" if born.year else "--"
