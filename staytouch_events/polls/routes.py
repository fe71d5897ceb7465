"""Looking for a time: a new poll, its page, voting on it, its entry for a calendar."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user

from .. import ics, web
from ..access.groups import organized_group
from ..access.polls import settled_time, visible_time, vote_token
from ..access.viewers import signed_in
from ..db import db
from ..limits import Limit, spend
from ..links import site_link
from ..refusals import Refused
from ..spoken import language
from ..when import now
from . import finding
from .models import TimePoll
from .queries import times_by
from .time_forms import TimePollForm, VoteForm, asks_more, rows_form, vote_form
from .time_page import fill_new, time_card, time_context

bp = Blueprint("times", __name__)
# A crew on one network votes in one evening.
BY_SENDER = Limit("vote-from", 200, 3600)
BY_ADDRESS = Limit("vote-to", 10, 3600)
BY_MAKER = Limit("poll-by", 20, 3600)


@bp.get("/polls")
@signed_in
def mine():
    """The times that the viewer looks for."""
    moment = now()
    cards = [time_card(poll, moment) for poll in times_by(current_user)]
    return render_template("polls/mine.html", cards=cards)


@bp.get("/polls/new")
@signed_in
def new():
    """The form; `group` names the crew."""
    form = rows_form(TimePollForm, formdata=None)
    fill_new(form, request.args.get("group", ""), now())
    return render_template("polls/new.html", form=form)


@bp.post("/polls/new")
@signed_in
def make():
    """Ask for a time, or have more rows to fill."""
    moment, form = now(), rows_form(TimePollForm)
    fill_new(form, "", moment)
    if asks_more():
        return render_template("polls/new.html", form=form)
    read = form.fields(moment)
    if read is None:
        return web.again("polls/new.html", form=form)
    spend(BY_MAKER, str(current_user.id), moment)
    group = organized_group(current_user, form.group.data) if form.group.data else None
    try:
        poll = finding.make(current_user, group, *read, moment)
    except Refused as refusal:
        db.session.rollback()
        return web.again("polls/new.html", 409, form=form, refusal=str(refusal))
    db.session.commit()
    return web.done(url_for("times.one", public_id=poll.public_id))


@bp.get("/polls/<public_id>")
def one(public_id: str):
    """One poll: the times, who said what, and the form to vote."""
    return _page(visible_time(current_user, public_id))


@bp.post("/polls/<public_id>")
def vote(public_id: str):
    """Vote: no account is needed, and no mail."""
    poll, moment = visible_time(current_user, public_id), now()
    form = vote_form(poll)
    if not form.validate():
        return _page(poll, form, 422)
    try:
        return _vote_signed_in(poll, form) if current_user.is_authenticated else _vote_as_guest(poll, form, moment)
    except Refused as refusal:
        db.session.rollback()
        return _page(visible_time(current_user, public_id), form, 409, str(refusal))


@bp.get("/polls/<public_id>.ics")
def entry(public_id: str):
    """The time that was set, for a calendar, where no event was made of it."""
    poll = settled_time(current_user, public_id)
    if poll.event is not None:
        return redirect(url_for("feeds.event", slug=poll.event.slug), 303)
    page = site_link("times.one", public_id=poll.public_id)
    made = ics.calendar([ics.vevent(_entry(poll, page))], name=poll.title, zone=poll.zone, url=page)
    headers = {"Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": "attachment; filename=time.ics"}
    return web.private(Response(made, headers=headers))


def _vote_signed_in(poll: TimePoll, form: VoteForm):
    finding.vote(poll, current_user, form.name.data, form.said(), form.hears.data, now())
    db.session.commit()
    return web.private(web.done(url_for("times.one", public_id=poll.public_id, _anchor="votes")))


def _vote_as_guest(poll: TimePoll, form: VoteForm, moment):
    email, public_id = form.email.data or "", poll.public_id
    spend(BY_SENDER, request.remote_addr or "", moment)
    if email:
        spend(BY_ADDRESS, email, moment)
    if form.website.data:
        return web.private(web.done(url_for("times.one", public_id=public_id)))
    ballot = finding.vote_as_guest(poll, form.name.data, email, form.said(), language(), moment)
    db.session.commit()
    return web.private(web.done(url_for("time_votes.mine", token=vote_token(ballot))))


def _page(poll: TimePoll, form: VoteForm | None = None, status: int = 200, refusal: str | None = None) -> Response:
    page = render_template("polls/time.html", **time_context(poll, form, now()), refusal=refusal)
    answer = web.private(page)
    answer.status_code = status
    return answer


def _entry(poll: TimePoll, page: str) -> ics.Entry:
    stamps = dict.fromkeys(("dtstamp", "last_modified"), poll.ended_at)
    return ics.Entry(
        uid=f"poll-{poll.public_id}@staytouch",
        sequence=0,
        created=poll.created_at,
        status="CONFIRMED",
        summary=poll.title,
        starts=poll.starts_at,
        ends=poll.ends_at,
        description=poll.about,
        location=poll.place,
        url=page,
        transparent=False,
        **stamps,
    )
