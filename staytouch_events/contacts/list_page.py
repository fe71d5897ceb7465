"""What the list of one's people shows."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..forms import ButtonForm
from ..people.models import Person
from ..text import clean_line
from . import find_queries
from .card_page import card_view
from .find_queries import MONTHS, NEVER, Asked
from .known_queries import known, tags_by_contact
from .met_page import just_over
from .met_queries import asks_of
from .people_queries import waiting_for
from .reach_words import kind_words, last_words, state_words
from .rhythm_queries import Standing, due, kinds_of, tags_of
from .words import met_words

TEXTS = ("q", "kind", "tag", "crew", "place", "last")


def asked() -> Asked:
    """What the address asks for; what nobody offers is left out."""
    text = {
        name: clean_line(request.args.get(name, ""))[:100] for name in ("q", "kind", "tag", "crew", "place", "last")
    }
    offered = (NEVER, *(str(number) for number in MONTHS))
    text["last"] = text["last"] if text["last"] in offered else ""
    return Asked(**text, losing=request.args.get("losing") == "1")


def list_context(person: Person, moment: datetime) -> dict[str, Any]:
    """Everything of contacts/list.html but what was just done."""
    wanted = asked()
    rows, after = find_queries.page(person, wanted, request.args.get("after", ""), moment)
    tags = tags_by_contact(row.contact.id for row in rows)
    query = {name: value for name, value in request.args.items() if name in Asked.__dataclass_fields__ and value}
    return {
        "asked": wanted,
        "people": [row_of(row, tags.get(row.contact.id, [])) for row in rows],
        "next_url": url_for("contacts.listing", **query, after=after) if after else None,
        "choices": choices(person),
        "query": query,
        "due": len(due(person, moment)) if wanted.is_whole and not request.args.get("after") else 0,
        "waiting": waiting_for(person),
        "asks": asks_of(person),
        "just_over": just_over(moment),
        "button": ButtonForm(formdata=None),
    }


def choices(person: Person) -> dict[str, list[tuple[str, str]]]:
    """What one's people can be looked through by."""
    months = [(str(number), ngettext("%(num)d month", "%(num)d months", number)) for number in MONTHS]
    return {
        "kind": [("", _("Any kind")), *((kind.key, kind_words(kind)) for kind in kinds_of(person) if kind.id)],
        "tag": [("", _("Any tag")), *((tag, tag) for tag in tags_of(person))],
        "crew": [("", _("Any crew")), *((crew.slug, crew.name) for crew in find_queries.crews_of(person))],
        "last": [("", _("Whenever")), *months, (NEVER, _("Not yet"))],
    }


def row_of(row: Standing, tags: list[str]) -> dict[str, Any]:
    """Somebody in a list."""
    contact, said = row.contact, known(row.contact)
    return card_view({part: said[part] for part in ("name", "photo") if part in said}) | {
        "public_id": contact.public_id,
        "kind": kind_words(contact.kind) if contact.kind else "",
        "tags": tags,
        "last": last_words(row) or met_words(contact),
        "state": state_words(row) if row.wish else None,
    }
