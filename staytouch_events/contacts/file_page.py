"""What one sees of a file of people before it is taken in."""

from typing import Any

from flask_babel import gettext as _

from ..people.models import Person
from ..vcard_reader import Trouble
from .file_forms import TakeForm
from .importing import Proposal, cards_in, is_sure, proposals
from .reach_models import PeopleFile

MOST_TOLD = 20


def look_context(owner: Person, file: PeopleFile, form: TakeForm) -> dict[str, Any]:
    """Everything of contacts/look.html."""
    reading = cards_in(file.data)
    found = proposals(owner, reading.cards)
    return {
        "file": file,
        "form": form,
        "doubles": [_row(one, found) for one in found if one.double],
        "others": [_row(one, found) for one in found if not one.double],
        "pictures": sum(bool(one.card.photo) for one in found),
        "kept": sorted({line.key for card in reading.cards for line in card.rest if line.key != "ADR"}),
        "troubles": [trouble_words(trouble) for trouble in reading.troubles[:MOST_TOLD]],
        "more_troubles": max(0, len(reading.troubles) - MOST_TOLD),
    }


def trouble_words(trouble: Trouble) -> str:
    """What could not be read."""
    line = trouble.line
    words = {
        "end": _("Line %(line)d: this card breaks off. It is left out.", line=line),
        "empty": _("Line %(line)d: a card with neither a name nor a way to reach anybody.", line=line),
        "group": _("Line %(line)d: a list of people, not a person.", line=line),
        "line": _("Line %(line)d could not be read; the rest of its card is there.", line=line),
        "many": _("From line %(line)d on there are too many for one file. Bring them in a second one.", line=line),
    }
    return words[trouble.why]


def _row(one: Proposal, found: list[Proposal]) -> dict[str, Any]:
    ways = (value for part in ("phones", "emails") for _kind, value in one.said.get(part, ()))
    return {
        "position": one.position,
        "name": one.said.get("name", ""),
        "ways": ", ".join(ways) or one.said.get("company", ""),
        "double": _double_words(one, found) if one.double else "",
        "sure": is_sure(one),
    }


def _double_words(one: Proposal, found: list[Proposal]) -> str:
    target, by = one.double
    name = found[target].said.get("name", "") if isinstance(target, int) else target.name
    return {
        "mail": _("Same address as %(name)s", name=name),
        "number": _("Same number as %(name)s", name=name),
        "name": _("Same name as %(name)s", name=name),
    }[by]
