"""Forms about all of a kind or tag, and about being reminded."""

from datetime import time

from babel.dates import format_time, get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, ValidationError

from ..forms import BaseForm
from .digests import is_quiet_hour
from .models import ContactKind, TagRhythm
from .people_forms import RhythmForm, in_units


def weekday_choices() -> list[tuple[int, str]]:
    """The days of a week."""
    return list(get_day_names("wide", "stand-alone", get_locale()).items())


def hour_choices() -> list[tuple[int, str]]:
    """The hours of a day."""
    return [(hour, format_time(time(hour), "short", locale=get_locale())) for hour in range(24)]


class RemindForm(BaseForm):
    """Whether and when somebody is reminded."""

    is_on = BooleanField(_l("Remind me whom to write to"))
    by_mail = BooleanField(_l("Once a week by mail, when there is somebody"))
    weekday = SelectField(_l("Day"), choices=weekday_choices, coerce=int)
    hour = SelectField(_l("Hour"), choices=hour_choices, coerce=int)
    quiet_from = SelectField(_l("No mail from"), choices=hour_choices, coerce=int)
    quiet_until = SelectField(_l("until"), choices=hour_choices, coerce=int)

    def validate_hour(self, field: SelectField) -> None:
        """Not in one's own quiet hours."""
        quiet = (self.quiet_from.data, self.quiet_until.data)
        if None not in (*quiet, field.data) and is_quiet_hour(field.data, *quiet):
            raise ValidationError(_("This lies in your quiet hours."))


def rhythm_form(row: ContactKind | TagRhythm | None, prefix: str, sent: str | None) -> RhythmForm:
    """The form of one kind or tag, with what was sent for it, where it was this one."""
    known = in_units(row.ideal_days, row.longest_days) if row else in_units(None, None)
    form = RhythmForm(prefix=f"{prefix}-", data=known) if sent == prefix else None
    return form or RhythmForm(formdata=None, prefix=f"{prefix}-", data=known)
