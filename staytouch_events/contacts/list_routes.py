"""The list of one's people."""

from flask import Blueprint, render_template, request
from flask_login import current_user
from sqlalchemy.orm import joinedload

from ..access.contacts import people_of, removed_person
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm
from ..when import now
from .met_page import just_over
from .met_queries import asks_of
from .models import Contact
from .people_queries import waiting_for
from .words import met_words

bp = Blueprint("contacts", __name__)


@bp.get("/contacts")
@signed_in
def listing():
    """Whom one knows."""
    people = db.session.scalars(
        people_of(current_user).options(joinedload(Contact.met_event)).order_by(Contact.sort_name, Contact.id)
    ).all()
    removed = request.args.get("removed")
    return render_template(
        "contacts/list.html",
        people=[(person, met_words(person)) for person in people],
        waiting=waiting_for(current_user),
        asks=asks_of(current_user),
        just_over=just_over(now()),
        removed=removed_person(current_user, removed) if removed else None,
        undone="undone" in request.args,
        button=ButtonForm(formdata=None),
    )
