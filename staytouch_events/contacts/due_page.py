"""What the list of whom to write to shows, and the page that a letter's link leads to."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _

from ..events.models import Event
from ..events.words import hours_words, long_day, starts, where_words
from ..forms import ButtonForm
from ..links import site_link
from ..people.models import Person
from .card_page import card_view
from .date_queries import Day, dates_soon
from .invite_queries import invitable
from .known_queries import known
from .models import CALL, MEETING, WROTE, Contact
from .people_queries import last_notes
from .reach_words import soon_words, source_words, state_words, why_words
from .rhythm_queries import Standing, coming_up, due_first, settings_of, standings
from .words import date_words


def due_context(person: Person, moment: datetime) -> dict[str, Any]:
    """Everything of contacts/due.html but what was just done."""
    is_on = settings_of(person).is_on
    rows = standings(person, moment) if is_on else []
    due, soon = due_first(rows), coming_up(rows)
    notes = last_notes(row.contact.id for row in (*due, *soon))
    events = invitable(person, (row.contact for row in (*due, *soon)), moment)
    return {
        "is_on": is_on,
        "has_people": bool(rows),
        "has_wishes": any(row.wish for row in rows),
        "due": [due_row(row, notes, events) for row in due],
        "soon": [due_row(row, notes, events) for row in soon],
        "days": [day_row(day) for day in dates_soon(person, moment)] if is_on else [],
        "button": ButtonForm(formdata=None),
    }


def due_row(row: Standing, notes: dict[int, str], events: dict[int, Event], token: str | None = None) -> dict[str, Any]:
    """Somebody to write to; with a token its buttons belong to the page behind a letter's link."""
    contact, said = row.contact, known(row.contact)
    door = {"public_id": contact.public_id} | ({"token": token} if token else {})
    room, event = "reach" if token else "due", events.get(contact.id)
    return card_view({part: said[part] for part in ("name", "photo") if part in said}) | {
        "public_id": contact.public_id,
        "short": contact.name.split(" ")[0],
        "state": state_words(row) or ("plain", soon_words(row.due_on, row.today)) if row.wish else None,
        "note": notes.get(contact.id, ""),
        "why": why_words(row) if row.wish else "",
        "rhythm": source_words(row.wish, contact.kind),
        "phone": next((number for _kind, number in said.get("phones", ())), None),
        "email": next((address for _kind, address in said.get("emails", ())), None),
        "event": event.title if event else None,
        "write_url": url_for("messages.first", public_id=contact.person.public_id) if contact.person else None,
        "times_url": url_for("meetings.first", public_id=contact.person.public_id) if contact.person else None,
        "log_url": url_for(f"{room}.log", **door),
        "later_url": url_for(f"{room}.later", **door),
        "invite_url": url_for(f"{room}.invite", **door),
        "logs": ((CALL, _("We talked")), (MEETING, _("We met")), (WROTE, _("I wrote"))),
    }


def day_row(day: Day) -> dict[str, Any]:
    """A date to remember that comes."""
    what, on = date_words(day.row)
    return {
        "name": day.contact.name,
        "public_id": day.contact.public_id,
        "what": what,
        "when": soon_words(day.on, day.today),
        "on": on,
    }


def invite_context(contact: Contact, event: Event) -> dict[str, Any]:
    """A text that asks somebody along, and the ways to send it."""
    said, link = known(contact), site_link("pages.event", slug=event.slug)
    when = f"{long_day(starts(event).date())}, {hours_words(event)}"
    facts = {"name": contact.name.split(" ")[0], "title": event.title, "when": when, "where": where_words(event)}
    text = f"{_ask(facts)} {link}"
    phone = next((number for _kind, number in said.get("phones", ())), None)
    email = next((address for _kind, address in said.get("emails", ())), None)
    return {
        "contact": contact,
        "event": event,
        "text": text,
        "sms_url": f"sms:{quote(phone)}?&body={quote(text)}" if phone else None,
        "mail_url": f"mailto:{quote(email)}?subject={quote(event.title)}&body={quote(text)}" if email else None,
        "button": ButtonForm(formdata=None),
    }


def _ask(facts: dict[str, str]) -> str:
    if facts["where"]:
        return _("Hi %(name)s, there is %(title)s: %(when)s, %(where)s. Want to come along?", **facts)
    return _("Hi %(name)s, there is %(title)s: %(when)s. Want to come along?", **facts)
