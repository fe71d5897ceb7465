"""Cards and people in words of the current language."""

from datetime import date, datetime

from babel.dates import format_date, get_month_names
from flask_babel import get_locale
from flask_babel import gettext as _

from ..events.models import Event
from ..events.words import starts
from ..people.models import Person
from ..people.queries import zone_of
from ..when import in_zone
from .card_models import CREW, PUBLIC, WORK
from .models import ANNIVERSARY, BIRTHDAY, Contact, ContactDate


def version_words(version: str) -> str:
    """What a version of one's card is called."""
    return {PUBLIC: _("My public card"), CREW: _("My crew card"), WORK: _("My work card")}[version]


def field_words(field: str) -> str:
    """What a card can show, said to its owner."""
    return {
        "photo": _("Photo"),
        "pronouns": _("Pronouns"),
        "email": _("Email"),
        "phone": _("Phone"),
        "company": _("Company or school"),
        "languages": _("Languages"),
        "skills": _("What you're good at"),
        "links": _("Links"),
        "note": _("A line about you"),
    }[field]


def met_words(contact: Contact) -> str:
    """ "Met at Guadalupe River clean-up, 22 Apr", or what its owner wrote instead; empty where nobody knows."""
    if contact.met_words:
        return contact.met_words
    if contact.met_event is not None:
        return _("Met at %(event)s, %(day)s", event=contact.met_event.title, day=event_day(contact.met_event))
    if contact.met_at is not None and contact.is_given:
        return _("Exchanged cards on %(day)s", day=day_of(contact.met_at, contact.owner))
    return ""


def event_day(event: Event) -> str:
    """ "22 Apr", of an event's first day at its place."""
    return format_date(starts(event).date(), _("d MMM"), get_locale())


def day_of(moment: datetime, person: Person) -> str:
    """ "22 Apr 2026", as the person counts days."""
    return long_date(in_zone(moment, zone_of(person)).date())


def long_date(day: date) -> str:
    """ "22 Apr 2026"."""
    return format_date(day, _("d MMM y"), get_locale())


def date_words(row: ContactDate) -> tuple[str, str]:
    """A date to remember: what it is, and its day, with the year where it is known."""
    what = {BIRTHDAY: _("Birthday"), ANNIVERSARY: _("Anniversary")}.get(row.what) or row.label or _("Something else")
    day = date(row.year or 2000, row.month, row.day)
    return what, format_date(day, _("d MMMM y") if row.year else _("d MMMM"), get_locale())


def month_choices() -> list[tuple[int, str]]:
    """The months to choose from."""
    return list(get_month_names("wide", "stand-alone", get_locale()).items())


def today_of(person: Person, now: datetime) -> date:
    """The day that it is for a person."""
    return in_zone(now, zone_of(person)).date()
