"""The list of one's people, somebody new, and taking them all along."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.contacts import own_contact, removed_person
from ..access.viewers import signed_in
from ..db import db
from ..when import now
from . import find_queries, gathering, sorting
from .known_queries import tags_by_contact
from .list_page import asked, list_context
from .people_files import people_csv, people_vcards
from .people_forms import NewForm, SortedForm, sorted_form, tag_list

bp = Blueprint("contacts", __name__)
VERSIONS = ("3.0", "4.0")


@bp.get("/contacts")
@signed_in
def listing():
    """Whom one knows; looked through as the address says."""
    removed = request.args.get("removed")
    return render_template(
        "contacts/list.html",
        **list_context(current_user, now()),
        removed=removed_person(current_user, removed) if removed else None,
        undone="undone" in request.args,
    )


@bp.get("/contacts/new")
@signed_in
def new():
    """Somebody without a card."""
    return render_template("contacts/new.html", form=NewForm(formdata=None, owner=current_user))


@bp.post("/contacts/new")
@signed_in
def add():
    """Keep them."""
    form = NewForm(owner=current_user)
    if not form.validate():
        return web.again("contacts/new.html", form=form)
    moment = now()
    contact = gathering.add(current_user, form.own({}), moment, met_words=form.met_words.data or "")
    sorting.plan(contact, form.kind.data or "", (None, None), tag_list(form.tags.data), moment)
    db.session.commit()
    return web.done(url_for("person.one", public_id=contact.public_id))


@bp.get("/contacts/<public_id>/sort")
@signed_in
def sort(public_id: str):
    """What somebody is to one, and how often to be in touch."""
    contact = own_contact(current_user, public_id)
    form = sorted_form(contact, tags_by_contact([contact.id]).get(contact.id, []), formdata=None)
    return render_template("contacts/sort.html", contact=contact, form=form)


@bp.post("/contacts/<public_id>/sort")
@signed_in
def save_sorted(public_id: str):
    """Save it."""
    contact, form = own_contact(current_user, public_id), SortedForm(owner=current_user)
    if not form.validate():
        return web.again("contacts/sort.html", contact=contact, form=form)
    sorting.plan(contact, form.kind.data or "", form.rhythm(), form.tag_words(), now())
    db.session.commit()
    return web.done(url_for("person.one", public_id=public_id))


@bp.get("/contacts/people.vcf")
@signed_in
def vcards():
    """Those who are asked for, for another address book."""
    version = request.args.get("version", VERSIONS[0])
    if version not in VERSIONS:
        abort(404)
    people = db.session.scalars(find_queries.found(current_user, asked(), now())).all()
    return _file(people_vcards(people, version), "text/vcard; charset=utf-8", "people.vcf")


@bp.get("/contacts/people.csv")
@signed_in
def sheet():
    """The same for a spreadsheet."""
    rows = find_queries.found(current_user, asked(), now())
    return _file(people_csv(current_user, rows, now()), "text/csv; charset=utf-8", "people.csv")


def _file(data: bytes, kind: str, name: str) -> Response:
    answer = web.private(Response(data, content_type=kind))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
