"""The public pages: an event, a group, and the plain ones."""

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event, moved_event, visible_event
from ..access.groups import moved_group, visible_group
from ..access.viewers import signed_in
from ..db import db
from ..events.forms import EventForm
from ..events.index import is_listed
from ..events.queries import earlier_places
from ..events.typed import values
from ..forms import ButtonForm
from ..groups.models import PUBLIC as PUBLIC_GROUP
from ..outbox.queries import oldest_overdue
from ..versions import touch_store
from ..when import now
from .event import event_context
from .group import group_context

bp = Blueprint("pages", __name__)
MAIL_LATE = 15 * 60


@bp.get("/events/<slug>")
def event(slug: str):
    """One event; an address it once had leads to it."""
    moved = moved_event(current_user, slug)
    if moved is not None:
        return redirect(url_for("pages.event", slug=moved.slug), 301)
    shown = visible_event(current_user, slug)
    page = render_template("pages/event.html", **event_context(shown, now()))
    return page if is_listed(shown) else web.unlisted(page)


@bp.post("/events/<slug>/manage/preview")
@signed_in
def preview(slug: str):
    """The page as it would be with what is typed; nothing is kept."""
    edited = hosted_event(current_user, slug)
    earlier = earlier_places(edited.group, edited)
    form = EventForm(request.form, earlier=earlier)
    fields = values(form, edited, earlier)
    if fields is None:
        return web.again("events/edit.html", event=edited, form=form, button=ButtonForm(formdata=None))
    with db.session.no_autoflush:
        page = render_template("pages/event.html", **event_context(edited, now(), fields), preview=True)
    db.session.rollback()
    return page


@bp.get("/groups/<slug>")
def group(slug: str):
    """One crew; an address it once had leads to it."""
    moved = moved_group(slug)
    if moved is not None:
        return redirect(url_for("pages.group", slug=moved.slug), 301)
    shown = visible_group(current_user, slug)
    page = render_template(
        "pages/group.html", **group_context(shown, now(), "all" in request.args, request.args.get("month", ""))
    )
    return web.unlisted(page) if shown.visibility != PUBLIC_GROUP else page


@bp.get("/privacy")
def privacy():
    """What is kept, and why."""
    return render_template("pages/privacy.html", contact=current_app.config["SETTINGS"].mail_from)


@bp.get("/robots.txt")
def robots():
    """Where search engines need not go."""
    closed = ("/rsvps/", "/calendars/", "/login", "/settings", "/dashboard", "/admin")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/healthz")
def health():
    """Whether the store takes a write and mail goes out."""
    moment = now()
    touch_store(moment)
    db.session.commit()
    late = oldest_overdue(moment)
    ok = late < MAIL_LATE
    answer = jsonify(status="ok" if ok else "mail is late", oldest_unsent_mail_seconds=round(late))
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if ok else 503
