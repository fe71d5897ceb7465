"""Offering times, voting on them, choosing one."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, Email, InputRequired, Optional

from ..forms import BaseForm, EmailField, LineField, LongField
from ..rsvps.forms import JUST_A_NAME
from ..when import NoSuchTime, TwoSuchTimes, day_ends, to_utc, zone_names
from .finding import MOST_OPTIONS, Span
from .models import TimePoll
from .words import ANSWER_WORDS, option_words

AS_ABOVE = ""
LENGTHS = {
    30: _l("30 minutes"),
    60: _l("1 hour"),
    90: _l("1½ hours"),
    120: _l("2 hours"),
    180: _l("3 hours"),
    240: _l("4 hours"),
    360: _l("6 hours"),
    480: _l("8 hours"),
}
FEW, MORE = 3, 3


class RowsForm(BaseForm):
    """Rows of a day, an hour and a length; what a row leaves empty is as in the one above."""

    rows = 0

    def spans(self, zone: str, now: datetime) -> list[Span]:
        """The times of the filled rows; what can't be meant is said at its field."""
        found, clock, minutes = [], None, None
        for number in range(1, self.rows + 1):
            day, hour, length = (self[f"{name}{number}"] for name in ("day", "time", "length"))
            clock, minutes = hour.data or clock, int(length.data or 0) or minutes
            if day.errors or hour.errors or day.data is None:
                continue
            if clock is None:
                _wrong(hour, _("When does it start?"))
                continue
            found += self._span(number, datetime.combine(day.data, clock), minutes or 120, zone, now)
        return found

    def _span(self, number: int, starts: datetime, minutes: int, zone: str, now: datetime) -> list[Span]:
        ends, hour = starts + timedelta(minutes=minutes), self[f"time{number}"]
        try:
            span = Span(starts, ends, to_utc(starts, zone), to_utc(ends, zone))
        except NoSuchTime:
            return _wrong(hour, _("Clocks go forward that night: this time does not exist. Choose another."))
        except TwoSuchTimes:
            return _wrong(hour, _("Clocks go back that night: this time comes twice. Choose another."))
        if span.starts_at <= now:
            return _wrong(self[f"day{number}"], _("This has passed already."))
        return [span]


class TimePollForm(RowsForm):
    """A time to look for."""

    group = SelectField(_l("With whom?"), default="")
    title = LineField(_l("What for?"), [DataRequired(_l("Say what for."))], limit=120)
    about = LongField(_l("What it is about"), [Optional()], limit=2000)
    place = LineField(_l("Where, in words"), [Optional()], limit=200)
    zone = SelectField(_l("Time zone"), [InputRequired()])
    closes_on = DateField(_l("Last day to vote"), [InputRequired(_l("Choose the last day to vote."))])

    def fields(self, now: datetime) -> tuple[dict[str, Any], list[Span]] | None:
        """What the poll is made of, or None with all errors at the form's."""
        self.validate()
        if self.zone.errors:
            return None
        spans = self.spans(self.zone.data, now)
        if not spans and not self.errors:
            _wrong(self["day1"], _("Offer at least one time."))
        closes_at = read_last_day(self.closes_on, self.zone.data, now)
        if self.errors:
            return None
        plain = {name: self[name].data or "" for name in ("title", "about", "place", "zone")}
        return plain | {"closes_at": closes_at}, spans


class DeadlineForm(BaseForm):
    """Until when votes are taken."""

    closes_on = DateField(_l("Last day to vote"), [InputRequired(_l("Choose the last day to vote."))])


class VoteForm(BaseForm):
    """A word on each time, by somebody whom we know: signed in, or by the link to their vote."""

    options: tuple[int, ...] = ()
    name = LineField(_l("Your name"), [DataRequired(_l("Type your name.")), JUST_A_NAME], limit=80)

    def said(self) -> dict[int, str]:
        """The answers by the option's number."""
        return {number: self[f"o{number}"].data for number in self.options if self[f"o{number}"].data}

    def validate(self, *args, **kwargs) -> bool:
        """A vote says something."""
        fine = super().validate(*args, **kwargs)
        if not self.said() and self.options:
            _wrong(self[f"o{self.options[0]}"], _("Say yes, if need be or no to at least one time."))
            return False
        return fine


class SignedInVoteForm(VoteForm):
    """The same by somebody signed in."""

    hears = BooleanField(_l("Write to me when the time is set"), default=True)


class GuestVoteForm(VoteForm):
    """The same by whoever has the poll's address."""

    email = EmailField(_l("Email"), [Optional(), Email(_l("This is not an email address."))])
    # Robots fill in what people don't see.
    website = StringField(_l("Leave this empty"))


class ChooseForm(BaseForm):
    """The time it will be, and what is made of it."""

    option = RadioField(_l("Which time?"), [InputRequired(_l("Choose the time."))])
    how = RadioField(_l("What comes of it?"), [InputRequired(_l("Choose what comes of it."))])


def rows_form(form: type[RowsForm], **given: Any) -> RowsForm:
    """The form with a few rows to fill, or as many as were sent; three more where those were asked for."""
    sent = [int(name[3:]) for name in request.form if re.fullmatch(r"day[1-9][0-9]?", name)]
    rows = min(MOST_OPTIONS, max([FEW, *sent]) + (MORE if asks_more() else 0))
    fields: dict[str, Any] = {"rows": rows}
    for number in range(1, rows + 1):
        lengths = [(str(minutes), words) for minutes, words in LENGTHS.items()]
        above = [] if number == 1 else [(AS_ABOVE, _l("As above"))]
        fields[f"day{number}"] = DateField(_l("Day %(num)d", num=number), [Optional()])
        fields[f"time{number}"] = TimeField(_l("Starts at (%(num)d)", num=number), [Optional()])
        fields[f"length{number}"] = SelectField(
            _l("How long (%(num)d)", num=number), choices=above + lengths, default="120" if number == 1 else AS_ABOVE
        )
    return type("Rows", (form,), fields)(**given)


def asks_more() -> bool:
    """Whether the button for more rows was pressed: nothing is saved then."""
    return "more" in request.form


def zone_choices() -> list[tuple[str, str]]:
    """All zones by name."""
    return [(name, name.replace("_", " ")) for name in sorted(zone_names())]


def vote_form(poll: TimePoll, form: type[VoteForm] | None = None, **given: Any) -> VoteForm:
    """The form for this viewer, with a field for each time."""
    base = form or (SignedInVoteForm if current_user.is_authenticated else GuestVoteForm)
    fields: dict[str, Any] = {"options": tuple(option.id for option in poll.options)}
    for option in poll.options:
        words = option_words(option, poll.zone)
        fields[f"o{option.id}"] = RadioField(words, [Optional()], choices=list(ANSWER_WORDS.items()))
    return type("Vote", (base,), fields)(**given)


def read_last_day(field, zone: str, now: datetime) -> datetime | None:
    """The end of the last day to vote, which is not over."""
    day: date | None = field.data
    closes_at = day and day_ends(day, zone)
    if closes_at and closes_at <= now:
        _wrong(field, _("This has passed already."))
    return closes_at


def _wrong(field, text: str) -> list:
    field.errors = [*field.errors, text]
    return []
