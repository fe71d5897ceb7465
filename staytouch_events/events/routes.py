"""Writing events: new, edit, autosave, publish; and the steps that change their state."""

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from .. import web
from ..access.events import hosted_event
from ..access.groups import organized_group
from ..access.hosting import leading_event
from ..access.reach import people_concerned, people_reached
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..geo import AREA, gazetteer, suggest
from ..geo.online import kept_answer
from ..limits import Limit, spend
from ..pictures import take_upload
from ..text import clean_line
from ..when import now
from . import actions
from .changes import changes, mails_people
from .editor import edit_context
from .forms import EventForm, ReasonForm, as_typed
from .locating import asked_as, plan_finding
from .models import DRAFT, Event
from .queries import draft_of, earlier_places, last_of
from .reach import ONE, hold, spread
from .reach import others as reached_by
from .typed import values

bp = Blueprint("events", __name__)
FINDS = Limit("find-address", 60, 3600)


@bp.post("/groups/<slug>/manage/events")
@signed_in
def new(slug: str):
    """A new draft, from the group's last event."""
    group = organized_group(current_user, slug)
    press()
    event = actions.new_event(group, now(), copy_of=last_of(group))
    db.session.commit()
    return web.done(url_for("events.edit", slug=event.slug))


@bp.post("/events/<slug>/manage/copy")
@signed_in
def copy(slug: str):
    """A new draft of the crew whose event this is."""
    source = leading_event(current_user, slug)
    press()
    event = actions.new_event(source.group, now(), copy_of=source)
    db.session.commit()
    return web.done(url_for("events.edit", slug=event.slug))


@bp.get("/events/<slug>/manage/edit")
@signed_in
def edit(slug: str):
    """The form, with what this person typed last if it was never saved."""
    event = hosted_event(current_user, slug)
    draft = draft_of(event, current_user.id)
    form = _form(event, MultiDict(draft.typed) if draft else None)
    return _page(event, form, draft=draft, finding="finding" in request.args)


@bp.post("/events/<slug>/manage/edit")
@signed_in
def save(slug: str):
    """Save or publish; a change that mails people is shown first."""
    event = hosted_event(current_user, slug)
    form = _form(event, request.form)
    fields = values(form, event, earlier_places(event.group, event))
    if fields is None or not take_upload(form, fields):
        return _page(event, form), 422
    if form.revision.data != str(event.revision):
        form.revision.data = str(event.revision)
        return _page(event, form, theirs=changes(event, fields)), 409
    step = request.form.get("do", "save")
    if step == "back":
        return _page(event, form)
    news = changes(event, fields)
    reach = form.reach.data or ONE
    if event.is_shown and step != "confirm" and news:
        others = reached_by(event, reach, now())
        told = sum(map(people_concerned, (event, *others))) if mails_people(event, fields) else 0
        return render_template(
            "events/review.html",
            event=event,
            changes=news,
            told=told,
            others=len(others),
            typed=request.form,
            picture=fields.get("picture"),
        )
    hold(event, reach)
    before = actions.save(event, fields, now(), by=current_user)
    spread(event, before, reach, now())
    actions.drop_draft(event, current_user.id)
    if step == "publish" and event.state == DRAFT:
        actions.publish(event, now(), current_user)
    db.session.commit()
    if reach != ONE:
        page = "sites.manage" if event.is_umbrella else "series.dates"
        return web.done(url_for(page, slug=event.slug, changed=1))
    return web.done(url_for("pages.event", slug=event.slug))


@bp.post("/events/<slug>/manage/draft")
@signed_in
def autosave(slug: str):
    """Keep what is typed, valid or not, every few quiet seconds."""
    event = hosted_event(current_user, slug)
    press()
    actions.keep_draft(event, current_user.id, _typed(), _revision(), now())
    db.session.commit()
    return jsonify({})


@bp.post("/events/<slug>/manage/find")
@signed_in
def find(slug: str):
    """Keep what is typed, and have the site's geocoder asked for the address; the page shows what it says."""
    event = hosted_event(current_user, slug)
    press()
    spend(FINDS, str(current_user.id), now())
    actions.keep_draft(event, current_user.id, _typed(), _revision(), now())
    plan_finding(event, clean_line(request.form.get("place", ""))[:200], now())
    db.session.commit()
    return web.done(url_for("events.edit", slug=slug, finding=1, _anchor="place"))


@bp.get("/events/<slug>/manage/found")
@signed_in
def found(slug: str):
    """Whether the geocoder has answered for an address."""
    event = hosted_event(current_user, slug)
    known = kept_answer(asked_as(event, clean_line(request.args.get("q", ""))[:200]))
    return jsonify(ready=known is not None)


@bp.post("/events/<slug>/manage/draft/drop")
@signed_in
def drop(slug: str):
    """Go back to the event as it is saved; a draft never published goes altogether."""
    event = hosted_event(current_user, slug)
    press()
    if event.state == DRAFT and "event" in request.form:
        actions.discard(event)
        db.session.commit()
        return web.done(url_for("organize.dashboard"))
    actions.drop_draft(event, current_user.id)
    db.session.commit()
    return web.done(url_for("events.edit", slug=slug))


@bp.get("/events/<slug>/manage/cancel")
@signed_in
def ask(slug: str):
    """What cancelling does to whom, and the reason."""
    event = hosted_event(current_user, slug)
    return render_template("events/ask.html", event=event, form=ReasonForm(), told=people_reached(event))


@bp.post("/events/<slug>/manage/cancel")
@signed_in
def cancel(slug: str):
    """Call it off."""
    event, form = hosted_event(current_user, slug), ReasonForm()
    if not form.validate():
        return web.again("events/ask.html", event=event, form=form, told=people_reached(event))
    actions.cancel(event, form.reason.data or "", now(), current_user)
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


@bp.post("/events/<slug>/manage/restore")
@signed_in
def restore(slug: str):
    """Take a cancellation or postponement back."""
    event = hosted_event(current_user, slug)
    press()
    actions.restore(event, now(), current_user)
    db.session.commit()
    return web.done(url_for("pages.event", slug=slug))


@bp.get("/places")
def places():
    """Towns and ZIP codes for somebody who types one."""
    found = suggest(request.args.get("q", "")[:100])
    return jsonify([{"text": place.label} for place in found if place.kind != AREA])


def _form(event: Event, typed) -> EventForm:
    earlier = earlier_places(event.group, event)
    if typed is not None:
        return EventForm(typed, earlier=earlier)
    near = gazetteer().zone_at(event.lat, event.lon) if event.lat is not None else None
    return EventForm(formdata=None, data=as_typed(event, near), earlier=earlier)


def _page(event: Event, form: EventForm, **context) -> Response:
    shown = edit_context(event, form)
    return web.mapped(render_template("events/edit.html", **shown, **context), shown["tiles"])


def _typed() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in request.form if name not in ("csrf_token", "do")}


def _revision() -> int:
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
