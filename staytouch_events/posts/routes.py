"""Where people talk: the list, a thread, writing, answering, pressing a word. The same in a crew and on an event."""

from flask import Blueprint, redirect, render_template, request
from flask_login import current_user

from .. import web
from ..access.posts import is_public, post_in, shown_post, talk_place, written_place
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..limits import Limit, spend
from ..text import parse_int
from ..when import now
from . import actions, mailing
from .forms import AnswerForm, PostForm
from .models import REACTIONS, Place
from .page import listing_context, talk_url, thread_context, thread_url

bp = Blueprint("talk", __name__, url_prefix="/<any(groups,events):noun>/<slug>/talk")
BY_WRITER, BY_GROUP = Limit("post-by", 30, 3600), Limit("post-in", 200, 3600)
PRESSED = Limit("post-react", 200, 3600)
MOST = 2**31 - 1
ONE = f"/<int(max={MOST}):number>"


@bp.get("")
def listing(noun: str, slug: str):
    """The newest posts; `before` is a cursor."""
    place = talk_place(current_user, noun, slug)
    before = parse_int(request.args.get("before", ""), 1, MOST)
    page = render_template("posts/listing.html", **listing_context(place, before), gone_url=_gone_url(place))
    return _kept(page, place)


@bp.post("")
@signed_in
def write(noun: str, slug: str):
    """Begin something."""
    place, form = written_place(current_user, noun, slug), PostForm()
    _spend(place)
    fields = form.fields()
    if fields is None:
        return web.again("posts/listing.html", **listing_context(place, None, form))
    post = actions.write(current_user, place, fields, now())
    db.session.commit()
    return web.done(thread_url(post))


@bp.get(ONE)
def thread(noun: str, slug: str, number: int):
    """A post and its answers; an answer's own address leads there."""
    place = talk_place(current_user, noun, slug)
    post = post_in(current_user, place, number)
    if post.parent_id and post.is_shown:
        return redirect(thread_url(post))
    return _kept(render_template("posts/thread.html", **thread_context(post)), place)


@bp.post(ONE)
@signed_in
def answer(noun: str, slug: str, number: int):
    """Answer it."""
    place = written_place(current_user, noun, slug)
    post, form = shown_post(current_user, place, number), AnswerForm()
    _spend(place)
    fields = form.fields()
    if fields is None:
        return web.again("posts/thread.html", **thread_context(post.parent or post, form))
    written = actions.answer(current_user, post, fields, now())
    db.session.commit()
    return web.done(thread_url(written))


@bp.post(f"{ONE}/react")
@signed_in
def react(noun: str, slug: str, number: int):
    """Press one of the words under it, or take that back."""
    place = written_place(current_user, noun, slug)
    post, kind = shown_post(current_user, place, number), request.form.get("kind")
    press()
    spend(PRESSED, str(current_user.id), now())
    if kind in REACTIONS:
        actions.react(post, current_user, kind)
        db.session.commit()
    return web.done(web.safe_path(request.form.get("back"), thread_url(post)))


@bp.post(f"{ONE}/mute")
@signed_in
def mute(noun: str, slug: str, number: int):
    """Hear nothing of a thread any more, or again."""
    place = talk_place(current_user, noun, slug)
    post = shown_post(current_user, place, number)
    press()
    root = post.parent or post
    mailing.mute(current_user, root, not mailing.is_muted(current_user, root))
    db.session.commit()
    return web.done(talk_url("talk.thread", place, number=root.id))


def _kept(page: str, place: Place):
    """Open talks are kept, and found by search engines; nothing of the others is."""
    if not is_public(place):
        return web.unlisted(page)
    counters = (f"group:{place.group.id}", *((f"event:{place.event.id}",) if place.event else ()))
    return web.keep(page, *counters, params=("before", "gone"))


def _spend(place: Place) -> None:
    moment = now()
    spend(BY_WRITER, str(current_user.id), moment)
    spend(BY_GROUP, str(place.group.id), moment)


def _gone_url(place: Place) -> str | None:
    """Where what was just taken away can be put back, for who took it."""
    number = parse_int(request.args.get("gone", ""), 1, MOST)
    return talk_url("talk_desk.restore", place, number=number) if number and current_user.is_authenticated else None
