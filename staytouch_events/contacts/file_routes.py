"""Bringing people from a file: choose it, look it over, take it in, take it back."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from .. import web
from ..access.people_files import own_file
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..text import clean_line
from ..when import now
from . import file_pictures, importing
from .file_forms import FileForm, TakeForm
from .file_page import look_context
from .people_forms import tag_list

bp = Blueprint("people_files", __name__)
BY_PERSON = Limit("people-file", 20, 3600)


@bp.get("/contacts/import")
@signed_in
def begin():
    """Which file, and how to get it out of one's phone."""
    return render_template("contacts/bring.html", form=FileForm(formdata=None))


@bp.post("/contacts/import")
@signed_in
def bring():
    """Read it, and show what it holds; nothing is kept of anybody yet."""
    form, moment = FileForm(), now()
    valid, sent = form.validate(), request.files.get("file")
    spend(BY_PERSON, str(current_user.id), moment)
    data = sent.stream.read(importing.MOST_BYTES + 1) if sent and sent.filename else b""
    why = _wrong(data)
    if not valid or why:
        form.file.errors = [why] if why else form.file.errors
        return web.again("contacts/bring.html", form=form)
    file = importing.bring(current_user, clean_line(sent.filename)[:100], data, moment)
    db.session.commit()
    return web.done(url_for("people_files.look", public_id=file.public_id))


@bp.get("/contacts/import/<public_id>")
@signed_in
def look(public_id: str):
    """What it holds; or, once it was taken in, how to take it back."""
    file = own_file(current_user, public_id)
    if file.taken_at is not None:
        return _taken(file)
    return render_template("contacts/look.html", **look_context(current_user, file, TakeForm(formdata=None)))


@bp.post("/contacts/import/<public_id>")
@signed_in
def take(public_id: str):
    """Keep those who are ticked."""
    file, form = own_file(current_user, public_id), TakeForm()
    if not form.validate():
        return web.again("contacts/look.html", **look_context(current_user, file, form))
    positions = [int(text) for text in request.form.getlist("keep") if text.isascii() and text.isdigit()]
    wanted = {at: request.form.get(f"as-{at}", importing.APART) for at in positions}
    importing.take_in(file, wanted, tag_list(form.tags.data), now())
    file_pictures.plan(file, now())
    db.session.commit()
    return web.done(url_for("people_files.look", public_id=public_id))


@bp.post("/contacts/import/<public_id>/undo")
@signed_in
def undo(public_id: str):
    """Take it back."""
    file = own_file(current_user, public_id)
    press()
    gone, stay = importing.undo(file, now())
    db.session.commit()
    return web.done(url_for("people_files.look", public_id=public_id, gone=gone, stay=stay))


def _taken(file) -> Response | str:
    counts = {name: request.args.get(name, 0, int) for name in ("gone", "stay")}
    number = importing.brought(file)
    return render_template("contacts/taken.html", file=file, number=number, button=ButtonForm(formdata=None), **counts)


def _wrong(data: bytes) -> str | None:
    """Why a file can't be taken, in words."""
    if not data:
        return _("Choose a file.")
    if len(data) > importing.MOST_BYTES:
        return _("This file is larger than 10 MB. Export it without pictures, or in parts.")
    if not importing.cards_in(data).cards:
        return _("There is no vCard in this file that can be read. It ends in .vcf and begins with BEGIN:VCARD.")
    return None
