"""Asking to join, links that let people in, keeping somebody out."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.groups import organized_group, row_in, visible_group
from ..access.joining import join_link_by_token
from ..access.memberships import removable_membership
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..when import now
from . import joining
from .forms import AskForm, BanForm, LinkForm
from .join_models import Ban, JoinLink, JoinRequest
from .join_queries import request_by

bp = Blueprint("joining", __name__)
NUMBER = "<int(max=2147483647):number>"
ASKS = Limit("group-ask", 20, 24 * 3600)
LINKS = Limit("group-link", 30, 24 * 3600)


@bp.post("/groups/<slug>/ask")
@signed_in
def ask(slug: str):
    """Ask its organizers to be let in."""
    group, form = visible_group(current_user, slug), AskForm()
    if not form.validate():
        return web.done(url_for("pages.group", slug=slug))
    spend(ASKS, str(current_user.id), now())
    joining.ask(group, current_user, form.words.data or "", now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=slug, _anchor="join"))


@bp.post("/groups/<slug>/ask/back")
@signed_in
def take_back(slug: str):
    """Ask no more."""
    request = request_by(visible_group(current_user, slug), current_user.id)
    press()
    if request is not None:
        joining.take_back(request)
        db.session.commit()
    return web.done(url_for("pages.group", slug=slug))


@bp.post(f"/groups/<slug>/manage/people/asks/{NUMBER}/<any(yes, no):answer>")
@signed_in
def decide(slug: str, number: int, answer: str):
    """Say yes or no to somebody who asks."""
    request = row_in(organized_group(current_user, slug), JoinRequest, number)
    press()
    (joining.let_in if answer == "yes" else joining.turn_down)(request, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.post("/groups/<slug>/manage/people/links")
@signed_in
def make(slug: str):
    """A new link that lets people in."""
    group, form = organized_group(current_user, slug), LinkForm()
    if form.validate():
        spend(LINKS, str(current_user.id), now())
        joining.make_link(group, current_user, form.for_many.data == "many", int(form.days.data), now())
        db.session.commit()
    return web.done(url_for("groups.people", slug=slug, _anchor="links"))


@bp.post(f"/groups/<slug>/manage/people/links/{NUMBER}/end")
@signed_in
def end(slug: str, number: int):
    """A link lets nobody in any more."""
    link = row_in(organized_group(current_user, slug), JoinLink, number)
    press()
    joining.end_link(link, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug, _anchor="links"))


@bp.post(f"/groups/<slug>/manage/people/{NUMBER}/ban")
@signed_in
def ban(slug: str, number: int):
    """Take somebody out for good; only owners do it to organizers."""
    group = organized_group(current_user, slug)
    membership, form = removable_membership(current_user, group, number), BanForm()
    if form.validate():
        joining.ban(membership, current_user, form.reason.data or "", now())
        db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.post(f"/groups/<slug>/manage/people/bans/{NUMBER}/lift")
@signed_in
def lift(slug: str, number: int):
    """Let somebody come back."""
    row = row_in(organized_group(current_user, slug), Ban, number)
    press()
    joining.lift(row, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.get("/groups/join/<token>")
def invited(token: str):
    """The page behind a link: the crew, and a button."""
    link = join_link_by_token(token)
    page = render_template(
        "groups/join.html",
        group=link.group,
        token=token,
        is_open=link.is_open(now()),
        button=ButtonForm(formdata=None),
    )
    return web.private(page)


@bp.post("/groups/join/<token>")
@signed_in
def join_by(token: str):
    """Belong to the crew."""
    link = join_link_by_token(token)
    press()
    slug = link.group.slug
    joining.join_by(link, current_user, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=slug))
