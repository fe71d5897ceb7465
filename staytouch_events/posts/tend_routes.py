"""One's own posts, and what organizers look after: change, take away, put back, keep on top, the answer."""

from flask import Blueprint, abort, render_template
from flask_login import current_user

from .. import web
from ..access.posts import may_choose_answer, may_pin, may_read, may_restore, own_post, shown_post, talk_place
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..when import now
from . import actions
from .forms import as_written, change_form
from .models import Post
from .page import place_context, talk_url, thread_url
from .routes import ONE

bp = Blueprint("talk_desk", __name__, url_prefix="/<any(groups,events):noun>/<slug>/talk")


@bp.get(f"{ONE}/edit")
@signed_in
def change(noun: str, slug: str, number: int):
    """A post, to change."""
    post = own_post(current_user, noun, slug, number)
    form = change_form(post, formdata=None, data=as_written(post))
    return web.unlisted(_form_page(post, form))


@bp.post(f"{ONE}/edit")
@signed_in
def save(noun: str, slug: str, number: int):
    """Change it."""
    post = own_post(current_user, noun, slug, number)
    form = change_form(post)
    fields = form.fields()
    if fields is None:
        return _form_page(post, form), 422
    actions.edit(post, fields, now())
    db.session.commit()
    return web.done(_after(post))


@bp.post(f"{ONE}/delete")
@signed_in
def take_away(noun: str, slug: str, number: int):
    """Show it no more; the page that follows has the button that puts it back."""
    post = own_post(current_user, noun, slug, number)
    press()
    actions.take_away(post, current_user, now())
    db.session.commit()
    if not may_read(current_user, post.place):
        return web.done("/")
    if post.parent_id is None:
        return web.done(talk_url("talk.listing", post.place, gone=post.id))
    return web.done(talk_url("talk.thread", post.place, number=post.id))


@bp.post(f"{ONE}/restore")
@signed_in
def restore(noun: str, slug: str, number: int):
    """Put it back."""
    post = own_post(current_user, noun, slug, number)
    if not may_restore(current_user, post):
        abort(403)
    press()
    actions.restore(post)
    db.session.commit()
    return web.done(_after(post))


@bp.post(f"{ONE}/pin")
@signed_in
def pin(noun: str, slug: str, number: int):
    """Keep it on top, or no more."""
    place = talk_place(current_user, noun, slug)
    post = shown_post(current_user, place, number)
    if not may_pin(current_user, place):
        abort(403)
    press()
    actions.pin(post, post.pinned_at is None, now())
    db.session.commit()
    return web.done(thread_url(post))


@bp.post(f"{ONE}/choose")
@signed_in
def choose(noun: str, slug: str, number: int):
    """This answer is the one; said of it again, the question is open again."""
    place = talk_place(current_user, noun, slug)
    post = shown_post(current_user, place, number)
    question = post.parent or post
    if not may_choose_answer(current_user, question):
        abort(403)
    press()
    actions.choose_answer(question, None if question.answer_id == post.id else post)
    db.session.commit()
    return web.done(thread_url(post))


def _form_page(post: Post, form) -> str:
    return render_template("posts/edit.html", **place_context(post.place), post=post, form=form)


def _after(post: Post) -> str:
    """Where it stands, for who still reads there."""
    return thread_url(post) if may_read(current_user, post.place) else "/"
