"""One's own year: what one gave, whom one welcomed, with which crews. Nobody else has this page."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..attendance.hours import Stay, hours_words, stays_with
from ..people.models import Person
from ..people.queries import zone_of
from ..posts.greeting_queries import welcomed_at
from ..when import in_zone


def year_context(person: Person, moment: datetime, asked: int | None) -> dict[str, Any]:
    """The year asked for, else the present one, for pages/year.html."""
    stays, this_year = stays_with(person, moment), in_zone(moment, zone_of(person)).year
    years = sorted({this_year, *map(_year_of, stays)}, reverse=True)
    year = asked if asked in years else this_year
    mine = [stay for stay in stays if _year_of(stay) == year]
    return {
        "year": year,
        "years": [(one, url_for("pages.year", year=one), one == year) for one in years],
        "numbers": _numbers(person, mine) if mine else [],
        "crews": _crews(mine),
        "other_years": len(years) > 1,
    }


def _numbers(person: Person, stays: list[Stay]) -> list[tuple[str, str]]:
    """Each number with what it counts."""
    events = {stay.event.id for stay in stays}
    crews = len({stay.event.group_id for stay in stays})
    welcomed = sum(welcomed_at(person, events).values())
    rows = [
        (hours_words(sum(stay.minutes for stay in stays)), _("of your time")),
        (str(len(events)), ngettext("event", "events", len(events))),
        (str(crews), ngettext("crew", "crews", crews)),
    ]
    said = ngettext("newcomer while you greeted", "newcomers while you greeted", welcomed)
    return [*rows, (str(welcomed), said)] if welcomed else rows


def _crews(stays: list[Stay]) -> list[dict[str, Any]]:
    """What one gave each crew, the most first."""
    found: dict[int, list[Stay]] = {}
    for stay in stays:
        found.setdefault(stay.event.group_id, []).append(stay)
    rows = sorted(found.values(), key=lambda theirs: -sum(stay.minutes for stay in theirs))
    return [
        {
            "name": theirs[0].event.group.name,
            "url": url_for("pages.group", slug=theirs[0].event.group.slug),
            "words": ngettext("%(num)d time", "%(num)d times", len(theirs)),
            "hours": hours_words(sum(stay.minutes for stay in theirs)),
        }
        for theirs in rows
    ]


def _year_of(stay: Stay) -> int:
    return in_zone(stay.starts, stay.event.zone).year
