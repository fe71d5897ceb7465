"""Asking a crew, and choosing."""

import re
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectMultipleField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..forms import BaseForm, CountField, LineField, LongField
from .time_forms import asks_more, read_last_day

FEW, MOST = 4, 20


class PollForm(BaseForm):
    """A question and its options."""

    rows = 0
    question = LineField(_l("What do you ask?"), [DataRequired(_l("Type the question."))], limit=160)
    about = LongField(_l("What helps to decide"), [Optional()], limit=2000)
    several = BooleanField(_l("One may choose several"))
    anonymous = BooleanField(_l("Nobody sees who chose what"))
    closes_on = DateField(_l("Last day, if it has one"), [Optional()])

    def fields(self, zone: str, now: datetime) -> tuple[dict[str, Any], list[tuple[str, int | None]]] | None:
        """What the poll is made of, or None with all errors at the form's."""
        self.validate()
        closes_at = read_last_day(self.closes_on, zone, now)
        options = self._options()
        if self.errors:
            return None
        plain = {name: self[name].data for name in ("question", "several", "anonymous")}
        return plain | {"about": self.about.data or "", "closes_at": closes_at}, options

    def _options(self) -> list[tuple[str, int | None]]:
        """The filled rows; what can't be meant is said at its field."""
        found: dict[str, int | None] = {}
        for number in range(1, self.rows + 1):
            words, most = self[f"words{number}"], self[f"most{number}"]
            if words.data and words.data in found:
                words.errors = [*words.errors, _("This is there already.")]
            if most.data and self.anonymous.data:
                most.errors = [*most.errors, _("With a limit it shows who has what: choose one or the other.")]
            if words.data:
                found[words.data] = most.data
        if len(found) < 2 and not self.words1.errors:
            self.words1.errors = [_("Write at least two options.")]
        return list(found.items())


class ReopenForm(BaseForm):
    """Until when it goes on."""

    closes_on = DateField(_l("Last day, if it has one"), [Optional()])


class ChooseOneForm(BaseForm):
    """One option, or none any more."""

    choice = RadioField(_l("Your choice"), [Optional()])

    def numbers(self) -> list[int]:
        """The numbers of what was chosen."""
        return [int(self.choice.data)] if self.choice.data else []


class ChooseSeveralForm(BaseForm):
    """Any of the options."""

    choice = SelectMultipleField(
        _l("Your choice"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def numbers(self) -> list[int]:
        """The numbers of what was chosen."""
        return [int(number) for number in self.choice.data or ()]


def poll_form(**given: Any) -> PollForm:
    """The form with a few rows to fill, or as many as were sent; more where those were asked for."""
    sent = [int(name[5:]) for name in request.form if re.fullmatch(r"words[1-9][0-9]?", name)]
    rows = min(MOST, max([FEW, *sent]) + (FEW if asks_more() else 0))
    fields: dict[str, Any] = {"rows": rows}
    for number in range(1, rows + 1):
        fields[f"words{number}"] = LineField(_l("Option %(num)d", num=number), [Optional()], limit=120)
        fields[f"most{number}"] = CountField(_l("At most (%(num)d)", num=number), [Optional()], low=1, high=999)
    return type("Rows", (PollForm,), fields)(**given)
