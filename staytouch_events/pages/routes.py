"""The public pages: an event, a group, and the plain ones."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, moved_event, visible_event
from ..access.groups import group_once_at
from ..access.viewers import signed_in
from ..db import db
from ..events.editor import edit_context
from ..events.forms import EventForm
from ..events.host_queries import crew_counters
from ..events.index import is_listed
from ..events.queries import earlier_places, next_end
from ..events.typed import values
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..text import parse_int
from ..versions import LISTS
from ..volunteers.queries import next_gate
from ..when import day_ends, in_zone, now
from .agenda import agenda_by_day, agenda_context
from .agenda_days import VIEWS
from .event import event_context, next_turn
from .group import group_context
from .year import year_context

bp = Blueprint("pages", __name__)


@bp.get("/events/<slug>")
def event(slug: str):
    """One event; an address it once had leads to it."""
    moved = moved_event(current_user, slug)
    if moved is not None:
        return redirect(url_for("pages.event", slug=moved.slug), 301)
    shown = visible_event(current_user, slug)
    moment = now()
    page = render_template("pages/event.html", **event_context(shown, moment))
    if not is_listed(shown):
        return web.unlisted(page)
    return web.keep(
        page,
        *shown.counters,
        *crew_counters(shown),
        until=next_turn(shown, moment),
        params=("from",),
    )


@bp.post("/events/<slug>/manage/preview")
@signed_in
def preview(slug: str):
    """The page as it would be with what is typed; nothing is kept."""
    edited = hosted_event(current_user, slug)
    earlier = earlier_places(edited.group, edited)
    form = EventForm(request.form, earlier=earlier)
    fields = values(form, edited, earlier)
    if fields is None:
        return web.again("events/edit.html", **edit_context(edited, form))
    with db.session.no_autoflush:
        page = render_template("pages/event.html", **event_context(edited, now(), fields), preview=True)
    db.session.rollback()
    return page


@bp.get("/groups/<slug>")
def group(slug: str):
    """One crew; an address it once had leads to it."""
    shown, moment = group_once_at(current_user, slug), now()
    if shown.slug != slug:
        return redirect(url_for("pages.group", slug=shown.slug), 301)
    context = group_context(shown, moment, "all" in request.args, request.args.get("month", ""))
    page = render_template("pages/group.html", **context)
    if shown.visibility != PUBLIC_GROUP:
        return web.unlisted(page)
    midnight = day_ends(in_zone(moment, shown.zone).date(), shown.zone)
    until = min(filter(None, (midnight, next_end(moment), next_gate(moment), context["changes_at"])))
    return web.keep(page, f"group:{shown.id}", LISTS, until=until, params=("all", "month"))


@bp.get("/agenda")
@signed_in
def agenda():
    """One's own: what one said yes to, what one's crews have on, month by month; or all that one has on by days."""
    moment, view = now(), request.args.get("view", "")
    if view in VIEWS:
        context = agenda_by_day(current_user, moment, view, request.args.get("on", ""))
    else:
        context = agenda_context(current_user, moment, request.args.get("month", ""))
    return render_template("pages/agenda.html", **context)


@bp.get("/year")
@signed_in
def year():
    """What one gave in a year: one's own alone."""
    asked = parse_int(request.args.get("year", ""), 1970, 9999)
    return render_template("pages/year.html", **year_context(current_user, now(), asked))


@bp.get("/privacy")
def privacy():
    """What is kept, and why."""
    return web.keep(render_template("pages/privacy.html", contact=current_app.config["SETTINGS"].mail_from))
