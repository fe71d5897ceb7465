"""What helpers see: who is expected, who is here, and the poster's numbers."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ..events.models import PUBLISHED, Event
from ..events.words import clock, short_day, starts
from ..rsvps.additions import roster_words, signed_words
from ..rsvps.models import MAYBE, WAITING, Rsvp
from ..text import fold
from ..when import in_zone
from .briefing import day_context, readers
from .queries import Attendee, attendees, expected
from .readiness import Asked, asked_at, readiness

# The lists to choose from.
ALL, AWAY = "all", "away"


def console(event: Event, search: str, show: str) -> dict[str, Any]:
    """The numbers, and the rows that were asked for."""
    everyone, jobs, asked, read = attendees(event), roster_words(event), asked_at(event), readers(event)
    here = sum(row.people for row in everyone if row.presence.here)
    away = [row for row in everyone if not row.presence.came]
    shown = [row for row in (away if show == AWAY else everyone) if fold(search) in fold(row.party.name)]
    wanted = expected(everyone)
    return {
        "event": event,
        "day": short_day(starts(event).date()) if event.starts_at else "",
        "on": event.state == PUBLISHED,
        "search": search,
        "show": show,
        "here": here,
        "here_words": ngettext("of %(num)d person is here", "of %(num)d people are here", wanted),
        "here_share": min(here, wanted),
        "expected": wanted,
        "everyone": len(everyone),
        "away": len(away),
        "day_info": day_context(event, crew=True),
        "rows": [_row(row, event, jobs, asked, row.who in read) for row in shown],
    }


def came_words(event: Event) -> str | None:
    """ "38 people came, 5 of them under 18": for organizers."""
    came = [row.presence for row in attendees(event) if row.presence.came]
    people, minors = sum(row.people for row in came), sum(row.minors for row in came)
    if not people:
        return None
    words = ngettext("%(num)d person came", "%(num)d people came", people)
    return _("%(people)s, %(minors)d under 18", people=words, minors=minors) if minors else words


def sheet_rows(event: Event) -> list[dict[str, Any]]:
    """Everyone who is expected, for a sheet on paper."""
    jobs, signed = roster_words(event), signed_words(event)
    rows = (row for row in attendees(event) if isinstance(row.party, Rsvp))
    return [
        {
            "name": row.party.name,
            "party": _party_words(row) or "1",
            "jobs": jobs.get(row.party.id, ""),
            "signed": signed.get(row.party.id, ""),
        }
        for row in rows
    ]


def moment_words(moment, event: Event) -> str:
    """A time of day at the place."""
    return clock(in_zone(moment, event.zone))


def _row(row: Attendee, event: Event, jobs: dict[int, str], asked: Asked | None, has_read: bool) -> dict[str, Any]:
    presence, party = row.presence, row.party
    answered = isinstance(party, Rsvp)
    said = _party_words(row)
    return {
        "who": row.who,
        "name": party.name,
        "folded": fold(party.name),
        "party": said,
        "notes": [
            words
            for words in (
                _standing(party),
                jobs.get(party.id) if answered else None,
                _("brief read") if has_read else None,
            )
            if words
        ],
        "ready": readiness(asked, party, row.adults, row.minors) if asked else None,
        "adults": row.adults,
        "minors": row.minors,
        "several": row.people > 1 or (answered and party.party > 1),
        "here": moment_words(presence.since, event) if presence.here else None,
        "left": moment_words(presence.left, event) if presence.left else None,
    }


def _party_words(row: Attendee) -> str:
    """ "with 2 under 18", "3 people", or nothing for one."""
    if row.people < 2:
        return _("under 18") if row.minors else ""
    if row.adults == 1:
        return ngettext("with %(num)d under 18", "with %(num)d under 18", row.minors)
    words = ngettext("%(num)d person", "%(num)d people", row.people)
    return _("%(people)s, %(minors)d under 18", people=words, minors=row.minors) if row.minors else words


def _standing(party) -> str:
    """What is not a seat."""
    if not isinstance(party, Rsvp):
        return _("walk-up")
    return _("in line") if party.standing == WAITING else _("maybe") if party.answer == MAYBE else ""
