"""A calendar as somebody looks it over, gathered for templates/imports/one.html."""

from collections import Counter
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ..events.words import day_and_clock, short_day
from ..when import in_zone
from .ics_report import NOTES, WHY
from .models import FAILED, MADE, MAKING, READING, CalendarImport

# Of a long calendar this many dates are shown; all are counted.
SHOWN = 100


def import_context(row: CalendarImport) -> dict[str, Any]:
    """What will be made, what is here already, what is left out and why."""
    dates = [one for one in row.found.get("dates", []) if not one["cancelled"]]
    new = [one for one in dates if not one["here"]]
    notes = Counter(note for one in new for note in one["notes"])
    return {
        "row": row,
        "waits": row.state in (READING, MAKING),
        "new": [(one["title"], _when(one), one["place"]) for one in new[:SHOWN]],
        "new_count": len(new),
        "more": max(0, len(new) - SHOWN),
        "here": len(dates) - len(new),
        "left": [(title or _("(no title)"), when, WHY[why]) for title, when, why in row.found.get("left", [])],
        "notes": [(count, NOTES[note]) for note, count in notes.items()],
        "zone": row.found.get("zone", ""),
        "read_words": day_and_clock(in_zone(row.read_at, row.group.zone)) if row.read_at else "",
    }


def state_words(row: CalendarImport) -> str:
    """Where an import stands."""
    words = {
        READING: _("is being read"),
        MAKING: _("its events are being made"),
        MADE: _("its events are made"),
        FAILED: _("could not be read"),
    }
    if row.follows:
        return _("could not be read at the last try") if row.failed else _("is followed")
    return words.get(row.state, _("waits for your yes"))


def _when(one: dict[str, Any]) -> str:
    starts = datetime.fromisoformat(one["starts"])
    return short_day(starts.date()) if one["all_day"] else day_and_clock(starts)
