"""How an event repeats, as an organizer chooses it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from ..forms import BaseForm, CountField, LineField
from .actions import Plan
from .models import SeriesDate
from .rules import Rule
from .season import named_days

OPEN, UNTIL, COUNT = "open", "until", "count"
ROWS = (1, 2, 3)
WEEKS = (1, 2, 3, 4, 6, 8)
MONTHLY = "date"
# Instead of a day: all of them.
EACH = "all"
HOW = [
    ("", _l("Nothing more")),
    ("1", _l("Each week on")),
    *((str(weeks), _l("Every %(num)d weeks on", num=weeks)) for weeks in WEEKS[1:]),
    ("n1", _l("The month's first")),
    ("n2", _l("The month's second")),
    ("n3", _l("The month's third")),
    ("n4", _l("The month's fourth")),
    ("n-1", _l("The month's last")),
    (MONTHLY, _l("Each month on day")),
]


def _days() -> list[tuple[str, str]]:
    names = get_day_names("wide", locale=get_locale())
    return [*((f"w{day}", names[day]) for day in range(7)), *((f"d{day}", str(day)) for day in range(1, 32))]


class RepeatForm(BaseForm):
    """Up to three rules at once, an end, and days to leave out."""

    ends = RadioField(
        _l("Until when?"),
        choices=[(OPEN, _l("It stays open")), (UNTIL, _l("Until a day")), (COUNT, _l("So many times"))],
        default=OPEN,
    )
    until_on = DateField(_l("Last day"), [Optional()])
    most = CountField(_l("How many dates, with the first"), [Optional()], low=2, high=500)
    left_out = SelectMultipleField(_l("Leave out"), [Optional()], validate_choice=False)

    def plan(self, first: date) -> Plan | None:
        """What was chosen, or None with all errors at the form's fields."""
        self.validate()
        rules = [rule for rule in map(self._rule, ROWS) if rule]
        if not rules and not self.errors:
            _wrong(self["how1"], _("Choose how it repeats."))
        if self.ends.data == UNTIL and (self.until_on.data is None or self.until_on.data <= first):
            _wrong(self.until_on, _("Choose a day after the first date."))
        if self.ends.data == COUNT and self.most.data is None and not self.most.errors:
            _wrong(self.most, _("How many?"))
        if {name for name in self.errors if name != "csrf_token"}:
            return None
        until = self.until_on.data if self.ends.data == UNTIL else None
        return Plan(rules, until, self.most.data if self.ends.data == COUNT else None, self._left_out())

    def _rule(self, number: int) -> Rule | None:
        how, day = self[f"how{number}"].data, self[f"day{number}"].data or ""
        if not how:
            return None
        if (how == MONTHLY) != day.startswith("d"):
            words = _("Choose a day from 1 to 31.") if how == MONTHLY else _("Choose a day of the week.")
            return _wrong(self[f"day{number}"], words)
        if how == MONTHLY:
            return {"day": int(day[1:])}
        kind, count = ("nth", int(how[1:])) if how.startswith("n") else ("every", int(how))
        return {kind: count, "weekday": int(day[1:])}

    def _left_out(self) -> tuple[date, ...]:
        found = []
        for text in self.left_out.data or ():
            try:
                found.append(date.fromisoformat(text))
            except ValueError:
                continue
        return tuple(found)


class RuleForm(RepeatForm):
    """Another rule, from one date on. What is ticked under `left_out` of the dates asked about is called off."""

    most = CountField(_l("How many dates, from this one on"), [Optional()], low=1, high=500)
    reason = LineField(_l("Why?"), [Optional()], limit=300)
    # What somebody looked at before they pressed, as `Outcome.seen` says it.
    seen = HiddenField()

    def cancelled(self, asked: Collection[date]) -> Collection[date]:
        """Which of the dates asked about are called off."""
        return asked if EACH in (self.left_out.data or ()) else set(asked) & set(self._left_out())


class DateForm(BaseForm):
    """One day to add or to leave out."""

    on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    reason = LineField(_l("Why?"), [Optional()], limit=300)


class EndForm(BaseForm):
    """Why the dates from one on are off."""

    reason = LineField(_l("Why?"), [Optional()], limit=300)


def repeat_form(first: date, sent: Any = None, base: type[RepeatForm] = RepeatForm, **given: Any) -> RepeatForm:
    """The form with what was sent, else with what is given; at first each week on the weekday of the first date."""
    fields: dict[str, Any] = {}
    for number in ROWS:
        fields[f"how{number}"] = SelectField(
            _l("It repeats") if number == 1 else _l("And"), choices=HOW, default="1" if number == 1 else ""
        )
        fields[f"day{number}"] = SelectField(_l("Day"), choices=_days(), default=f"w{first.weekday()}")
    return type("Repeat", (base,), fields)(sent, **given)


def rule_form(row: SeriesDate, sent: Any = None) -> RuleForm:
    """The form of another rule, with what was sent, else with the rule that there is, counted from this date."""
    series, given = row.series, {}
    for number, rule in zip(ROWS, series.rules, strict=False):
        given[f"how{number}"], given[f"day{number}"] = _chosen(rule)
    if series.until_on:
        given |= {"ends": UNTIL, "until_on": series.until_on}
    elif series.most:
        given |= {"ends": COUNT, "most": sum(day >= row.on_date for day in named_days(series))}
    return repeat_form(row.on_date, sent, RuleForm, **given)


def _chosen(rule: Rule) -> tuple[str, str]:
    """A rule as its two selects have it."""
    if "day" in rule:
        return MONTHLY, f"d{rule['day']}"
    return f"n{rule['nth']}" if "nth" in rule else str(rule["every"]), f"w{rule['weekday']}"


def _wrong(field, text: str) -> None:
    field.errors = [*field.errors, text]
