"""How it stands with one of one's people, on the page about them."""

from datetime import datetime
from typing import Any

from .known_queries import tags_by_contact
from .models import Contact
from .reach_words import day_words, kind_words, last_words, source_words, span_words, state_words, unit_of
from .rhythm_queries import kinds_of, people_of, standings

# Kinds of somebody just met.
OFFERED = ("friend", "crew", "neighbour")


def in_touch(contact: Contact, moment: datetime) -> dict[str, Any] | None:
    """Everything of contacts/_in_touch.html; nothing for details not yet looked at."""
    rows = standings(contact.owner, moment, people_of(contact.owner).where(Contact.id == contact.id))
    if not rows:
        return None
    row = rows[0]
    return {
        "kind": kind_words(contact.kind) if contact.kind else "",
        "tags": tags_by_contact([contact.id]).get(contact.id, []),
        "rhythm": source_words(row.wish, contact.kind),
        "last": last_words(row),
        "state": state_words(row) if row.wish else None,
        "next": day_words(row.due_on) if row.due_on and row.due_on > row.today else "",
        "offers": [] if row.wish else _offers(contact),
    }


def _offers(contact: Contact) -> list[tuple[str, str, str]]:
    """Key, word and rhythm of kinds that one tap gives to somebody of whom nothing was said yet."""
    kinds = [kind for kind in kinds_of(contact.owner) if kind.key in OFFERED and kind.ideal_days]
    return [(kind.key, kind_words(kind), span_words(kind.ideal_days, unit_of(kind.ideal_days))) for kind in kinds]
