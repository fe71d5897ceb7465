"""Forms about the bring list, and the lines that an organizer pastes."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms.validators import DataRequired, InputRequired, Optional

from ..forms import BaseForm, CountField, LineField, LongField
from ..text import clean_line, fold
from .forms import ClaimForm, GuestClaimForm

MOST, NAME = 500, 80
# "6 grabbers", "- 4x buckets (with lids)", "a truck bed".
_LINE = re.compile(r"[-*•·\s]*(?:(?P<wanted>[0-9]{1,4})\s*[x×]?\s+)?(?P<name>[^()]+?)\s*(?:\((?P<note>[^()]*)\))?")


class ItemForm(BaseForm):
    """One thing of the list."""

    name = LineField(_l("What"), [DataRequired(_l("Say what it is."))], limit=NAME)
    wanted = CountField(_l("How many"), [InputRequired(_l("How many?"))], low=1, high=MOST, default=1)
    note = LineField(_l("Note"), [Optional()], limit=200)

    def fields(self) -> dict[str, Any] | None:
        """The thing's fields, or None with all errors at the form's."""
        if not self.validate():
            return None
        return {"name": self.name.data, "wanted": self.wanted.data, "note": self.note.data or ""}


class LinesForm(BaseForm):
    """Several things, one a line."""

    lines = LongField(_l("One thing a line"), [DataRequired(_l("Type a line for each thing."))], limit=5000)

    def things(self) -> list[dict[str, Any]] | None:
        """The things' fields, or None with what is wrong at the field."""
        if not self.validate():
            return None
        lines = [line for line in map(clean_line, self.lines.data.splitlines()) if line]
        found = [_thing(line) for line in lines]
        names = [fold(thing["name"]) for thing in found if thing]
        wrong = [line for line, thing in zip(lines, found, strict=True) if thing is None]
        if wrong:
            self.lines.errors = [_("We can't read this line: “%(line)s”. Write it like “6 grabbers”.", line=wrong[0])]
        elif len(set(names)) < len(names):
            self.lines.errors = [_("One thing stands there twice. Write it once, with its number.")]
        return None if self.lines.errors else found


class BringForm(ClaimForm):
    """How many of a thing somebody brings."""

    quantity = CountField(_l("How many do you bring?"), [InputRequired(_l("How many?"))], low=1, high=MOST, default=1)


class GuestBringForm(BringForm, GuestClaimForm):
    """The same on the public page, by whoever has the address."""


class QuantityForm(BaseForm):
    """The number alone, on the page of one's answer."""

    quantity = CountField(_l("How many do you bring?"), [InputRequired(_l("How many?"))], low=1, high=MOST, default=1)


def bring_form(**given) -> BringForm:
    """The form for this viewer."""
    return BringForm(**given) if current_user.is_authenticated else GuestBringForm(**given)


def _thing(line: str) -> dict[str, Any] | None:
    """A line's thing; None where it names none, or too many of it."""
    found = _LINE.fullmatch(line)
    if found is None or len(found["name"]) > NAME or not any(letter.isalpha() for letter in found["name"]):
        return None
    wanted = int(found["wanted"] or 1)
    if not 1 <= wanted <= MOST:
        return None
    return {"name": found["name"], "wanted": wanted, "note": (found["note"] or "")[:200]}
