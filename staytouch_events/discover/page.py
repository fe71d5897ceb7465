"""What the page of a search shows, of any search or of a place's own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from flask import Response, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from .. import web
from ..access.events import listed_events
from ..calendar_links import calendar_links
from ..events.cards import card
from ..events.queries import next_end
from ..events.words import distance_words, short_day
from ..geo import Place, gazetteer, site_place
from ..geo.distance import metres as in_metres
from ..impact.queries import around, totals
from ..impact.words import headline
from ..kinds import KINDS
from ..links import site_link
from ..maps import site_tiles
from ..spoken import once_a_language
from ..spots.page import spots_around
from ..versions import LISTS
from ..volunteers.queries import next_gate
from ..when import day_ends, in_zone
from .forms import follow_form, search_choices
from .matching import MOST_COUNTED
from .params import PARAMS, RADII
from .place_note import place_note
from .queries import Found, count, crews_near, hands, past_months, search
from .searches import Search

# Metres: a crew no further away is at home in the town asked for, whose name says more than "0 mi".
SAME_TOWN = 1000


def address(asked: Search, endpoint: str = "discover.home", **more: Any) -> str:
    """Where a search, or its calendar, feed or map, is found."""
    return url_for(_own(asked, endpoint), **_parts(asked), **more)


def feed_link(asked: Search, endpoint: str) -> str:
    """The full address of a search's calendar or feed, the same for every reader."""
    return site_link(_own(asked, endpoint), **_parts(asked))


def _own(asked: Search, endpoint: str) -> str:
    return "discover.near" if asked.slug and endpoint == "discover.home" else endpoint


def _parts(asked: Search) -> dict[str, Any]:
    return {"slug": asked.slug, **asked.query()} if asked.slug else asked.query()


def kept_search(answer: Response | str, asked: Search, moment: datetime, *params: str) -> Response:
    """An answer made from the public lists, kept until one of them ends or the day does where it was searched."""
    midnight = day_ends(in_zone(moment, asked.zone).date(), asked.zone)
    until = min(filter(None, (midnight, next_end(moment), next_gate(moment))))
    return web.keep(answer, LISTS, until=until, params=(*PARAMS, *params))


def search_context(asked: Search, moment: datetime) -> dict[str, Any]:
    """All that the page shows."""
    found = search(asked, moment)
    headline = _headline(asked, found, hands(asked, moment) if asked.needs_at else 0)
    return {
        "title": headline,
        "page_title": headline,
        "description": _description(asked, found, headline),
        "found_words": _found_words(asked),
        "choices": search_choices(asked),
        "asked": asked,
        "place_note": place_note(asked),
        "others": [(place.label, address(replace(asked, near_text=place.label))) for place in asked.others],
        "days": _by_day(asked, found, in_zone(moment, asked.zone).date()),
        "newer_url": address(asked) if asked.after else None,
        "older_url": address(asked, after=found.after) if found.after else None,
        "wider": _wider(asked, moment) if not found.rows else None,
        "other_unit": _other_unit(asked),
        "subscribe": None if asked.unknown_place else subscription(asked),
        "follow": follow_form(asked) if asked.point else None,
        "crews": _crews(asked),
        "crews_url": url_for("groups.groups"),
        "home": site_place(),
        "spots": spots_around(_middle(asked), asked.near_text if asked.point else "", asked.unit),
        "tiles": site_tiles(),
        "map_url": address(asked, "searches.on_map"),
        "canonical": _canonical(asked),
        "share": {"url": _canonical(asked) or feed_link(asked, "discover.home"), "title": headline},
    }


def subscription(asked: Search) -> dict[str, Any]:
    """The search as a calendar and as a feed."""
    feed, name = feed_link(asked, "searches.calendar"), search_name(asked)
    links = calendar_links(feed, name)
    return {
        "https_url": feed,
        "webcal_url": links[0][1],
        "links": links,
        "atom_url": feed_link(asked, "searches.news"),
        "name": name,
    }


def search_name(asked: Search) -> str:
    """What a calendar of the search is called."""
    if not asked.point:
        return _("Events to come")
    far = distance_words(asked.radius_m, asked.unit)
    place = asked.place.name if asked.place else asked.near_text
    return _("Events within %(distance)s of %(place)s", distance=far, place=place)


def about_place(asked: Search, place: Place, moment: datetime) -> dict[str, Any]:
    """What a place's own page says beside the list: its months past and its neighbours."""
    year_ago = moment - timedelta(days=365)
    months = past_months(replace(asked, since=year_ago, until=moment))
    held = sum(number for _month, number in months)
    neighbours = gazetteer().neighbours(place)
    return {
        "name": place.name,
        "label": place.label,
        "embed_url": site_link("embeds.near", slug=place.slug),
        "neighbours": [(other.name, url_for("discover.near", slug=other.slug)) for other in neighbours],
        "held_words": ngettext("%(num)d event in the past year", "%(num)d events in the past year", held)
        if held
        else None,
        "impact": _impact(asked),
        "months": [(_month_name(month), number, _month_address(asked, month)) for month, number in months],
    }


