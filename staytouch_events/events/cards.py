"""An event as one card of a list; made from a row or an Event alike."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from flask import url_for
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from ..geo.distance import METRES
from ..kinds import kind_label
from .models import CANCELLED, POSTPONED
from .words import hours_words, last_day, long_day, short_day, starts


@dataclass(frozen=True)
class Card:
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
    distance_words: str | None
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


def card(row, group_name: str, mark, metres: float | None = None, unit: str = "mi", need=None) -> Card:
    """The card of an event; `mark` is its seats' picture, or None without a limit; `need` the hands it needs."""
    first = starts(row).date()
    last = last_day(row)
    return Card(
        id=row.id,
        url=url_for("pages.event", slug=row.slug),
        title=row.title,
        stock_class=f"crew-{row.group_id}",
        dow=format_date(first, "EEE", get_locale()).rstrip("."),
        day=first.day,
        month=format_date(first, "MMM", get_locale()).rstrip("."),
        date_words=long_day(first),
        time_words=hours_words(row) if first == last or not row.all_day else _("until %(day)s", day=short_day(last)),
        place_words=_place(row),
        distance_words=None if metres is None else distance_words(metres, unit),
        kind=row.kind,
        kind_label=kind_label(row.kind),
        crew_name=group_name,
        status_tag=_status(row, mark),
        seat_words=_seats(mark),
        torn=mark.torn if mark else None,
        gone=row.state == CANCELLED,
        first_day=first,
        need_tag=_need_tag(need),
        slots=(need.held, need.wanted) if need and need.hands else None,
        need_words=_jobs(need) if need and need.hands else None,
    )


def _place(row) -> str:
    known = row.place_name if row.place_hidden else row.venue or row.address or row.place_name
    return known or (_("Online") if row.online else "")


def distance_words(metres: float, unit: str) -> str:
    """ "1.2 mi", "14 km"."""
    number = metres / METRES[unit]
    said = format_decimal(round(number, 1) if number < 10 else round(number))
    return _("%(number)s mi", number=said) if unit == "mi" else _("%(number)s km", number=said)


def _status(row, mark) -> tuple[str, str] | None:
    if row.state == CANCELLED:
        return "bad", _("Cancelled")
    if row.state == POSTPONED:
        return "bad", _("Postponed: new date to come")
    if mark and mark.word == "full":
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
