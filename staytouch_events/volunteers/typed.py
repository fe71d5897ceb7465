"""From what was typed about a shift to its plan; what can't be meant is said at its field."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from ..events.models import Event
from ..events.times import times
from ..when import NoSuchTime, TwoSuchTimes
from .forms import ShiftForm


def plan(form: ShiftForm, event: Event) -> dict[str, Any] | None:
    """The shift's fields, or None with all errors at the form's fields."""
    form.validate()
    if event.starts_wall is None:
        _wrong(form.day, _("Give the event a date first."))
    found = _hours(form, event) | _people(form) | _gates(form, event)
    if form.errors:
        return None
    words = {"place": form.place.data or "", "notes": form.notes.data or "", "approval": form.approval.data}
    return {**found, **words, "role_id": int(form.role_id.data)}


def _hours(form: ShiftForm, event: Event) -> dict[str, Any]:
    """An end before the start is past midnight."""
    if form.day.errors or form.starts_time.errors or form.ends_time.errors:
        return {}
    starts = datetime.combine(form.day.data, form.starts_time.data)
    ends = datetime.combine(form.day.data, form.ends_time.data)
    if ends <= starts:
        ends += timedelta(days=1)
    later = {"0": False, "1": True}.get(form.later.data or "")
    try:
        times(starts, ends, event.zone, later)
    except NoSuchTime:
        text = _("Clocks go forward that night: this time does not exist. Choose another.")
        return _wrong(form.starts_time, text)
    except TwoSuchTimes:
        return _wrong(form.later, _("This time comes twice that night. Choose which one you mean."))
    if abs(starts - event.starts_wall) > timedelta(days=60):
        return _wrong(form.day, _("This is far from the event's own day."))
    return {
        "starts_after": _minutes(event, starts),
        "lasts": (ends - starts) // timedelta(minutes=1),
        "later": bool(later),
    }


def _people(form: ShiftForm) -> dict[str, Any]:
    if form.target.errors or form.minimum.errors or form.maximum.errors:
        return {}
    target, least, most = form.target.data, form.minimum.data or 0, form.maximum.data or form.target.data
    if least > target:
        return _wrong(form.minimum, _("This is more than the hands needed."))
    if most < target:
        return _wrong(form.maximum, _("This is less than the hands needed."))
    return {"target": target, "minimum": least, "maximum": most}


def _gates(form: ShiftForm, event: Event) -> dict[str, Any]:
    if form.opens_at.errors or form.locks_at.errors or event.starts_wall is None:
        return {}
    opens, locks = form.opens_at.data, form.locks_at.data
    if opens and locks and locks <= opens:
        return _wrong(form.locks_at, _("It locks before it opens."))
    return {
        "opens_after": None if opens is None else _minutes(event, opens),
        "locks_after": None if locks is None else _minutes(event, locks),
    }


def _minutes(event: Event, wall: datetime) -> int:
    return (wall - event.starts_wall) // timedelta(minutes=1)


def _wrong(field, text: str) -> dict[str, Any]:
    field.errors = [*field.errors, text]
    return {}
