"""Deleting somebody's account, for site admins."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import admin
from ..db import db
from ..forms import UNSENT, ButtonForm
from ..people import deletion
from ..people.leaving import consequences, holds_of
from ..people.models import Person
from ..people.queries import person_by_email
from ..when import now
from .forms import DeletionForm, FindForm

bp = Blueprint("accounts", __name__)


@bp.get("/admin/accounts")
@admin
def find():
    """Whose account, by its address; what would happen, and the form."""
    form = FindForm(formdata=request.args)
    person = person_by_email(form.email.data) if form.email.data else None
    return _page(form, person, DeletionForm(formdata=None))


@bp.post("/admin/accounts/<int(max=2147483647):number>/delete")
@admin
def delete(number: int):
    """Delete it, with the reason that the last letter tells."""
    person, form = db.session.get(Person, number), DeletionForm()
    if person is None or person.email is None or person.id == current_user.id:
        abort(404)
    if not form.validate():
        return _page(FindForm(UNSENT, data={"email": person.email}), person, form), 422
    deletion.delete(person, now(), form.reason.data)
    db.session.commit()
    return web.done(url_for("accounts.find", deleted=1))


def _page(find_form: FindForm, person: Person | None, form: DeletionForm) -> str:
    return render_template(
        "organize/account.html",
        find=find_form,
        asked=find_form.email.data,
        person=person,
        own=person is not None and person.id == current_user.id,
        holds=holds_of(person) if person else [],
        lines=consequences(person, now()) if person else [],
        form=form,
        deleted="deleted" in request.args,
        button=ButtonForm(formdata=None),
    )
