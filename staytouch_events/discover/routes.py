"""The front page: events near a place, and the crews around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from babel.dates import format_date
from flask import Blueprint, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from ..events.cards import card, distance_words
from ..events.words import short_day
from ..geo.distance import metres
from ..kinds import KINDS
from ..when import in_zone, now
from .forms import search_form
from .params import RADII, read_search, site_place
from .queries import MOST_COUNTED, Found, count, crews_near, search
from .searches import Search

bp = Blueprint("discover", __name__)


@bp.get("/")
def home():
    """The list, for what the address asks."""
    moment = now()
    asked = read_search(request.args, moment)
    found = search(asked, moment)
    headline = _headline(asked, found)
    return render_template(
        "pages/home.html",
        title=headline,
        page_title=headline,
        found_words=_found_words(asked),
        search=search_form(asked),
        asked=asked,
        place_note=_place_note(asked),
        others=[(place.label, _address(replace(asked, near_text=place.label))) for place in asked.others],
        days=_by_day(asked, found, in_zone(moment, asked.zone).date()),
        newer_url=_address(asked) if asked.after else None,
        older_url=_address(asked, after=found.after) if found.after else None,
        wider=_wider(asked, moment) if not found.rows else None,
        crews=_crews(asked),
        crews_url=url_for("groups.groups"),
    )


def _address(asked: Search, **more) -> str:
    return url_for("discover.home", **asked.query(), **more)


def _found_words(asked: Search) -> str:
    """The days and the distance, in words."""
    words = []
    if asked.from_on or asked.to_on:
        first = short_day(asked.from_on) if asked.from_on else _("today")
        words.append(_("from %(day)s", day=first))
    if asked.until:
        words.append(_("until %(day)s", day=short_day(in_zone(asked.until - timedelta(minutes=1), asked.zone).date())))
    if asked.point:
        words.append(_("within %(distance)s", distance=distance_words(asked.radius_m, asked.unit)))
    return ", ".join(words)


def _place_note(asked: Search) -> str | None:
    """What to know about the place that was typed."""
    if asked.unknown_place:
        return _("No town or ZIP called “%(place)s” is known here, so these are all events.", place=asked.near_text)
    if asked.others:
        return _("There are several places of this name. This is %(place)s.", place=asked.place.label)
    return None


def _headline(asked: Search, found: Found) -> str:
    """The news first: how many, and where."""
    if found.total > MOST_COUNTED:
        events = _("1,000+ events")
    else:
        events = ngettext("%(num)d event", "%(num)d events", found.total)
    where = asked.place.name if asked.place else None
    return _("%(events)s near %(place)s", events=events, place=where) if where else events


def _by_day(asked: Search, found: Found, today: date) -> list[tuple[str, list]]:
    """Cards under "This week", "Next week", then months."""
    marks: dict[str, list] = {}
    for row in found.rows:
        made = card(row, row.group_name, found.marks[row.id], found.metres.get(row.id), asked.unit)
        day = made.first_day if asked.from_on else max(made.first_day, today)
        marks.setdefault(_day_mark(day, today), []).append(made)
    return list(marks.items())


def _day_mark(day: date, today: date) -> str:
    monday = today - timedelta(days=today.weekday())
    if monday <= day < monday + timedelta(days=7):
        return _("This week")
    if monday + timedelta(days=7) <= day < monday + timedelta(days=14):
        return _("Next week")
    return format_date(day, _("MMMM y") if day.year != today.year else "LLLL", get_locale()).capitalize()


def _wider(asked: Search, moment: datetime) -> dict[str, str]:
    """The nearest wider search that finds something, as one button."""
    for words, wider in _wider_ones(asked, moment):
        number = count(wider, moment)
        if number:
            said = ngettext("%(num)d event there.", "%(num)d events there.", number)
            return {"words": said, "label": words, "url": _address(wider)}
    return {
        "words": _("Every event to come stands on one list."),
        "label": _("See them all"),
        "url": url_for("discover.home"),
    }


def _wider_ones(asked: Search, moment: datetime) -> Iterator[tuple[str, Search]]:
    """Further out, then any day, then every kind."""
    for radius in RADII:
        if asked.point and radius > asked.within:
            words = distance_words(metres(radius, asked.unit), asked.unit)
            yield _("Look within %(distance)s", distance=words), replace(asked, within=float(radius))
    if asked.when or asked.from_on or asked.to_on:
        anytime = replace(asked, when="", from_on=None, to_on=None, since=moment, until=None)
        yield _("Look at any day to come"), anytime
    if asked.kind or asked.words or asked.tags:
        yield _("Look for every kind"), replace(asked, kind="", words="", tags=())


def _crews(asked: Search) -> list[dict]:
    """Crews around the place asked for, else around the site's own."""
    home = site_place()
    point = asked.point or (home and (home.lat, home.lon))
    return [
        {
            "url": url_for("pages.group", slug=group.slug),
            "name": group.name,
            "stock_class": f"crew-{group.id}",
            "kind": next((cause for cause in group.causes if cause in KINDS), "other"),
            "words": distance_words(far, asked.unit) if asked.point else group.place_name,
        }
        for group, far in (crews_near(point) if point else [])
    ]
