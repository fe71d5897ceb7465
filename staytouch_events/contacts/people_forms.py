"""Forms about who is kept, what they are, and how often to be in touch."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, Optional

from ..forms import BaseForm, CountField, LineField
from ..people.models import Person
from ..text import clean_line
from .models import Contact
from .person_forms import OwnForm
from .reach_words import UNITS, kind_words, unit_of
from .rhythm_queries import kinds_of
from .sorting import MOST_TAGS, Days

USUAL, NEVER, OWN = "usual", "never", "own"
MOST_TAG = 40


def unit_choices() -> list[tuple[str, str]]:
    """The units of a rhythm."""
    return [("days", _("days")), ("weeks", _("weeks")), ("months", _("months"))]


class RhythmForm(BaseForm):
    """How often to be in touch, and the longest one lets it be."""

    every = CountField(_l("Every"), [Optional()], low=1, high=500)
    longest = CountField(_l("At the latest after"), [Optional()], low=1, high=500)
    unit = SelectField(_l("Unit"), choices=unit_choices, default="weeks")

    def validate_longest(self, field: CountField) -> None:
        """Not sooner than one wishes."""
        if field.data and self.every.data and field.data < self.every.data:
            raise ValidationError(_("The longest is no shorter than what you wish for."))

    def days(self) -> Days:
        """In days; none is never."""
        length = UNITS[self.unit.data]
        if not self.every.data:
            return 0, None
        return self.every.data * length, self.longest.data and self.longest.data * length


def in_units(ideal: int | None, longest: int | None) -> dict[str, Any]:
    """A rhythm as the form shows it."""
    if not ideal:
        return {"every": None, "longest": None, "unit": "weeks"}
    unit = unit_of(ideal, longest)
    return {"every": ideal // UNITS[unit], "longest": longest and longest // UNITS[unit], "unit": unit}


class KindForm(RhythmForm):
    """A kind of one's own."""

    name = LineField(_l("What you call it"), [DataRequired(_l("Type a word for it."))], limit=40)


class SortedForm(RhythmForm):
    """What somebody is: kind, tags, rhythm."""

    kind = SelectField(_l("What they are to you"), [Optional()])
    tags = LineField(_l("Tags, with commas between"), [Optional()], limit=400)
    how = RadioField(
        _l("Remind me"),
        choices=[(USUAL, _l("As their tags or kind say")), (OWN, _l("At their own rhythm")), (NEVER, _l("Never"))],
        default=USUAL,
    )

    def __init__(self, *args, owner: Person, **kwargs) -> None:
        """With the kinds of the one who keeps them."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("Nothing yet")), *((kind.key, kind_words(kind)) for kind in kinds_of(owner))]

    def validate_how(self, field: RadioField) -> None:
        """A rhythm of their own has a number."""
        if field.data == OWN and not self.every.data:
            self.every.errors = [*self.every.errors, _("Type how often.")]
            raise ValidationError(_("How often? Fill in the number."))

    def tag_words(self) -> list[str]:
        """The tags, each once."""
        return tag_list(self.tags.data)

    def rhythm(self) -> Days:
        """Their own, never, or nothing of their own."""
        return {USUAL: (None, None), NEVER: (0, None)}.get(self.how.data) or self.days()


class NewForm(OwnForm):
    """Somebody new."""

    name = LineField(_l("Name"), [DataRequired(_l("Type a name."))], limit=80)
    kind = SelectField(_l("What they are to you"), [Optional()])
    tags = LineField(_l("Tags, with commas between"), [Optional()], limit=400)

    def __init__(self, *args, owner: Person, **kwargs) -> None:
        """With the kinds of the one who keeps them."""
        super().__init__(*args, **kwargs)
        self.kind.choices = [("", _("Nothing yet")), *((kind.key, kind_words(kind)) for kind in kinds_of(owner))]


def sorted_form(contact: Contact, tags: list[str], **kwargs) -> SortedForm:
    """The form with what stands there."""
    how = USUAL if contact.ideal_days is None else OWN if contact.ideal_days else NEVER
    known = {"kind": contact.kind.key if contact.kind else "", "tags": ", ".join(tags), "how": how}
    return SortedForm(data=known | in_units(contact.ideal_days, contact.longest_days), owner=contact.owner, **kwargs)


def tag_list(text: str | None) -> list[str]:
    """Words between commas."""
    words = (clean_line(word)[:MOST_TAG] for word in (text or "").split(","))
    return [word for word in dict.fromkeys(words) if word][:MOST_TAGS]
