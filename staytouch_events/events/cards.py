"""An event as one card of a list; made from a row or an Event alike."""

from collections import namedtuple
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from babel.dates import format_date
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from ..kinds import kind_label
from ..spoken import kept_language, once_a_language
from .models import CANCELLED, POSTPONED
from .words import hours_words, last_day, long_day, short_day, starts

# What of an event its card is made from.
Facts = namedtuple(
    "Facts",
    "id slug title kind state all_day starts_at ends_at starts_wall ends_wall zone venue address place_name"
    " place_hidden online waitlist group_id is_umbrella",
)
_facts_of = attrgetter(*Facts._fields)


class Card(NamedTuple):
    """What a card shows, in words of the current language."""

    id: int
    url: str
    title: str
    stock_class: str
    dow: str
    day: int
    month: str
    date_words: str
    time_words: str
    place_words: str
    kind: str
    kind_label: str
    crew_name: str
    status_tag: tuple[str, str] | None
    seat_words: str | None
    torn: int | None
    gone: bool
    first_day: date
    # What hands it needs: a tag (tone, words), places (held, wanted) of the jobs with a gap, and which jobs.
    need_tag: tuple[str, str] | None = None
    slots: tuple[int, int] | None = None
    need_words: str | None = None


def card(row, group_name: str, mark, need=None) -> Card:
    """The card of an event; `mark` is its seats' picture, or None without a limit; `need` the hands it needs."""
    return _card(Facts._make(_facts_of(row)), group_name, mark, need, kept_language())


@once_a_language
def _card(facts: Facts, group_name: str, mark, need, _kept_language: str | None) -> Card:
    """The same event read again is the same card; its address keeps the language that the page's own does."""
    first, last = starts(facts).date(), last_day(facts)
    return Card(
        id=facts.id,
        url=url_for("pages.event", slug=facts.slug),
        title=facts.title,
        stock_class=f"crew-{facts.group_id}",
        dow=format_date(first, "EEE", get_locale()).rstrip("."),
        day=first.day,
        month=format_date(first, "MMM", get_locale()).rstrip("."),
        date_words=long_day(first),
        time_words=_("until %(day)s", day=short_day(last)) if facts.all_day and first != last else hours_words(facts),
        place_words=_place(facts),
        kind=facts.kind,
        kind_label=kind_label(facts.kind),
        crew_name=group_name,
        status_tag=_status(facts, mark),
        seat_words=_("Several sites") if facts.is_umbrella else _seats(mark),
        torn=mark.torn if mark and not facts.is_umbrella else None,
        gone=facts.state == CANCELLED,
        first_day=first,
        need_tag=_need_tag(need),
        slots=(need.held, need.wanted) if need and need.hands else None,
        need_words=_jobs(need) if need and need.hands else None,
    )


def _place(row) -> str:
    known = row.place_name if row.place_hidden else row.venue or row.address or row.place_name
    return known or (_("Online") if row.online else "")


def _status(row, mark) -> tuple[str, str] | None:
    if row.state == CANCELLED:
        return "bad", _("Cancelled")
    if row.state == POSTPONED:
        return "bad", _("Postponed: new date to come")
    if mark and mark.word == "full" and not row.is_umbrella:
        return "plain", _("Full: join the waitlist") if row.waitlist else _("Full")
    return None


def _need_tag(need) -> tuple[str, str] | None:
    if need and need.hands:
        return "need", ngettext("%(num)d hand needed", "%(num)d hands needed", need.hands)
    return ("ok", _("All jobs covered")) if need and need.covered else None


def _jobs(need) -> str:
    """ "Driver (2), First aid"."""
    return ", ".join(f"{name} ({hands})" if hands > 1 else name for name, hands in need.jobs)


def _seats(mark) -> str | None:
    words = {"few": _("a few spots left"), "open": _("spots left"), "full": None}
    return words[mark.word] if mark else None
