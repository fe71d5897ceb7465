"""A crew's roles: what there is to do at its events."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from .. import web
from ..access.groups import organized_group
from ..access.shifts import role_in
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..groups.queries import members_of
from ..refusals import Refused
from ..text import fold
from ..when import now
from .presets import presets
from .queries import roles_of
from .role_forms import RoleForm, as_typed
from .roles import add_role, remove_role, save_role

bp = Blueprint("roles", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get("/groups/<slug>/manage/roles")
@signed_in
def roles(slug: str):
    """All of them, the usual ones to take over, and one of one's own."""
    group = organized_group(current_user, slug)
    return _page(group, RoleForm(formdata=None, members=members_of(group)))


@bp.post("/groups/<slug>/manage/roles")
@signed_in
def add(slug: str):
    """One's own."""
    group = organized_group(current_user, slug)
    form = RoleForm(members=members_of(group))
    fields = form.fields()
    if fields is None:
        return _page(group, form), 422
    try:
        add_role(group, fields, now())
    except Refused as refusal:
        db.session.rollback()
        form.name.errors = [str(refusal)]
        return _page(organized_group(current_user, slug), form), 422
    db.session.commit()
    return web.done(url_for("roles.roles", slug=slug))


@bp.post("/groups/<slug>/manage/roles/usual")
@signed_in
def usual(slug: str):
    """A usual one, as it is."""
    group = organized_group(current_user, slug)
    press()
    chosen = presets().get(request.form.get("role", ""))
    if chosen is None:
        raise BadRequest(_("There is no such role. Go back and choose one."))
    add_role(group, chosen, now())
    db.session.commit()
    return web.done(url_for("roles.roles", slug=slug))


@bp.get(f"/groups/<slug>/manage/roles/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One role, to change or take off."""
    role = role_in(organized_group(current_user, slug), number)
    form = RoleForm(formdata=None, data=as_typed(role), members=members_of(role.group))
    return render_template("volunteers/role.html", role=role, group=role.group, form=form)


@bp.post(f"/groups/<slug>/manage/roles/{NUMBER}")
@signed_in
def save(slug: str, number: int):
    """Change it."""
    role = role_in(organized_group(current_user, slug), number)
    form = RoleForm(members=members_of(role.group))
    fields = form.fields()
    if fields is None:
        return web.again("volunteers/role.html", role=role, group=role.group, form=form)
    try:
        save_role(role, fields, now())
    except Refused as refusal:
        db.session.rollback()
        form.name.errors = [str(refusal)]
        role = role_in(organized_group(current_user, slug), number)
        return web.again("volunteers/role.html", role=role, group=role.group, form=form)
    db.session.commit()
    return web.done(url_for("roles.roles", slug=slug))


@bp.post(f"/groups/<slug>/manage/roles/{NUMBER}/remove")
@signed_in
def remove(slug: str, number: int):
    """Offer it no more."""
    role = role_in(organized_group(current_user, slug), number)
    press()
    remove_role(role, now())
    db.session.commit()
    return web.done(url_for("roles.roles", slug=slug))


def _page(group, form) -> str:
    kept = roles_of(group)
    names = {fold(role.name) for role in kept}
    offered = [(key, role) for key, role in presets().items() if fold(role["name"]) not in names]
    return render_template(
        "volunteers/roles.html",
        group=group,
        roles=kept,
        offered=offered,
        form=form,
        button=ButtonForm(formdata=None),
    )
