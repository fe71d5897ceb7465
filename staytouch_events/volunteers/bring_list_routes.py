"""The organizers' bring list: what is wanted, and who brings what."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from .. import web
from ..access.bring import hosted_item
from ..access.events import hosted_event
from ..access.viewers import signed_in
from ..db import db
from ..events.models import Event
from ..forms import ButtonForm, press
from ..refusals import Refused
from ..when import now
from . import bring_lists
from .bring_forms import ItemForm, LinesForm
from .bring_models import BringItem
from .bring_page import list_board

bp = Blueprint("bring_list", __name__)
NUMBER = "<int(max=2147483647):number>"


@bp.get("/events/<slug>/manage/bring")
@signed_in
def manage(slug: str):
    """The list with who brings what, and the forms that add to it."""
    return _board(hosted_event(current_user, slug))


@bp.post("/events/<slug>/manage/bring")
@signed_in
def add(slug: str):
    """One more thing."""
    event, form = hosted_event(current_user, slug), ItemForm()
    fields = form.fields()
    return _add(event, [fields] if fields else None, form=form)


@bp.post("/events/<slug>/manage/bring/lines")
@signed_in
def add_lines(slug: str):
    """Several things, one a line."""
    event, form = hosted_event(current_user, slug), LinesForm()
    return _add(event, form.things(), lines=form)


@bp.get(f"/events/<slug>/manage/bring/{NUMBER}")
@signed_in
def one(slug: str, number: int):
    """One thing, to change or take off."""
    item = hosted_item(current_user, slug, number)
    return _one(item, ItemForm(formdata=None, obj=item))


@bp.post(f"/events/<slug>/manage/bring/{NUMBER}")
@signed_in
def save(slug: str, number: int):
    """Change it; whoever brings less for it, or something else, is told."""
    item, form = hosted_item(current_user, slug, number), ItemForm()
    fields = form.fields()
    if fields is None:
        return _one(item, form), 422
    try:
        bring_lists.save_item(item, fields, now())
    except Refused as refusal:
        db.session.rollback()
        return _one(hosted_item(current_user, slug, number), form, str(refusal)), 409
    db.session.commit()
    return web.done(url_for("bring_list.manage", slug=slug))


@bp.post(f"/events/<slug>/manage/bring/{NUMBER}/remove")
@signed_in
def remove(slug: str, number: int):
    """Take it off; whoever brings it is told."""
    item = hosted_item(current_user, slug, number)
    press()
    bring_lists.remove_item(item, now())
    db.session.commit()
    return web.done(url_for("bring_list.manage", slug=slug))


def _add(event: Event, things: list[dict] | None, **forms):
    if things is None:
        return _board(event, **forms), 422
    slug = event.slug
    try:
        bring_lists.add_items(event, things, now())
    except Refused as refusal:
        db.session.rollback()
        return _board(hosted_event(current_user, slug), str(refusal), **forms), 409
    db.session.commit()
    return web.done(url_for("bring_list.manage", slug=slug))


def _board(event: Event, refusal: str | None = None, form: ItemForm | None = None, lines: LinesForm | None = None):
    return render_template(
        "volunteers/bring_board.html",
        event=event,
        form=form or ItemForm(formdata=None),
        lines=lines or LinesForm(formdata=None),
        refusal=refusal,
        **list_board(event),
    )


def _one(item: BringItem, form: ItemForm, refusal: str | None = None):
    rows = list_board(item.event)["rows"]
    return render_template(
        "volunteers/bring_edit.html",
        event=item.event,
        row=next(row for row in rows if row["id"] == item.id),
        form=form,
        refusal=refusal,
        button=ButtonForm(formdata=None),
    )