def _impact(asked: Search) -> dict[str, str] | None:
    """What was done around the place; nothing where nothing is counted."""
    words = headline(totals(around(listed_events(), asked.point, asked.radius_m)), asked.unit)
    return {"words": words, "url": url_for("impact_pages.near", slug=asked.slug)} if words else None


def _month_name(month: date) -> str:
    return format_date(month, _("MMMM y"), get_locale()).capitalize()


def _month_address(asked: Search, month: date) -> str:
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return address(replace(asked, when="", from_on=month, to_on=last, after=None))


def _canonical(asked: Search) -> str | None:
    """The place's own page, for a search that asks nothing but the place."""
    slug = asked.slug or (asked.place.slug if asked.place and asked.place.lat == (asked.point or [None])[0] else None)
    if slug and not replace(asked, slug=slug).query():
        return site_link("discover.near", slug=slug)
    return None


def _other_unit(asked: Search) -> dict[str, str] | None:
    if not asked.point:
        return None
    unit = "km" if asked.unit == "mi" else "mi"
    words = _("In kilometres") if unit == "km" else _("In miles")
    return {"url": address(replace(asked, unit=unit)), "words": words}


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


def _headline(asked: Search, found: Found, hands_needed: int) -> str:
    """The news first: how many, and where."""
    if hands_needed:
        events = ngettext("%(num)d hand needed", "%(num)d hands needed", hands_needed)
    elif found.total > MOST_COUNTED:
        events = _("1,000+ events")
    else:
        events = ngettext("%(num)d event", "%(num)d events", found.total)
    where = asked.place.name if asked.place else None
    return _("%(events)s near %(place)s", events=events, place=where) if where else events


def _description(asked: Search, found: Found, headline: str) -> str:
    """The page in one sentence, for search engines and whoever shares it."""
    nearest = [row.title for row in found.rows[:3]]
    if not nearest:
        empty = _("Clean-ups, plantings and meet-ups by local crews: come along, or start one.")
        return f"{headline}. {empty}"
    return _("%(headline)s: %(titles)s. Come along: no account needed.", headline=headline, titles=", ".join(nearest))


def _by_day(asked: Search, found: Found, today: date) -> list[tuple[str, list]]:
    """Cards, and how far each is, under "This week", "Next week", then months."""
    marks: dict[str, list] = {}
    for row in found.rows:
        made, metres = card(row, row.group_name, found.marks[row.id], found.needs.get(row.id)), found.metres.get(row.id)
        far = None if metres is None else distance_words(metres, asked.unit)
        day = made.first_day if asked.from_on else max(made.first_day, today)
        marks.setdefault(_day_mark(day, today), []).append((made, far))
    return list(marks.items())


@once_a_language
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
            return {"words": said, "label": words, "url": address(wider)}
    return {
        "words": _("Every event to come stands on one list."),
        "label": _("See them all"),
        "url": url_for("discover.home"),
    }


def _wider_ones(asked: Search, moment: datetime) -> Iterator[tuple[str, Search]]:
    """Further out, then any day, then every kind."""
    for radius in RADII:
        if asked.point and radius > asked.far:
            words = distance_words(in_metres(radius, asked.unit), asked.unit)
            yield _("Look within %(distance)s", distance=words), replace(asked, within=float(radius))
    if asked.when or asked.from_on or asked.to_on:
        anytime = replace(asked, when="", from_on=None, to_on=None, since=moment, until=None)
        yield _("Look at any day to come"), anytime
    if asked.needs_at:
        yield _("Look at events whose jobs are covered, too"), replace(asked, needs_at=None)
    if asked.kind or asked.words or asked.tags:
        yield _("Look for every kind"), replace(asked, kind="", words="", tags=())


def _middle(asked: Search) -> tuple[float, float] | None:
    """The place asked for, else the site's own."""
    home = site_place()
    return asked.point or (home and (home.lat, home.lon))


def _crews(asked: Search) -> list[dict]:
    """Crews around the place asked for, else around the site's own."""
    point = _middle(asked)
    return [
        {
            "url": url_for("pages.group", slug=group.slug),
            "name": group.name,
            "stock_class": f"crew-{group.id}",
            "kind": next((cause for cause in group.causes if cause in KINDS), "other"),
            "words": distance_words(far, asked.unit) if asked.point and far > SAME_TOWN else group.place_name,
        }
        for group, far in (crews_near(point) if point else [])
    ]
