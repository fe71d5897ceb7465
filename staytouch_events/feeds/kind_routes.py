"""What one's own calendar holds."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from .actions import choose_kinds
from .forms import KindsForm
from .queries import kinds_in

bp = Blueprint("feed_kinds", __name__)


@bp.get("/agenda/calendar")
@signed_in
def mine():
    """The form."""
    form = KindsForm(formdata=None, data={"kinds": kinds_in(current_user)})
    return render_template("feeds/kinds.html", form=form, saved="saved" in request.args)


@bp.post("/agenda/calendar")
@signed_in
def choose():
    """Choose."""
    form = KindsForm()
    if not form.validate():
        return web.again("feeds/kinds.html", form=form, saved=False)
    choose_kinds(current_user, form.kinds.data)
    db.session.commit()
    return web.done(url_for("feed_kinds.mine", saved=1))
