"""What the page about one of one's people shows."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import get_locale

from ..access.events import may_see
from ..forms import ButtonForm
from ..markdown import html
from ..people.queries import zone_of
from ..when import in_zone
from .card_page import card_view
from .models import Contact
from .people_queries import dates_of, given_to, notes_of
from .person_forms import DateForm, NoteForm, TouchForm
from .rhythm_page import in_touch
from .together import Moment, together
from .words import date_words, day_of, long_date, met_words, today_of, version_words


def person_context(contact: Contact, moment: datetime, **forms) -> dict[str, Any]:
    """Everything of contacts/person.html; a form that was wrong comes in `forms` by its name."""
    today, half = today_of(contact.owner, moment), given_to(contact)
    shared, own = contact.shared, {part: said for part, said in contact.own.items() if said}
    event = contact.met_event
    return {
        "contact": contact,
        "photo_url": card_view(own if own.get("photo") else shared)["photo_url"],
        "met": met_words(contact),
        "met_url": url_for("pages.event", slug=event.slug) if event and may_see(contact.owner, event) else None,
        "left_on": day_of(contact.created_at, contact.owner) if contact.waits else None,
        "shared": card_view(shared) if shared else None,
        "own": card_view(own) if own else None,
        "ways": _ways(own, shared),
        "given": version_words(half.card.version) if half else None,
        "notes": [(note, long_date(note.noted_on), html(note.text)) for note in notes_of(contact)],
        "dates": [(row, *date_words(row)) for row in dates_of(contact)],
        "moments": [_shown(row, contact) for row in together(contact, moment)],
        "touch": in_touch(contact, moment),
        "today": today,
        "language": str(get_locale()),
        "button": ButtonForm(formdata=None),
        "note_form": forms.get("note") or NoteForm(formdata=None, data={"noted_on": today}),
        "touch_form": forms.get("touch") or TouchForm(formdata=None, data={"touched_on": today}, today=today),
        "date_form": forms.get("date") or DateForm(formdata=None, data={"month": today.month}),
    }


def _ways(own: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """The first number and the first address, one's own before theirs: what is one tap away."""
    return {part: (own.get(part) or shared.get(part) or [])[:1] for part in ("phones", "emails")}


def _shown(row: Moment, contact: Contact) -> dict[str, Any]:
    day = in_zone(row.at, row.zone or zone_of(contact.owner)).date()
    url = url_for(row.page[0], **row.page[1]) if row.page else None
    return {"day": long_date(day), "words": row.words, "url": url, "said": row.said, "row_id": row.row_id}
