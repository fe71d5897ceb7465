"""What organizers see of logs: an event's, and what of it is to do."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from ..events.models import Event
from ..events.words import short_day
from ..forms import ButtonForm
from ..when import in_zone
from .forms import SendBackForm
from .items import ITEMS
from .models import APPROVED, PROPOSED, ImpactLog
from .offers import offer
from .queries import changes_of, logs_of, waiting_in
from .summary import log_summary
from .words import bags_words

FIELDS = {
    "bags_trash": lambda: _("Bags of trash"),
    "bags_recycling": lambda: _("Bags of recycling"),
    "bags_green": lambda: _("Bags of green waste"),
    "team": lambda: _("Team"),
    "grams": lambda: _("Weight in grams"),
    "method": lambda: _("Weighed by"),
    "metres": lambda: _("Length in meters"),
    "ground": lambda: _("Along"),
    "square_metres": lambda: _("Area in square meters"),
    "adults": lambda: _("Adults"),
    "minors": lambda: _("Under 18"),
    "minutes": lambda: _("Minutes of all people together"),
    "syringe_place": lambda: _("Where the syringes lay"),
    "oddest": lambda: _("Oddest find"),
    "note": lambda: _("Note"),
}


def desk_context(event: Event, unit: str, moment: datetime, wrong: tuple[int, SendBackForm] | None = None) -> dict:
    """The logs of an event: what waits first. `wrong` is the form to send one back, with its errors."""
    logs = sorted(logs_of(event), key=lambda log: (log.state != PROPOSED, log.id))
    known = offer(event, moment)
    return {
        "event": event,
        "logs": [_row(log, unit, event) for log in logs],
        "waiting": sum(log.state == PROPOSED for log in logs),
        "came": known,
        "button": ButtonForm(formdata=None),
        "back": lambda number: wrong[1] if wrong and wrong[0] == number else SendBackForm(formdata=None),
        "wrong": wrong and wrong[0],
        "new_url": url_for("impact.new", slug=event.slug),
    }


def todos(group_ids: list[int]) -> list[dict[str, Any]]:
    """What waits for an organizer's yes, for the dashboard."""
    return [_todo(event, logs, bags) for event, logs, bags in waiting_in(group_ids)]


def _todo(event: Event, logs: int, bags: int) -> dict[str, Any]:
    waiting = ngettext("An impact log to approve", "%(num)d impact logs to approve", logs)
    return {
        "by": _("Soon"),
        "by_small": "",
        "now": False,
        "title": _("%(logs)s: %(event)s", logs=waiting, event=event.title),
        "text": _("%(bags)s. It counts once you say that it is so.", bags=bags_words(bags)),
        "actions": [(_("Look at it"), url_for("impact_desk.logs", slug=event.slug))],
    }


def _row(log: ImpactLog, unit: str, event: Event) -> dict[str, Any]:
    return log_summary(log, unit, private=True) | {
        "url": url_for("impact.one", slug=event.slug, number=log.id),
        "waits": log.state == PROPOSED,
        "counts": log.state == APPROVED,
        "changes": [
            {
                "day": short_day(in_zone(change.made_at, event.zone).date()),
                "by": change.made_by.name if change.made_by else "?",
                "words": [_change(name, *values) for name, values in change.changed.items()],
            }
            for change in changes_of(log)
        ],
    }


def _change(name: str, was: Any, now: Any) -> str:
    label = FIELDS[name]() if name in FIELDS else str(ITEMS[name].label) if name in ITEMS else name
    return _("%(what)s: %(was)s → %(now)s", what=label, was=_said(was), now=_said(now))


def _said(value: Any) -> str:
    if value in (None, ""):
        return "–"
    return format_decimal(value) if isinstance(value, int) else str(value)
