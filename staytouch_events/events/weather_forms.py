"""Forms about the weather: the plan in the event's own form, and putting an event off."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, RadioField, TimeField
from wtforms.validators import DataRequired, Optional

from ..forms import BaseForm, LineField
from ..when import NoSuchTime, TwoSuchTimes, to_utc
from .models import Event
from .postponing import usual_confirm_by
from .times import times_from
from .weather import backup_wall, backup_words, decides_wall

BACKUP, DATE, UNKNOWN = "backup", "date", "unknown"
SKIPPED = _l("Clocks go forward that night: this time does not exist. Choose another.")
TWICE = _l("This time comes twice that night. Choose another.")


class PostponeForm(BaseForm):
    """To which day an event is put off, why, and by when people say that they still come."""

    to = RadioField(_l("To when?"), [DataRequired(_l("Choose one."))], choices=(), validate_choice=True)
    starts_on = DateField(_l("New day"), [Optional()])
    starts_time = TimeField(_l("Starts at"), [Optional()])
    reason = LineField(_l("Why?"), [Optional()], limit=300)
    confirm_by = DateTimeLocalField(_l("Confirm by"), [Optional()])

    def __init__(self, event: Event, now: datetime, *args, **kwargs) -> None:
        """With the backup date where there is one to come."""
        super().__init__(*args, **kwargs)
        self.event, self.now = event, now
        self.backup = _times(event, backup_wall(event))
        if self.backup and self.backup["starts_at"] <= now:
            self.backup = None
        kept = [(BACKUP, _("Backup date: %(day)s", day=backup_words(event)))] if self.backup else []
        self.to.choices = [*kept, (DATE, _("Another date")), (UNKNOWN, _("Not known yet"))]

    def times(self) -> dict[str, Any] | None:
        """The fields of the new date; None with the errors at their fields, or where it is not known."""
        if self.to.data == BACKUP:
            return self.backup
        if self.to.data == UNKNOWN:
            return None
        if self.starts_on.data is None:
            return self._wrong(self.starts_on, _("Choose the day."))
        if self.starts_time.data is None and not self.event.all_day:
            return self._wrong(self.starts_time, _("When does it start?"))
        at = datetime.min.time() if self.event.all_day else self.starts_time.data
        try:
            found = times_from(self.event, datetime.combine(self.starts_on.data, at))
        except NoSuchTime:
            return self._wrong(self.starts_time, str(SKIPPED))
        except TwoSuchTimes:
            return self._wrong(self.starts_time, str(TWICE))
        if found["starts_at"] <= self.now:
            return self._wrong(self.starts_on, _("This is over already."))
        if found["starts_at"] == self.event.starts_at:
            return self._wrong(self.starts_on, _("This is the date it has. Choose another."))
        return found

    def asked_until(self, starts_at: datetime) -> datetime | None:
        """By when people confirm: as typed, or the usual hour; None with the error at its field."""
        if self.confirm_by.data is None:
            return usual_confirm_by(starts_at, self.now)
        try:
            until = to_utc(self.confirm_by.data, self.event.zone, later=False)
        except NoSuchTime:
            return self._wrong(self.confirm_by, str(SKIPPED))
        if not self.now < until < starts_at:
            return self._wrong(self.confirm_by, _("Choose an hour between now and the new start."))
        return until

    def _wrong(self, field, text: str) -> None:
        field.errors = [*field.errors, text]


def weather_plan(form, event: Event, fields: dict[str, Any]) -> dict[str, Any]:
    """The plan for bad weather beside the times in `fields`, with errors at the event form's fields.

    An hour that was not touched keeps its distance from the start.
    """
    starts = fields.get("starts_wall")
    if starts is None or not form.weather_dependent.data:
        return {} if starts is None else {"decides_before": None, "backup_after": None}
    decides, backup = form.decides_wall.data, form.backup_wall.data
    if backup and form.all_day.data:
        backup = datetime.combine(backup, datetime.min.time())
    before = event.decides_before if decides == decides_wall(event) else _minutes(decides, starts)
    after = event.backup_after if backup == backup_wall(event) else _minutes(starts, backup)
    if before is None:
        _say(form.decides_wall, _("By when do you decide?"))
    elif before <= 0:
        _say(form.decides_wall, _("Decide before it starts."))
    if after is not None and starts + timedelta(minutes=after) < fields["ends_wall"]:
        _say(form.backup_wall, _("The backup date has to be after the first."))
    elif after is not None:
        _check_backup(form, event, fields, after)
    return {"decides_before": before, "backup_after": after}


def _check_backup(form, event: Event, fields: dict[str, Any], after: int) -> None:
    """The clocks of that night must show the time, once."""
    if fields["all_day"]:
        return
    for wall in (fields["starts_wall"], fields["ends_wall"]):
        try:
            to_utc(wall + timedelta(minutes=after), fields["zone"])
        except NoSuchTime:
            _say(form.backup_wall, str(SKIPPED))
        except TwoSuchTimes:
            _say(form.backup_wall, str(TWICE))


def _say(field, text: str) -> None:
    """One error is enough: what can't be read is not also missing."""
    field.errors = field.errors or [text]


def _times(event: Event, starts_wall: datetime | None) -> dict[str, Any] | None:
    if starts_wall is None:
        return None
    try:
        return times_from(event, starts_wall)
    except (NoSuchTime, TwoSuchTimes):
        return None


def _minutes(first: datetime | None, last: datetime | None) -> int | None:
    return None if first is None or last is None else int((last - first).total_seconds()) // 60
