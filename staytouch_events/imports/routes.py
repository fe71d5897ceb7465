"""Bringing in a crew's dates from a calendar elsewhere."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.groups import organized_group, row_in
from ..access.viewers import signed_in
from ..db import db
from ..fetch import MOST_BYTES
from ..forms import UNSENT, ButtonForm, press
from ..groups.models import Group
from ..limits import Limit, spend
from ..refusals import Refused
from ..text import clean_line
from ..when import now
from . import bringing
from .forms import CalendarForm, MakeForm
from .import_page import import_context, state_words
from .import_queries import imports_of
from .models import READY, CalendarImport

bp = Blueprint("imports", __name__, url_prefix="/groups/<slug>/manage/import")
NUMBER = "/<int(max=2147483647):number>"
BY_PERSON = Limit("calendar-imports", 20, 3600)


@bp.get("")
@signed_in
def begin(slug: str):
    """A file or an address; and what was brought before."""
    return _begin_page(organized_group(current_user, slug), CalendarForm(formdata=UNSENT))


@bp.post("")
@signed_in
def bring(slug: str):
    """Have the worker read it."""
    group, form = organized_group(current_user, slug), CalendarForm()
    if not form.validate():
        return _begin_page(group, form), 422
    spend(BY_PERSON, str(current_user.id), now())
    try:
        row = _brought(group, form)
    except Refused as refusal:
        form[refusal.field or "file"].errors = [str(refusal)]
        return _begin_page(group, form), 422
    db.session.commit()
    return web.done(url_for("imports.one", slug=slug, number=row.id))


@bp.get(NUMBER)
@signed_in
def one(slug: str, number: int):
    """What is in it, or what came of it."""
    row = row_in(organized_group(current_user, slug), CalendarImport, number)
    forms = {"form": MakeForm(formdata=UNSENT), "button": ButtonForm(formdata=UNSENT)}
    return render_template("imports/one.html", group=row.group, **import_context(row), **forms)


@bp.post(f"{NUMBER}/make")
@signed_in
def make(slug: str, number: int):
    """Make events of its dates."""
    row, form = row_in(organized_group(current_user, slug), CalendarImport, number), MakeForm()
    if form.validate() and row.state == READY:
        bringing.make_events(row, form.follows.data, now())
        db.session.commit()
    return web.done(url_for("imports.one", slug=slug, number=number))


@bp.post(f"{NUMBER}/again")
@signed_in
def again(slug: str, number: int):
    """Read it at once."""
    row = row_in(organized_group(current_user, slug), CalendarImport, number)
    press()
    spend(BY_PERSON, str(current_user.id), now())
    bringing.read_now(row, now())
    db.session.commit()
    return web.done(url_for("imports.one", slug=slug, number=number))


@bp.post(f"{NUMBER}/forget")
@signed_in
def forget(slug: str, number: int):
    """Follow it no more; its events stay."""
    row = row_in(organized_group(current_user, slug), CalendarImport, number)
    press()
    bringing.forget(row)
    db.session.commit()
    return web.done(url_for("imports.begin", slug=slug))


def _brought(group: Group, form: CalendarForm) -> CalendarImport:
    file = request.files.get("file")
    if file is not None and file.filename:
        body = file.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise Refused(_("The file is larger than 5 MB."), field="file")
        return bringing.bring_file(group, current_user, clean_line(file.filename)[:120], body, now())
    if not form.url.data:
        raise Refused(_("Choose a file, or paste an address."), field="file")
    return bringing.bring_address(group, current_user, form.url.data, now())


def _begin_page(group: Group, form: CalendarForm) -> str:
    brought = [(row, state_words(row)) for row in imports_of(group)]
    return render_template("imports/begin.html", group=group, form=form, rows=brought)
