"""Looking after a poll for a time: more times, the last day, calling it off, choosing."""

from flask import Blueprint, Response, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.polls import kept_time, time_in
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..refusals import Refused
from ..when import now
from . import closing, finding
from .models import TimePoll
from .time_forms import DeadlineForm, RowsForm, asks_more, read_last_day, rows_form
from .time_page import choose_form, desk_context

bp = Blueprint("time_desk", __name__)


@bp.get("/polls/<public_id>/manage")
@signed_in
def manage(public_id: str):
    """Who said what, and what can be done about it."""
    return _page(kept_time(current_user, public_id))


@bp.post("/polls/<public_id>/options")
@signed_in
def add(public_id: str):
    """More times to choose from."""
    poll, form, moment = kept_time(current_user, public_id), rows_form(RowsForm), now()
    if asks_more():
        return _page(poll, rows=form)
    form.validate()
    spans = form.spans(poll.zone, moment)
    if not spans and not form.errors:
        return _done(poll)
    if form.errors:
        return _page(poll, 422, rows=form)
    finding.add_options(poll, spans, moment)
    return _done(poll)


@bp.post("/polls/<public_id>/options/<int:number>/drop")
@signed_in
def drop(public_id: str, number: int):
    """One time less."""
    poll = kept_time(current_user, public_id)
    option = time_in(poll, number)
    press()
    finding.drop_option(option)
    return _done(poll)


@bp.post("/polls/<public_id>/deadline")
@signed_in
def set_deadline(public_id: str):
    """Another last day to vote."""
    poll, form, moment = kept_time(current_user, public_id), DeadlineForm(), now()
    form.validate()
    closes_at = read_last_day(form.closes_on, poll.zone, moment)
    if form.errors:
        return _page(poll, 422, deadline=form)
    finding.set_deadline(poll, closes_at, moment)
    return _done(poll)


@bp.post("/polls/<public_id>/stop")
@signed_in
def stop(public_id: str):
    """Votes are taken no more, from now on."""
    poll = kept_time(current_user, public_id)
    press()
    finding.set_deadline(poll, now(), now())
    return _done(poll)


@bp.post("/polls/<public_id>/cancel")
@signed_in
def cancel(public_id: str):
    """Call it off."""
    poll = kept_time(current_user, public_id)
    press()
    finding.cancel(poll, now())
    return _done(poll)


@bp.post("/polls/<public_id>/reopen")
@signed_in
def take_up(public_id: str):
    """It was called off, or settled, too early."""
    poll = kept_time(current_user, public_id)
    press()
    finding.take_up(poll, now())
    return _done(poll)


@bp.post("/polls/<public_id>/choose")
@signed_in
def choose(public_id: str):
    """This is the time: an event is made of it, or who can come is told."""
    poll, moment = kept_time(current_user, public_id), now()
    form = choose_form(poll, moment)
    if not form.validate():
        return _page(poll, 422, choose=form)
    how, group = form.how.data, poll.group
    if group is None and how != "tell":
        group = organized_group(current_user, how)
    option = time_in(poll, int(form.option.data))
    try:
        event = closing.choose(option, group, how == "publish", moment)
    except Refused as refusal:
        db.session.rollback()
        poll = kept_time(current_user, public_id)
        if poll.event is None:
            raise
        return _page(poll, 409, refusal=str(refusal))
    if event is None:
        return _done(poll)
    db.session.commit()
    page = "pages.event" if event.is_shown else "events.edit"
    return web.done(url_for(page, slug=event.slug))


def _done(poll: TimePoll) -> Response:
    public_id = poll.public_id
    db.session.commit()
    return web.done(url_for("time_desk.manage", public_id=public_id))


def _page(poll: TimePoll, status: int = 200, refusal: str | None = None, **forms) -> Response:
    forms.setdefault("rows", rows_form(RowsForm, formdata=None))
    answer = web.private(render_template("polls/manage.html", **desk_context(poll, now(), **forms), refusal=refusal))
    answer.status_code = status
    return answer
