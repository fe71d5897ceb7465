"""What shares an event: its short link, words for messengers, and a flyer to print."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..events.models import CANCELLED, POSTPONED, UNLISTED, Event
from ..events.places import whereabouts
from ..events.weather import backup_words
from ..events.words import clock, day_words, hours_words, short_day, starts
from ..kinds import kind_label
from ..links import site_link

STRIPS = 10
# Letters of a title that still fit one line, and two.
ONE_LINE, TWO_LINES = 26, 54
# Lines of small print that a sheet has room for.
LINES = 4


@dataclass(frozen=True)
class Paper:
    """A size to print on, and how many flyers one sheet has."""

    name: str
    label: Any
    copies: int = 1
    strips: int = STRIPS


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("letter", _l("Letter")),
        Paper("a4", _l("A4")),
        Paper("half", _l("Half page"), copies=2, strips=6),
        Paper("square", _l("Square"), strips=0),
    )
}


def share_context(event: Event) -> dict[str, Any]:
    """Everything with which one passes an event on."""
    link = short_link(event)
    return {
        "event": event,
        "link": link,
        "plain_link": link.partition("://")[2],
        "message": _message(event),
        "flyers": [
            (paper.label, url_for("flyers.flyer", slug=event.slug, paper=paper.name)) for paper in PAPERS.values()
        ],
    }


def flyer_context(event: Event, paper: Paper, moment: datetime) -> dict[str, Any]:
    """One flyer; `sheet` is none where nobody should be asked to come."""
    off = event.state in (CANCELLED, POSTPONED) or event.is_past(moment)
    return {
        "event": event,
        "paper": paper,
        "papers": _papers(event, paper),
        "sheet": None if off else _sheet(event),
    }


def short_link(event: Event) -> str:
    """Its address for paper. Of an unlisted event the short one leads only those there who belong: it has the long."""
    if event.visibility == UNLISTED:
        return site_link("pages.event", slug=event.slug)
    return site_link("flyers.short", code=event.code)


def _papers(event: Event, chosen: Paper | None = None) -> list[tuple[Any, str, bool]]:
    """Each paper with the address of its flyer, and whether it is the chosen one."""
    return [
        (paper.label, url_for("flyers.flyer", slug=event.slug, paper=paper.name), paper == chosen)
        for paper in PAPERS.values()
    ]


def _sheet(event: Event) -> dict[str, Any]:
    """The words of a flyer: no more of the place than everybody may know."""
    first, known = starts(event).date(), whereabouts(event)
    day = short_day(first)
    return {
        "crew": event.group.name,
        "kind": kind_label(event.kind),
        "dow": format_date(first, "EEE", get_locale()).rstrip("."),
        "day": first.day,
        "month": format_date(first, "MMM", get_locale()).rstrip("."),
        "date_words": day_words(event),
        "hours": hours_words(event),
        "where": known.venue or known.address or known.place_name or (_("Online") if event.online else ""),
        "size": "one" if len(event.title) <= ONE_LINE else "two" if len(event.title) <= TWO_LINES else "many",
        "lines": _lines(event, known),
        "strip": day if event.all_day else f"{day} {clock(starts(event))}",
        "link": short_link(event).partition("://")[2],
    }


def _lines(event: Event, known) -> list[str]:
    """The small print: what it is, where to meet, what to bring, what is there, and what if it rains."""
    backup = backup_words(event)
    bring, provided = (", ".join(text.splitlines()) for text in (event.bring, event.provided))
    said = (
        event.summary,
        known.meeting_point,
        _("Bring: %(things)s.", things=bring) if bring else "",
        _("There for you: %(things)s.", things=provided) if provided else "",
        _("If it rains: %(day)s.", day=backup) if backup else "",
    )
    return [line for line in said if line][:LINES]


def _message(event: Event) -> str:
    """What one pastes into a chat."""
    known = whereabouts(event)
    where = ", ".join(part for part in (known.venue, known.place_name) if part) or (_("Online") if event.online else "")
    when = f"{day_words(event)}, {hours_words(event)}"
    link = site_link("pages.event", slug=event.slug) + "?from=message"
    return "\n".join(filter(None, (event.title, when, where, event.summary, link)))
