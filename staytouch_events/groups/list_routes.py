"""Inviting from a list: choose it, look it over, mail it."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.groups import organized_group
from ..access.viewers import signed_in
from ..db import db
from ..limits import Limit, spend
from ..refusals import Refused
from ..when import now
from .forms import ListForm
from .inviting import NEW, Listed, invite_all, left_this_week, read_list
from .models import Group

bp = Blueprint("lists", __name__, url_prefix="/groups/<slug>/manage/people/list")
BY_PERSON = Limit("group-list", 30, 3600)
MOST_BYTES = 1_000_000


@bp.get("")
@signed_in
def begin(slug: str):
    """Which list."""
    return _page(organized_group(current_user, slug), ListForm(formdata=None), [])


@bp.post("")
@signed_in
def look(slug: str):
    """What would become of each line; nobody is written to yet."""
    group, form = organized_group(current_user, slug), ListForm()
    listed = _read(group, form)
    form.text.data = form.text.data or _as_text(listed)
    return _page(group, form, listed), 422 if form.errors else 200


@bp.post("/send")
@signed_in
def send(slug: str):
    """One letter to everybody who is new."""
    group, form = organized_group(current_user, slug), ListForm()
    listed = _read(group, form)
    if not form.errors:
        try:
            count = invite_all(group, listed, current_user, now())
        except Refused as why:
            db.session.rollback()
            form.text.errors = [str(why)]
    if form.errors:
        return _page(group, form, listed), 422
    db.session.commit()
    return web.done(url_for("groups.people", slug=slug, mailed=count, _anchor="links"))


def _read(group: Group, form: ListForm) -> list[Listed]:
    """The people of the file, or else of what was pasted; errors stand at the form."""
    valid, sent = form.validate(), request.files.get("file")
    spend(BY_PERSON, str(current_user.id), now())
    data = sent.stream.read(MOST_BYTES + 1) if sent and sent.filename else (form.text.data or "").encode()
    if not valid:
        return []
    if not data.strip() or len(data) > MOST_BYTES:
        form.file.errors = [_("This is too large.") if data.strip() else _("Choose a file, or paste the list.")]
        return []
    try:
        return read_list(group, data, now())
    except Refused as why:
        form.file.errors = [str(why)]
        return []


def _as_text(listed: list[Listed]) -> str:
    """What the second page sends back of a file: whom to invite, a person a line."""
    return "\n".join(f"{row.email}\t{row.name}" for row in listed if row.state == NEW)


def _page(group: Group, form: ListForm, listed: list[Listed]) -> str:
    new = [row for row in listed if row.state == NEW]
    others = [row for row in listed if row.state != NEW]
    left = left_this_week(current_user, now())
    return render_template("groups/list_invite.html", group=group, form=form, new=new, others=others, left=left)
