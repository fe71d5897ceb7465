"""Taking along what one has here, and deleting one's account."""

from flask import Blueprint, Response, abort, render_template, session, url_for
from flask_login import current_user

from .. import web
from ..access.viewers import signed_in
from ..db import db
from ..forms import ButtonForm, press
from ..limits import Limit, spend
from ..text import mask_email
from ..when import in_zone, now
from . import deletion
from .archive import archive
from .leaving import consequences, holds_of
from .queries import deletion_asked_by

bp = Blueprint("leaving", __name__)
EXPORTS = Limit("export", 10, 3600)
LETTERS = Limit("delete-letter", 5, 3600)


@bp.post("/settings/export")
@signed_in
def export():
    """All that this site holds of the person, as one file."""
    press()
    moment = now()
    spend(EXPORTS, str(current_user.id), moment)
    day = in_zone(moment, current_user.zone or "UTC").date()
    answer = web.private(Response(archive(current_user, moment), mimetype="application/zip"))
    answer.headers["Content-Disposition"] = f'attachment; filename="staytouch-{day.isoformat()}.zip"'
    return answer


@bp.get("/settings/delete")
@signed_in
def ask():
    """What would happen to what, and what has to be settled before."""
    return render_template(
        "people/delete.html",
        holds=holds_of(current_user),
        lines=consequences(current_user, now()),
        button=ButtonForm(formdata=None),
    )


@bp.post("/settings/delete")
@signed_in
def send_link():
    """Mail the link: whoever holds a phone that is signed in can't do it alone."""
    press()
    spend(LETTERS, str(current_user.id), now())
    deletion.ask(current_user, now())
    db.session.commit()
    return web.private(render_template("people/delete_sent.html", email=mask_email(current_user.email)))


@bp.get("/delete/<token>")
def confirm(token: str):
    """Behind the mailed link: once more what happens, and the button."""
    person = deletion_asked_by(token, now())
    if person is None:
        abort(404)
    page = render_template(
        "people/delete_confirm.html", token=token, name=person.name, lines=consequences(person, now())
    )
    return web.private(page)


@bp.post("/delete/<token>")
def delete(token: str):
    """Delete it."""
    here = current_user.is_authenticated and current_user.id
    gone = deletion.delete_by_link(token, now())
    db.session.commit()
    if here == gone:
        session.clear()
        return web.done(url_for("leaving.done"))
    return web.private(render_template("people/deleted.html"))


@bp.get("/deleted")
def done():
    """That is all."""
    return render_template("people/deleted.html")
