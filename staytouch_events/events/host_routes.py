"""Asking another crew to host an event, and what that crew says."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.events import hosted_event
from ..access.groups import may_organize, organized_group, row_in, visible_groups
from ..access.hosting import host_at, leading_event
from ..access.viewers import signed_in
from ..db import db
from ..forms import UNSENT, ButtonForm, press
from ..limits import Limit, spend
from ..when import now
from . import hosting
from .host_forms import HostForm
from .host_models import EventHost
from .host_queries import cohosts, host_rows
from .models import Event
from .words import when_words, where_words

bp = Blueprint("hosts", __name__)
ASKS = Limit("ask-to-host", 20, 24 * 3600)
NUMBER = "<int(max=2147483647):number>"
VERBS = {"yes": hosting.accept, "no": hosting.decline, "leave": hosting.leave}
# As many names as a list to choose from has.
NAMES = 200


@bp.get("/events/<slug>/manage/hosts")
@signed_in
def manage(slug: str):
    """Which crews host it, who is asked to, and asking one more."""
    event = hosted_event(current_user, slug)
    return render_template("events/hosts.html", **_context(event, _form(event, formdata=UNSENT)))


@bp.post("/events/<slug>/manage/hosts")
@signed_in
def ask(slug: str):
    """Ask a crew."""
    event = leading_event(current_user, slug)
    form = _form(event)
    if not form.validate():
        return web.again("events/hosts.html", **_context(event, form))
    spend(ASKS, str(current_user.id), now())
    hosting.ask(event, form.group, now(), by=current_user)
    db.session.commit()
    return web.done(url_for("hosts.manage", slug=slug))


@bp.post(f"/events/<slug>/manage/hosts/{NUMBER}/end")
@signed_in
def end(slug: str, number: int):
    """Host it without that crew, or ask it no more."""
    row = host_at(leading_event(current_user, slug), number)
    press()
    hosting.end(row, now(), by=current_user)
    db.session.commit()
    return web.done(url_for("hosts.manage", slug=slug))


@bp.get(f"/groups/<slug>/manage/hosting/{NUMBER}")
@signed_in
def asked(slug: str, number: int):
    """What a crew is asked to host, and its yes or no."""
    row = row_in(organized_group(current_user, slug), EventHost, number)
    event = row.event
    return render_template(
        "events/hosting.html",
        row=row,
        event=event,
        when=when_words(event) if event.starts_at else "",
        where=where_words(event),
        others=[group.name for group in cohosts(event) if group.id != row.group_id],
        over=event.is_past(now()),
        button=ButtonForm(formdata=UNSENT),
    )


@bp.post(f"/groups/<slug>/manage/hosting/{NUMBER}/<any(yes, no, leave):verb>")
@signed_in
def answer(slug: str, number: int, verb: str):
    """Say yes or no, or host it no more."""
    row = row_in(organized_group(current_user, slug), EventHost, number)
    press()
    VERBS[verb](row, now(), by=current_user)
    db.session.commit()
    return web.done(url_for("hosts.asked", slug=slug, number=number))


def _form(event: Event, **typed: Any) -> HostForm:
    return HostForm(event, visible_groups(current_user), now(), **typed)


def _context(event: Event, form: HostForm) -> dict[str, Any]:
    rows, groups = host_rows(event), db.session.scalars(form.groups.limit(NAMES)).all()
    known = {event.group_id, *(row.group_id for row in rows)}
    return {
        "event": event,
        "form": form,
        "rows": [(row, may_organize(current_user, row.group)) for row in rows],
        "own_crew": may_organize(current_user, event.group),
        "names": sorted(group.name for group in groups if group.id not in known),
        "button": ButtonForm(formdata=UNSENT),
    }
