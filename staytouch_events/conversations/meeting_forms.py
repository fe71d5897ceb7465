"""Proposing three times."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import DateField, SelectField, TimeField
from wtforms.validators import DataRequired, Optional

from ..forms import BaseForm, LineField, LongField
from ..when import NoSuchTime, TwoSuchTimes, to_utc
from .actions import LONGEST

TIMES = (1, 2, 3)
MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)


class ProposeForm(BaseForm):
    """What, where, how long, and up to three times."""

    what = LineField(_l("What"), [DataRequired(_l("Say what it is: coffee, a walk, a call."))], limit=80)
    place = LineField(_l("Where, in words"), [Optional()], limit=160)
    minutes = SelectField(_l("How long"), coerce=int)
    day1 = DateField(_l("First day"), [DataRequired(_l("Choose a day."))])
    time1 = TimeField(_l("at"), [DataRequired(_l("Choose a time."))])
    day2 = DateField(_l("Second day"), [Optional()])
    time2 = TimeField(_l("at"), [Optional()])
    day3 = DateField(_l("Third day"), [Optional()])
    time3 = TimeField(_l("at"), [Optional()])
    text = LongField(_l("A word along with it"), [Optional()], limit=LONGEST)

    def __init__(self, *args, **kwargs) -> None:
        """With the lengths in words."""
        super().__init__(*args, **kwargs)
        self.minutes.choices = [(minutes, _length(minutes)) for minutes in MINUTES]

    @property
    def pairs(self) -> list[tuple]:
        """The fields of each time: day and hour."""
        return [(self[f"day{number}"], self[f"time{number}"]) for number in TIMES]

    def instants(self, zone: str, now: datetime) -> list[datetime] | None:
        """The times as instants, in order; None with all that is wrong at the fields."""
        self.validate()
        found = {self._instant(day, hour, zone, now) for day, hour in self.pairs if day.data or hour.data}
        return None if self.errors else sorted(found)

    def _instant(self, day, hour, zone: str, now: datetime) -> datetime | None:
        if day.data is None or hour.data is None:
            wrong = day if day.data is None else hour
            wrong.errors = wrong.errors or [_("Choose a day.") if wrong is day else _("Choose a time.")]
            return None
        try:
            instant = to_utc(datetime.combine(day.data, hour.data), zone)
        except NoSuchTime:
            hour.errors = [_("Clocks go forward that night: this time does not exist. Choose another.")]
            return None
        except TwoSuchTimes:
            hour.errors = [_("Clocks go back that night: this time comes twice. Choose another.")]
            return None
        if instant <= now:
            day.errors = [_("This has passed.")]
            return None
        return instant


def _length(minutes: int) -> str:
    """ "45 minutes", "1½ hours"."""
    if minutes < 60:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes)
    hours, half = divmod(minutes, 60)
    if half:
        return _("%(num)d½ hours", num=hours)
    return ngettext("%(num)d hour", "%(num)d hours", hours)
