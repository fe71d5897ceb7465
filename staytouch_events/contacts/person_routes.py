"""The page about one of one's people, and what is written on it."""

from datetime import datetime, time

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import date_of, note_of, own_contact, removed_note, removed_person, touch_of
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..people.queries import zone_of
from ..text import parse_int
from ..when import now, to_utc
from . import exchange, keeping
from .models import Contact
from .person_forms import DateForm, NoteForm, OwnForm, TouchForm, own_form
from .person_page import person_context
from .words import met_words, today_of

bp = Blueprint("person", __name__)
ONE = "/contacts/<public_id>"
NUMBER = "<int(max=2147483647):number>"


@bp.get(ONE)
@signed_in
def one(public_id: str):
    """All that one knows of somebody."""
    contact = own_contact(current_user, public_id)
    undo = parse_int(request.args.get("undo", ""), 1, 2**31 - 1)
    gone = removed_note(contact, undo) if undo else None
    return _page(contact, gone=gone, kept="kept" in request.args)


@bp.get(f"{ONE}/edit")
@signed_in
def edit(public_id: str):
    """What one wrote of somebody."""
    contact = own_contact(current_user, public_id)
    form = own_form(contact.own, met_words(contact), formdata=None)
    return render_template("contacts/edit.html", contact=contact, form=form)


@bp.post(f"{ONE}/edit")
@signed_in
def save(public_id: str):
    """Save it; what they share stays apart."""
    contact, form = own_contact(current_user, public_id), OwnForm()
    if not form.validate():
        return web.again("contacts/edit.html", contact=contact, form=form)
    keeping.write_own(contact, form.own(contact.own))
    if (form.met_words.data or "") != met_words(contact):
        keeping.say_where(contact, form.met_words.data or "")
    return _saved(contact)


@bp.post(f"{ONE}/keep")
@signed_in
def take_in(public_id: str):
    """Keep what somebody left."""
    contact = own_contact(current_user, public_id)
    press()
    exchange.take_in(contact)
    return _saved(contact)


@bp.post(f"{ONE}/undo")
@signed_in
def undo(public_id: str):
    """Take an exchange back on both sides."""
    contact = own_contact(current_user, public_id)
    press()
    left = exchange.take_back(contact)
    db.session.commit()
    return web.done(url_for("person.one", public_id=public_id) if left else url_for("contacts.listing", undone=1))


@bp.post(f"{ONE}/remove")
@signed_in
def remove(public_id: str):
    """Take somebody out of one's people."""
    contact = own_contact(current_user, public_id)
    press()
    keeping.remove(contact, now())
    db.session.commit()
    return web.done(url_for("contacts.listing", removed=public_id))


@bp.post(f"{ONE}/restore")
@signed_in
def restore(public_id: str):
    """Put them back."""
    contact = removed_person(current_user, public_id) or own_contact(current_user, public_id)
    press()
    keeping.restore(contact)
    return _saved(contact)


@bp.post(f"{ONE}/notes")
@signed_in
def add_note(public_id: str):
    """Write something down."""
    contact, form = own_contact(current_user, public_id), NoteForm()
    if not form.validate():
        return _page(contact, note=form), 422
    keeping.add_note(contact, form.text.data, form.noted_on.data, now())
    return _saved(contact, "notes")


@bp.get(f"{ONE}/notes/{NUMBER}")
@signed_in
def note(public_id: str, number: int):
    """A note to change."""
    contact = own_contact(current_user, public_id)
    row = note_of(contact, number)
    return render_template("contacts/note.html", contact=contact, note=row, form=NoteForm(formdata=None, obj=row))


@bp.post(f"{ONE}/notes/{NUMBER}")
@signed_in
def change_note(public_id: str, number: int):
    """Change it."""
    contact, form = own_contact(current_user, public_id), NoteForm()
    row = note_of(contact, number)
    if not form.validate():
        return web.again("contacts/note.html", contact=contact, note=row, form=form)
    keeping.change_note(row, form.text.data, form.noted_on.data)
    return _saved(contact, "notes")


@bp.post(f"{ONE}/notes/{NUMBER}/remove")
@signed_in
def remove_note(public_id: str, number: int):
    """Take it out."""
    contact = own_contact(current_user, public_id)
    row = note_of(contact, number)
    press()
    keeping.remove_note(row, now())
    db.session.commit()
    return web.done(url_for("person.one", public_id=public_id, undo=number))


@bp.post(f"{ONE}/notes/{NUMBER}/restore")
@signed_in
def restore_note(public_id: str, number: int):
    """Put it back."""
    contact = own_contact(current_user, public_id)
    row = removed_note(contact, number) or note_of(contact, number)
    press()
    keeping.restore_note(row)
    return _saved(contact, "notes")


@bp.post(f"{ONE}/dates")
@signed_in
def add_date(public_id: str):
    """Remember a day of the year."""
    contact, form = own_contact(current_user, public_id), DateForm()
    if not form.validate():
        return _page(contact, date=form), 422
    keeping.add_date(contact, form.what.data, form.label.data or "", form.day_of_year())
    return _saved(contact, "dates")


@bp.post(f"{ONE}/dates/{NUMBER}/remove")
@signed_in
def drop_date(public_id: str, number: int):
    """Forget it."""
    contact = own_contact(current_user, public_id)
    row = date_of(contact, number)
    press()
    keeping.drop_date(row)
    return _saved(contact, "dates")


@bp.post(f"{ONE}/touches")
@signed_in
def log_touch(public_id: str):
    """Put down that one talked, met or wrote."""
    contact, moment = own_contact(current_user, public_id), now()
    today = today_of(current_user, moment)
    form = TouchForm(today=today)
    if not form.validate():
        return _page(contact, touch=form), 422
    on = form.touched_on.data
    noon = to_utc(datetime.combine(on, time(12)), zone_of(current_user), later=False)
    keeping.log_touch(contact, form.what.data, form.words.data or "", moment if on == today else noon)
    return _saved(contact, "together")


@bp.post(f"{ONE}/touches/{NUMBER}/remove")
@signed_in
def drop_touch(public_id: str, number: int):
    """It was a mistake."""
    contact = own_contact(current_user, public_id)
    row = touch_of(contact, number)
    press()
    keeping.drop_touch(row)
    return _saved(contact, "together")


def _page(contact: Contact, gone=None, kept: bool = False, **forms) -> str:
    context = person_context(contact, now(), **forms)
    return render_template("contacts/person.html", **context, gone=gone, kept=kept)


def _saved(contact: Contact, part: str | None = None):
    """Commit, and back to the page."""
    public_id = contact.public_id
    db.session.commit()
    return web.done(url_for("person.one", public_id=public_id, _anchor=part))
