"""The front page: events near a place, and the crews around it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from babel.dates import format_date
from flask import Blueprint, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from ..events.cards import card, distance_words
from ..kinds import kind_choices
from ..geo.distance import metres
from ..groups.models import Group
from ..when import in_zone, now
from .params import RADII, Search, read_search, site_place
from .queries import MOST_COUNTED, Found, count, crews_near, search

bp = Blueprint("discover", __name__)


@bp.get("/")
def home():
    """The list, for what the address asks."""
    moment = now()
    asked = read_search(request.args, moment)
    found = search(asked, moment)
    return render_template(
        "pages/home.html",
        search=asked,
        site_place=site_place(),
        kinds=kind_choices(),
        radii=sorted({*RADII, asked.within}),
        headline=_headline(asked, found),
        days=_by_day(asked, found, in_zone(moment, asked.zone).date()),
        next_url=url_for("discover.home", **asked.query(), after=found.after) if found.after else None,
        first_url=url_for("discover.home", **asked.query()) if asked.after else None,
        wider=_wider(asked, moment) if not found.rows and not asked.after else None,
        crews=_crews(asked),
    )


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
        made = card(row, row.group_name, row.group_slug, found.marks[row.id], found.metres.get(row.id), asked.unit)
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


def _wider(asked: Search, moment: datetime) -> tuple[str, str]:
    """(words, address) of the nearest wider search that finds something."""
    for words, wider in _wider_ones(asked, moment):
        if count(wider, moment):
            return words, url_for("discover.home", **wider.query())
    return _("See everything to come"), url_for("discover.home")


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


def _crews(asked: Search) -> list[tuple[Group, str]]:
    """Crews around the place asked for, else around the site's own."""
    home = site_place()
    point = asked.point or (home and (home.lat, home.lon))
    return [(group, distance_words(far, asked.unit)) for group, far in crews_near(point)] if point else []
