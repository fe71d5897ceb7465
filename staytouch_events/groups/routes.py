"""Crews: the list, starting and managing one, its people, joining and leaving, pictures, papers."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.groups import may_own, organized_group, owned_group, visible_group, visible_groups
from ..access.memberships import membership_in, removable_membership
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..kinds import KINDS, kind_choices
from ..limits import Limit, spend
from ..links import site_link
from ..pictures import picture_file, take_upload
from ..refusals import Refused
from ..text import clean_line
from ..versions import LISTS
from ..when import now
from . import actions
from .forms import AnswerMailForm, GroupForm, InviteForm, ManageForm, RoleForm, as_typed
from .models import Group
from .people_page import people_context
from .queries import groups_page, member_counts, membership_of, stocks

bp = Blueprint("groups", __name__)
INVITES = Limit("group-invite", 20, 24 * 3600)
STARTS = Limit("group-start", 5, 24 * 3600)
A_YEAR = "public, max-age=31536000, immutable"
A_YEAR_OF_ONES_OWN = "private, max-age=31536000, immutable"


@bp.get("/groups")
def groups():
    """All crews that the viewer may find, by name."""
    words = clean_line(request.args.get("q", ""))[:100]
    page, after = groups_page(visible_groups(current_user), words, request.args.get("after", ""))
    counts = member_counts([group.id for group in page])
    more = url_for("groups.groups", q=words or None, after=after) if after else None
    shown = render_template("groups/list.html", groups=page, counts=counts, words=words, more_url=more, kind_of=kind_of)
    return web.keep(shown, LISTS, params=("q", "after"))


@bp.get("/groups/new")
@signed_in
def new():
    """Start a crew."""
    _check_may_start()
    return render_template("groups/new.html", form=GroupForm(causes=kind_choices()))


@bp.post("/groups/new")
@signed_in
def start():
    """Make it."""
    _check_may_start()
    form = GroupForm(causes=kind_choices())
    fields = form.fields()
    if fields is None or not take_upload(form, fields):
        return web.again("groups/new.html", form=form)
    spend(STARTS, str(current_user.id), now())
    group = actions.start(current_user, fields, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=group.slug))


@bp.get("/groups/<slug>/manage")
@signed_in
def manage(slug: str):
    """What it says of itself."""
    group = organized_group(current_user, slug)
    form = ManageForm(formdata=None, data=as_typed(group), causes=kind_choices())
    return render_template("groups/manage.html", **_manage_context(group, form))


@bp.post("/groups/<slug>/manage")
@signed_in
def save(slug: str):
    """Change it."""
    group, form = organized_group(current_user, slug), ManageForm(causes=kind_choices())
    fields = form.fields()
    if fields is None or not take_upload(form, fields):
        return web.again("groups/manage.html", **_manage_context(group, form))
    try:
        actions.save(group, fields, form.slug.data, now(), current_user)
    except Refused as refusal:
        db.session.rollback()
        form.slug.errors = [str(refusal)]
        group = organized_group(current_user, slug)
        return web.again("groups/manage.html", **_manage_context(group, form))
    db.session.commit()
    return web.done(url_for("pages.group", slug=group.slug))


@bp.post("/groups/<slug>/join")
@signed_in
def join(slug: str):
    """Belong to it."""
    group = visible_group(current_user, slug)
    press()
    actions.join(group, current_user, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=slug))


@bp.post("/groups/<slug>/leave")
@signed_in
def leave(slug: str):
    """Belong to it no more."""
    group = visible_group(current_user, slug)
    press()
    actions.leave(group, current_user, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=slug))


@bp.get("/groups/<slug>/manage/people")
@signed_in
def people(slug: str):
    """Who is in it, and as what."""
    return _people_page(organized_group(current_user, slug))


@bp.post("/groups/<slug>/manage/people/invite")
@signed_in
def invite(slug: str):
    """Ask somebody to organize it too."""
    group, form = organized_group(current_user, slug), InviteForm()
    if not form.validate():
        return _people_page(group, form), 422
    spend(INVITES, str(current_user.id), now())
    actions.invite(group, form.email.data, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug, invited=1))


@bp.post("/groups/<slug>/manage/people/<int(max=2147483647):number>/role")
@signed_in
def set_role(slug: str, number: int):
    """Make somebody a member, organizer or owner."""
    group, form = owned_group(current_user, slug), RoleForm()
    if not form.validate():
        return _people_page(group), 422
    actions.set_role(membership_in(group, number), form.role.data, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.post("/groups/<slug>/manage/people/<int(max=2147483647):number>/remove")
@signed_in
def remove(slug: str, number: int):
    """Take somebody out; only owners take out organizers."""
    group = organized_group(current_user, slug)
    membership = removable_membership(current_user, group, number)
    press()
    actions.remove(membership, current_user, now())
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.post("/groups/<slug>/manage/answers")
@signed_in
def answer_mail(slug: str):
    """How this organizer hears of answers."""
    group, form = organized_group(current_user, slug), AnswerMailForm()
    membership = membership_of(group, current_user.id)
    if membership is not None and form.validate():
        membership.answer_mail = form.answer_mail.data
        db.session.commit()
    return web.done(url_for("groups.people", slug=slug))


@bp.get("/groups/invitation/<token>")
@signed_in
def invitation(token: str):
    """The page behind a mailed invitation: a button."""
    return web.private(render_template("groups/invitation.html", token=token, button=ButtonForm(formdata=None)))


@bp.post("/groups/invitation/<token>")
@signed_in
def accept(token: str):
    """Spend it."""
    press()
    group = actions.accept(token, current_user, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=group.slug))


@bp.get("/stocks.css")
def stocks_css():
    """Each crew's paper, a class a crew; of no private one."""
    answer = _papers(stocks())
    answer.headers["Cache-Control"] = A_YEAR if request.args.get("v") else "no-cache"
    return answer


@bp.get("/stocks/mine.css")
@signed_in
def own_stocks_css():
    """The same for one person, with the papers of their private crews."""
    answer = _papers(stocks(current_user.id))
    answer.headers["Cache-Control"] = A_YEAR_OF_ONES_OWN if request.args.get("v") else "private, no-cache"
    return answer


@bp.get("/pictures/<name>.webp")
def picture(name: str):
    """An uploaded picture; its name is not to be guessed."""
    path = picture_file(name)
    if path is None:
        abort(404)
    answer = send_file(path, mimetype="image/webp")
    answer.headers["Cache-Control"] = A_YEAR
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _papers(rows: list[tuple[int, str]]) -> Response:
    return Response("".join(f".crew-{number}{{--stock:{colour}}}\n" for number, colour in rows), mimetype="text/css")


def kind_of(group) -> str:
    """The kind whose icon and pattern stand for a group."""
    return next((cause for cause in group.causes if cause in KINDS), "other")


def _manage_context(group: Group, form: ManageForm) -> dict[str, Any]:
    return {"group": group, "form": form, "owns": may_own(current_user, group), "embed_url": _embed_url(group)}


def _embed_url(group) -> str:
    return site_link("embeds.group", slug=group.slug)


def _check_may_start() -> None:
    if current_app.config["SETTINGS"].group_creation == "admins" and not current_user.is_admin:
        raise Refused(_("On this site an admin starts new crews. Write to them."))


def _people_page(group, form=None) -> str:
    return render_template("groups/people.html", **people_context(group, now(), form))
