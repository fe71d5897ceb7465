"""A crew's polls, for its members: the list, one poll, choosing, asking, closing."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.polls import kept_poll, members_group, members_poll
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..limits import spend
from ..refusals import Refused
from ..text import parse_int
from ..when import now
from . import asking
from .crew_forms import ReopenForm, poll_form
from .crew_models import Poll
from .crew_page import choose_form, list_context, poll_context
from .crew_queries import poll_options, polls_of
from .routes import BY_MAKER
from .time_forms import asks_more, read_last_day

bp = Blueprint("polls", __name__)


@bp.get("/groups/<slug>/polls")
@signed_in
def listing(slug: str):
    """What is asked, and was."""
    group = members_group(current_user, slug)
    polls, older = polls_of(group, parse_int(request.args.get("before", ""), 1, 2**31 - 1))
    older_url = url_for("polls.listing", slug=slug, before=older) if older else None
    return web.private(render_template("polls/list.html", **list_context(group, polls, now()), older_url=older_url))


@bp.get("/groups/<slug>/manage/polls/new")
@signed_in
def new(slug: str):
    """The form of a question."""
    return render_template("polls/ask.html", group=organized_group(current_user, slug), form=poll_form(formdata=None))


@bp.post("/groups/<slug>/manage/polls/new")
@signed_in
def ask(slug: str):
    """Ask it, or have more rows to fill."""
    group, form, moment = organized_group(current_user, slug), poll_form(), now()
    if asks_more():
        return render_template("polls/ask.html", group=group, form=form)
    read = form.fields(group.zone, moment)
    if read is None:
        return web.again("polls/ask.html", group=group, form=form)
    spend(BY_MAKER, str(current_user.id), moment)
    return _done(asking.ask(current_user, group, *read, moment))


@bp.get("/groups/<slug>/polls/<public_id>")
@signed_in
def one(slug: str, public_id: str):
    """One poll: the form to choose, and how it stands."""
    return _page(members_poll(current_user, slug, public_id))


@bp.post("/groups/<slug>/polls/<public_id>")
@signed_in
def choose(slug: str, public_id: str):
    """Choose, or choose otherwise."""
    poll = members_poll(current_user, slug, public_id)
    form = choose_form(poll, poll_options(poll), [])
    if not form.validate():
        return _page(poll, 422, form=form)
    try:
        asking.choose(poll, current_user, form.numbers(), now())
    except Refused as refusal:
        db.session.rollback()
        return _page(members_poll(current_user, slug, public_id), 409, refusal=str(refusal))
    return _done(poll)


@bp.post("/groups/<slug>/polls/<public_id>/letters")
@signed_in
def letters(slug: str, public_id: str):
    """Write to me about it, or no more."""
    poll = members_poll(current_user, slug, public_id)
    press()
    (asking.watch if request.form.get("wanted") == "yes" else asking.watch_no_more)(poll, current_user)
    return _done(poll)


@bp.post("/groups/<slug>/polls/<public_id>/close")
@signed_in
def close(slug: str, public_id: str):
    """Nobody chooses any more."""
    poll = kept_poll(current_user, slug, public_id)
    press()
    asking.close(poll, now())
    return _done(poll)


@bp.post("/groups/<slug>/polls/<public_id>/reopen")
@signed_in
def reopen(slug: str, public_id: str):
    """It goes on."""
    poll, form, moment = kept_poll(current_user, slug, public_id), ReopenForm(), now()
    form.validate()
    closes_at = read_last_day(form.closes_on, poll.zone, moment)
    if form.errors:
        return _page(poll, 422, reopening=form)
    asking.reopen(poll, closes_at, moment)
    return _done(poll)


def _done(poll: Poll) -> Response:
    path = url_for("polls.one", slug=poll.group.slug, public_id=poll.public_id)
    db.session.commit()
    return web.done(path)


def _page(poll: Poll, status: int = 200, refusal: str | None = None, **forms) -> Response:
    answer = web.private(render_template("polls/poll.html", **poll_context(poll, now(), **forms), refusal=refusal))
    answer.status_code = status
    return answer
