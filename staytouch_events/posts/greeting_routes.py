"""A member's own switch: I greet newcomers."""

from flask import Blueprint, abort, url_for
from flask_login import current_user

from .. import web
from ..access.groups import role_of, visible_group
from ..access.viewers import signed_in
from ..db import db
from ..forms import press
from ..when import now
from . import greeting, greeting_page  # noqa: F401
from .greeting_queries import greets

bp = Blueprint("greeting", __name__)


@bp.post("/groups/<slug>/greet")
@signed_in
def switch(slug: str):
    """Greet them, or no more."""
    group = visible_group(current_user, slug)
    if role_of(current_user, group) is None:
        abort(403)
    press()
    if greets(current_user, group):
        greeting.withdraw(current_user, group)
    else:
        greeting.offer(current_user, group, now())
    db.session.commit()
    return web.done(url_for("pages.group", slug=slug, _anchor="greet"))
