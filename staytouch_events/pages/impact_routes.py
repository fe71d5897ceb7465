"""What was done: by everybody, around a place, by a crew, at an event; each as a page, a spreadsheet and on a map."""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select, select

from .. import web
from ..access.events import listed_events, visible_event, visible_events
from ..access.groups import visible_group
from ..discover.params import read_search
from ..discover.searches import Search
from ..events.host_models import hosted_by
from ..events.host_queries import crew_counters
from ..events.index import is_listed
from ..events.models import Event
from ..events.words import distance_words
from ..geo import gazetteer, site_place
from ..groups.models import PUBLIC, Group
from ..impact.queries import around, sheet_of
from ..impact.sheets import impact_csv
from ..links import site_link
from ..versions import LISTS
from ..when import now
from .impact import event_context, impact_context, map_points, read_unit

bp = Blueprint("impact_pages", __name__)
PARAMS = ("after", "unit", "within")
MOST_ROWS = 20_000


@bp.get("/impact")
def site():
    """What all crews did."""
    asked = read_search(request.args, now())
    context = impact_context(listed_events(), asked.unit, "impact_pages.site")
    title = _("What the crews did")
    return _kept(_page(context, title, url_for("impact_pages.on_map"), site_link("impact_pages.site")), LISTS)


@bp.get("/near/<slug>/impact")
def near(slug: str):
    """What was done around a place."""
    asked = _place(slug)
    if asked.slug != slug:
        return redirect(url_for("impact_pages.near", slug=asked.slug, **request.args.to_dict(flat=False)), 301)
    context = impact_context(_near(asked), asked.unit, "impact_pages.near", slug=slug, **_within(asked))
    context |= {
        "asked": asked,
        "found_words": _("within %(distance)s", distance=distance_words(asked.radius_m, asked.unit)),
        "back": (_("Events near %(place)s", place=asked.place.name), url_for("discover.near", slug=slug)),
    }
    title = _("What was done near %(place)s", place=asked.place.name)
    map_url = url_for("impact_pages.on_map", place=slug, **_within(asked))
    return _kept(_page(context, title, map_url, site_link("impact_pages.near", slug=slug)), LISTS)


@bp.get("/groups/<slug>/impact")
def group(slug: str):
    """What a crew did."""
    shown = visible_group(current_user, slug)
    context = impact_context(_of(shown), read_unit(shown.country_code), "impact_pages.group", slug=slug)
    context |= {"back": (shown.name, url_for("pages.group", slug=slug)), "stock_class": f"crew-{shown.id}"}
    title = _("What %(crew)s did", crew=shown.name)
    map_url = url_for("impact_pages.on_map", group=slug)
    return _of_group(shown, _page(context, title, map_url, site_link("impact_pages.group", slug=slug)))


@bp.get("/events/<slug>/impact")
def event(slug: str):
    """What an event did."""
    shown = visible_event(current_user, slug)
    context = event_context(shown, read_unit(shown.country_code or shown.group.country_code))
    page = render_template("impact/event.html", **context)
    return _of_event(shown, page)


@bp.get("/impact.csv")
def site_sheet():
    """All of it as a spreadsheet."""
    return _kept(_sheet(listed_events(), "impact"), LISTS)


@bp.get("/near/<slug>/impact.csv")
def near_sheet(slug: str):
    """The same around a place."""
    return _kept(_sheet(_near(_place(slug)), slug), LISTS)


@bp.get("/groups/<slug>/impact.csv")
def group_sheet(slug: str):
    """The same of a crew."""
    shown = visible_group(current_user, slug)
    return _of_group(shown, _sheet(_of(shown), slug))


@bp.get("/events/<slug>/impact.csv")
def event_sheet(slug: str):
    """The same of an event."""
    shown = visible_event(current_user, slug)
    return _of_event(shown, _sheet(select(Event).where(Event.id == shown.id), slug))


@bp.get("/impact/map.json", defaults={"group": None, "place": None})
@bp.get("/groups/<group>/impact/map.json", defaults={"place": None})
@bp.get("/near/<place>/impact/map.json", defaults={"group": None})
def on_map(group: str | None, place: str | None):
    """Where it was."""
    if group is not None:
        shown = visible_group(current_user, group)
        return _of_group(shown, jsonify(map_points(_of(shown), read_unit(shown.country_code))))
    asked = _place(place) if place is not None else read_search(request.args, now())
    return _kept(jsonify(map_points(_near(asked) if place else listed_events(), asked.unit)), LISTS)


def _place(slug: str) -> Search:
    """The place at this address; 404 for one that nobody knows."""
    place = gazetteer().by_slug(slug)
    if place is None:
        abort(404)
    return read_search(request.args, now(), place)


def _near(asked: Search) -> Select:
    return around(listed_events(), asked.point, asked.radius_m)


def _within(asked: Search) -> dict[str, str]:
    return {name: part for name, part in asked.query().items() if name == "within"}


def _of(shown: Group) -> Select:
    return visible_events(current_user).where(hosted_by([shown.id]))


def _page(context: dict, title: str, map_url: str, canonical: str) -> Response:
    page = render_template(
        "impact/totals.html",
        **{"asked": None, "found_words": "", "back": None, "stock_class": ""} | context,
        title=title,
        map_url=map_url,
        home=site_place(),
        share={"url": canonical, "title": title},
    )
    return web.mapped(page, context["tiles"])


def _sheet(events: Select, name: str) -> Response:
    answer = Response(impact_csv(sheet_of(events, MOST_ROWS)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _kept(answer: Response, *counters: str) -> Response:
    return web.keep(answer, *counters, params=PARAMS)


def _of_group(shown: Group, answer: Response) -> Response:
    if shown.visibility != PUBLIC:
        return web.unlisted(answer)
    return _kept(answer, f"group:{shown.id}", LISTS)


def _of_event(shown: Event, answer: Response | str) -> Response:
    if not is_listed(shown):
        return web.unlisted(answer)
    return _kept(answer, f"event:{shown.id}", *crew_counters(shown))
