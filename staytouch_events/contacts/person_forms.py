"""Forms about one of one's people."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, ValidationError
from wtforms.validators import DataRequired, Email, InputRequired, Optional

from ..forms import BaseForm, CountField, LineField, LongField
from .card_forms import PHONE
from .models import ANNIVERSARY, BIRTHDAY, CALL, MEETING, OTHER_DATE, WROTE
from .words import month_choices

# A year in which there is a 29 February.
LEAP = 2000
MOST_LINES = 20


class OwnForm(BaseForm):
    """What one writes of somebody, beside what they share."""

    name = LineField(_l("What you call them"), [Optional()], limit=80)
    phones = LongField(_l("Phones, one a line"), [Optional()], limit=1000)
    emails = LongField(_l("Email addresses, one a line"), [Optional()], limit=2000)
    company = LineField(_l("Company or school"), [Optional()], limit=120)
    title = LineField(_l("What they do there"), [Optional()], limit=120)
    addresses = LongField(_l("Postal addresses, one a line"), [Optional()], limit=2000)
    met_words = LineField(_l("Where you met"), [Optional()], limit=200)

    def validate_phones(self, field: LongField) -> None:
        """Each line a number."""
        _check_lines(self, field, PHONE)

    def validate_emails(self, field: LongField) -> None:
        """Each line an address."""
        _check_lines(self, field, Email(_("Type email addresses, one a line.")))

    def own(self, before: dict[str, Any]) -> dict[str, Any]:
        """What is kept now: what this form does not ask, and the kind of each number that stays, as before."""
        texts = {name: self[name].data or "" for name in ("name", "company", "title")}
        return {**before, **texts, **{part: _pairs(self[part].data, before.get(part, ())) for part in LISTS}}


LISTS = ("phones", "emails", "addresses")


def own_form(own: dict[str, Any], met_words: str, **kwargs) -> OwnForm:
    """The form with what stands there."""
    known = {name: own.get(name, "") for name in ("name", "company", "title")}
    known |= {part: "\n".join(value for _kind, value in own.get(part, ())) for part in LISTS}
    return OwnForm(data=known | {"met_words": met_words}, **kwargs)


class NoteForm(BaseForm):
    """A note, of a day."""

    text = LongField(_l("What to remember"), [DataRequired(_l("Write something down."))], limit=10_000)
    noted_on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])


class TouchForm(BaseForm):
    """A call, a meeting, a message elsewhere."""

    what = RadioField(
        _l("What it was"),
        choices=[(CALL, _l("We talked")), (MEETING, _l("We met")), (WROTE, _l("We wrote"))],
        default=CALL,
    )
    touched_on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    words = LineField(_l("About what"), [Optional()], limit=200)

    def __init__(self, *args, today: date, **kwargs) -> None:
        """Nothing is logged of days to come."""
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_touched_on(self, field: DateField) -> None:
        """Not after today."""
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is still to come."))


class DateForm(BaseForm):
    """A day of the year to remember."""

    what = SelectField(
        _l("What it is"),
        choices=[(BIRTHDAY, _l("Birthday")), (ANNIVERSARY, _l("Anniversary")), (OTHER_DATE, _l("Something else"))],
        default=BIRTHDAY,
    )
    label = LineField(_l("What, if something else"), [Optional()], limit=80)
    month = SelectField(_l("Month"), choices=month_choices, coerce=int)
    day = CountField(_l("Day"), [InputRequired(_l("Which day?"))], low=1, high=31)
    year = CountField(_l("Year"), [Optional()], low=1850, high=2200)

    def validate_day(self, field: CountField) -> None:
        """A day that there is: in that year, where it was said."""
        try:
            date(self.year.data or LEAP, self.month.data, field.data or 0)
        except (ValueError, TypeError):
            raise ValidationError(_("There is no such day.")) from None

    def day_of_year(self) -> tuple[int, int, int | None]:
        """Month, day, and the year where it is known."""
        return self.month.data, self.day.data, self.year.data


def _check_lines(form: BaseForm, field: LongField, check) -> None:
    lines = _lines(field.data)
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(max)d lines.", max=MOST_LINES))
    whole = field.data
    try:
        for field.data in lines:
            check(form, field)
    finally:
        field.data = whole


def _lines(text: str | None) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def _pairs(text: str | None, before) -> list[list[str]]:
    kinds = {value: kind for kind, value in before}
    return [[kinds.get(line, ""), line] for line in _lines(text)]
